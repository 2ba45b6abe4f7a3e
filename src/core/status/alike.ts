/** Whether two plain values say the same: what is the very same object is not looked into. */
export function alike(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every(
    (key) => Object.hasOwn(b, key) && alike(a[key as keyof typeof a], b[key as keyof typeof b]),
  )
}
