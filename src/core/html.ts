// The one way to markup, for pages and letters alike.

/** Markup that may stand in a page as it is. Only `html` and `raw` make it. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

/** What may be put between: lists are joined, `null` and `false` are left out. */
export type Part = Html | string | number | null | false | readonly Part[]

/** The one escape: everything that is not Html already is text, whatever a printer or a student wrote. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(String.raw({ raw: strings }, ...parts.map(written)))
}

/** Text that is markup by our own hand. */
export function raw(text: string): Html {
  return new Html(text)
}

function written(part: Part): string {
  if (part === null || part === false) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'object') return part.map(written).join('')
  return String(part).replaceAll(
    /[&<>"'`]|[^\P{Cc}\n\t]/gu,
    (character) => escapes[character] ?? ' ',
  )
}

/** What is not here is a control character, which HTML may not hold: a blank stands for it. */
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}
