/** What the select of that id offers. */
export function choicesOf(page: string, id: string): string[] {
  return [...selectOf(page, id).matchAll(/<option value="([^"]*)"/g)].map(([, value = '']) => value)
}

/** What stands in it. */
export function chosenOf(page: string, id: string): string | null {
  return selectOf(page, id).match(/<option value="([^"]*)" selected/)?.[1] ?? null
}

function selectOf(page: string, id: string): string {
  const [, select] = page.split(`<select id="${id}"`)
  if (select === undefined) throw new Error(`the page has no choice ${id}`)
  return select.slice(0, select.indexOf('</select>'))
}
