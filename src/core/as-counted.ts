const collator = new Intl.Collator('en', { numeric: true })

/** Names in the order in which people look for them, numbers in them as numbers: LIB-2 before LIB-10. */
export const asCounted = (a: string, b: string): number => collator.compare(a, b)
