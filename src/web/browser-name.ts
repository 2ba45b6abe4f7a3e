// What a browser says of itself, as its person knows it: to tell one's own sign-ins apart, no more. The
// header may hold anything, so only known words come out.

const browsers = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const
const systems = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['CrOS', 'ChromeOS'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const

/** 'Firefox on Linux'; empty where nothing is known. */
export function browserName(userAgent: string | undefined): string {
  const find = (known: typeof browsers | typeof systems) =>
    known.find(([sign]) => userAgent?.includes(sign))?.[1]
  return [find(browsers), find(systems)].filter(Boolean).join(' on ')
}
