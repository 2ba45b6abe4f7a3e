import { describe, expect, test } from 'vitest'
import { layout, layoutWishes, type PanelName, type Wanted } from '../../src/console/layout.ts'
import { viewNames } from '../../src/console/view.ts'

const letters: Readonly<Record<PanelName, string>> = {
  status: 's',
  trouble: '!',
  printers: 'P',
  tickets: 't',
  printer: 'd',
  history: 'h',
  ticket: 'T',
  supplies: 'S',
  activity: 'a',
  box: 'b',
  outbox: 'o',
  notice: 'n',
  keys: 'k',
}

const plain: Wanted = {
  columns: 80,
  rows: 24,
  wish: 'auto',
  open: 'fleet',
  inside: false,
  troubles: 0,
  hints: 0,
  fleet: 500,
  tickets: 0,
  letters: false,
}

/** One letter for eight columns; rows alike are one line with their number before it. */
function drawing(wanted: Partial<Wanted>): string {
  const cells = filled({ ...plain, ...wanted })
  const rows = cells.map((row) => row.filter((_, at) => at % 8 === 0).join(''))
  const lines: [string, number][] = []
  for (const row of rows) {
    const last = lines.at(-1)
    if (last?.[0] === row) last[1] += 1
    else lines.push([row, 1])
  }
  return lines.map(([row, times]) => `${String(times).padStart(2)} ${row}`).join('\n')
}

/** Which panel each cell belongs to; throws where two want the same one. */
function filled(wanted: Wanted): string[][] {
  const cells = Array.from({ length: wanted.rows }, () => Array<string>(wanted.columns).fill('.'))
  for (const [name, box] of Object.entries(layout(wanted).boxes))
    for (let y = box.top; y < box.top + box.height; y++)
      for (let x = box.left; x < box.left + box.width; x++) {
        const row = cells[y]
        if (row?.[x] !== '.') throw new Error(`${name} at ${x},${y} of ${wanted.columns}`)
        row[x] = letters[name as PanelName]
      }
  return cells
}

/** To the last cell, and no cell twice: all lie inside, none on another, and together they are the screen. */
function isFilled(wanted: Partial<Wanted>): boolean {
  const { columns, rows, ...whole } = { ...plain, ...wanted }
  const boxes = Object.values(layout({ columns, rows, ...whole }).boxes)
  const area = boxes.reduce((sum, { width, height }) => sum + width * height, 0)
  const isApart = boxes.every((a, at) =>
    boxes
      .slice(at + 1)
      .every(
        (b) =>
          a.left + a.width <= b.left ||
          b.left + b.width <= a.left ||
          a.top + a.height <= b.top ||
          b.top + b.height <= a.top,
      ),
  )
  const isInside = boxes.every(
    ({ left, top, width, height }) =>
      left >= 0 && top >= 0 && left + width <= columns && top + height <= rows,
  )
  return isInside && isApart && area === columns * rows
}

