import { type Html, html, type Part } from '../../core/html.ts'

export interface Layout {
  /** Before ` - platen` in the title, and the heading of the page. */
  readonly title: string
  readonly body: Part
  /** Files below `web/`, loaded after the page: they only improve it. */
  readonly scripts?: readonly string[]
  /** More of the head than every page has. */
  readonly head?: Html
  /** What stands above: places to go and who is signed in. None on a student's page. */
  readonly header?: Html
}

/** Every page stands in this. simple.css gives it its looks; `/style.css` what is ours. */
export function layout({ title, body, head, header, scripts = [] }: Layout): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - platen</title>
<link rel="stylesheet" href="/simple.css">
<link rel="stylesheet" href="/style.css">
${head ?? null}
${scripts.map((script) => html`<script type="module" src="/${script}"></script>`)}
</head>
<body>
${header ?? null}
<main id="main">
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`
}
