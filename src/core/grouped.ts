/** 1234567 -> "1 234 567", with blanks that do not break. */
export const grouped = (count: number): string =>
  String(count).replace(/\B(?=(\d{3})+$)/g, '\u00a0')