describe('where the panels are', () => {
  test('at 80x24: the fleet over the activity', () => {
    expect(drawing({})).toBe(
      [' 1 ssssssssss', '16 PPPPPPPPPP', ' 5 aaaaaaaaaa', ' 1 nnnnnnnnnn', ' 1 kkkkkkkkkk'].join(
        '\n',
      ),
    )
  })

  test('at 80x24 the details take the middle, and trouble with the box one line', () => {
    expect(drawing({ open: 'printer', troubles: 4 })).toBe(
      [' 1 ssssssssss', ' 1 !!!!!!!!!!', '20 dddddddddd', ' 1 nnnnnnnnnn', ' 1 kkkkkkkkkk'].join(
        '\n',
      ),
    )
  })

  test('at 100x30: more of the activity', () => {
    expect(drawing({ columns: 100, rows: 30, troubles: 2 })).toBe(
      [
        ' 1 sssssssssssss',
        ' 2 !!!!!!!!!!!!!',
        '18 PPPPPPPPPPPPP',
        ' 7 aaaaaaaaaaaaa',
        ' 1 nnnnnnnnnnnnn',
        ' 1 kkkkkkkkkkkkk',
      ].join('\n'),
    )
  })

  test('at 128x37: the details beside both', () => {
    expect(drawing({ columns: 128, rows: 37 })).toBe(
      [
        ' 1 ssssssssssssssss',
        '26 PPPPPPPPPPPddddd',
        ' 8 aaaaaaaaaaaddddd',
        ' 1 nnnnnnnnnnnnnnnn',
        ' 1 kkkkkkkkkkkkkkkk',
      ].join('\n'),
    )
  })

  test('at 240x67: three panels beside each other', () => {
    expect(drawing({ columns: 240, rows: 67 })).toBe(
      [
        ' 1 ssssssssssssssssssssssssssssss',
        '64 PPPPPPPPPPPPPPPddddddddaaaaaaa',
        ' 1 nnnnnnnnnnnnnnnnnnnnnnnnnnnnnn',
        ' 1 kkkkkkkkkkkkkkkkkkkkkkkkkkkkkk',
      ].join('\n'),
    )
  })

  test('leaves to the activity what a small fleet does not need', () => {
    expect(drawing({ columns: 128, rows: 37, fleet: 18 })).toContain('15 aaaaaaaaaaaddddd')
  })

  test('at 80x24 with tickets: the two that wait longest, between fleet and activity', () => {
    expect(drawing({ tickets: 9 })).toBe(
      [
        ' 1 ssssssssss',
        '13 PPPPPPPPPP',
        ' 3 tttttttttt',
        ' 5 aaaaaaaaaa',
        ' 1 nnnnnnnnnn',
        ' 1 kkkkkkkkkk',
      ].join('\n'),
    )
  })

  test('at 80x24 the list of tickets has the chosen one below it, and it the whole when opened', () => {
    const frame = (middle: string[]): string =>
      [' 1 ssssssssss', ...middle, ' 1 nnnnnnnnnn', ' 1 kkkkkkkkkk'].join('\n')
    expect(drawing({ tickets: 4, open: 'tickets' })).toBe(frame([' 5 tttttttttt', '16 TTTTTTTTTT']))
    expect(drawing({ tickets: 500, open: 'tickets' })).toBe(
      frame(['10 tttttttttt', '11 TTTTTTTTTT']),
    )
    expect(drawing({ tickets: 4, open: 'tickets', inside: true })).toBe(frame(['21 TTTTTTTTTT']))
    expect(drawing({ tickets: 0, open: 'tickets' })).toBe(frame(['21 tttttttttt']))
  })

  test('at 128x37 and 240x67 the chosen ticket is beside the list', () => {
    expect(drawing({ columns: 128, rows: 37, tickets: 9, open: 'tickets' })).toContain(
      '34 ttttttttttTTTTTT',
    )
    expect(
      drawing({ columns: 240, rows: 67, tickets: 9, open: 'tickets', inside: true }),
    ).toContain('64 ttttttttttttttttttTTTTTTTTTTTT')
  })

  test('at 160x45 and 240x67 letters that wait have a foot of their own', () => {
    expect(drawing({ columns: 160, rows: 45, tickets: 3, letters: true })).toBe(
      [
        ' 1 ssssssssssssssssssss',
        '30 PPPPPPPPPPPPPddddddd',
        ' 4 tttttttttttttddddddd',
        ' 3 aaaaaaaaaaaaaddddddd',
        ' 5 aaaaaaaaaaaaaooooooo',
        ' 1 nnnnnnnnnnnnnnnnnnnn',
        ' 1 kkkkkkkkkkkkkkkkkkkk',
      ].join('\n'),
    )
    expect(drawing({ columns: 240, rows: 67, tickets: 5, letters: true })).toBe(
      [
        ' 1 ssssssssssssssssssssssssssssss',
        ' 6 PPPPPPPPPPPPPPPddddddddttttttt',
        '53 PPPPPPPPPPPPPPPddddddddaaaaaaa',
        ' 5 PPPPPPPPPPPPPPPddddddddooooooo',
        ' 1 nnnnnnnnnnnnnnnnnnnnnnnnnnnnnn',
        ' 1 kkkkkkkkkkkkkkkkkkkkkkkkkkkkkk',
      ].join('\n'),
    )
  })

  test('fills every screen to the last cell and no cell twice', () => {
    for (let columns = 1; columns < 260; columns += 19)
      for (let rows = 1; rows < 80; rows += 4)
        for (const open of viewNames)
          for (const [troubles, fleet, tickets, hints] of [
            [0, 0, 0, 0],
            [9, 12, 1, 3],
            [2, 500, 500, 0],
          ] as const) {
            const letters = troubles > 0
            const wanted = { columns, rows, open, troubles, fleet, tickets, hints, letters }
            for (const inside of [false, true])
              for (const wish of layoutWishes)
                if (!isFilled({ ...wanted, inside, wish }))
                  throw new Error(`${columns}x${rows} ${open} ${wish}`)
          }
  })
})
