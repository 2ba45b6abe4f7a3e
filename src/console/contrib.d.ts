// blessed-contrib's own types do not check and draw in all of its widgets; these are the two in use.

declare module 'blessed-contrib/lib/widget/table.js' {
  import type { Widgets } from 'blessed'

  interface Table extends Widgets.BoxElement {
    readonly options: Widgets.BoxOptions & { columnWidth: number[] }
    readonly rows: Widgets.ListElement & { parseTags: boolean }
    setData(table: { headers: string[]; data: string[][] }): void
  }
  export default function table(options: {
    columnWidth: number[]
    columnSpacing: number
    interactive: boolean
    fg: string
    style: object
    wrap: boolean
  }): Table
}

declare module 'blessed-contrib/lib/widget/log.js' {
  import type { Widgets } from 'blessed'

  export default function log(options: { tags: boolean; style: object }): Widgets.ListElement
}
