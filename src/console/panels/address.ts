import { bigRows, bigWidth, type Scale } from '../big.ts'
import { cell, type Row } from '../rows.ts'

// A label and an address to be typed off a screen, as large as there is room.

export interface AddressRoom {
  readonly columns: number
  readonly rows: number
}

interface Words {
  readonly label: string
  readonly url: string
}

/** Both as large as fits, or only the address, without its scheme perhaps, or neither; never more rows than there are. */
export function addressRows({ label, url }: Words, room: AddressRoom): Row[] {
  const small: Row[] = [[cell(label, Math.max(0, room.columns), 'strong')], []]
  const fits = (line: string): boolean => line.length <= room.columns
  const plain = linesIn(url, fits).map((line): Row => [cell(line, line.length, 'strong')])
  const large = scales.flatMap((scale) => {
    const [name, address] = [largeRows(label, scale, room), largeRows(url, scale, room)]
    if (!address) return []
    return [...(name ? [[...name, [], [], ...address]] : []), [...small, ...address]]
  })
  // A browser adds how it begins; in large letters that is a line of its own.
  const bare = largeRows(url.replace(/^https?:\/\//i, ''), 1, room)
  const brief = bare ? [[...small.slice(0, 1), ...plain, [], ...bare]] : []
  const all = [...large, ...brief, [...small, ...plain], plain]
  return all.find((rows) => rows.length <= room.rows) ?? []
}

type Fits = (line: string) => boolean

const scales: readonly Scale[] = [3, 2, 1]

/** null: some part is wider than the room. */
function largeRows(text: string, scale: Scale, { columns }: AddressRoom): Row[] | null {
  const fits = (line: string): boolean => bigWidth(line, scale) <= columns
  // What is broken in the middle of a word is not worth the larger letters.
  const lines = linesIn(text, fits, scale === 1 ? shortest : Number.POSITIVE_INFINITY)
  if (!lines.every(fits)) return null
  const gap = Array<Row>(scale).fill([])
  return lines.flatMap((line, at) => [...(at > 0 ? gap : []), ...bigRows(line, 'strong', scale)])
}

/** Broken behind / and ., as few lines as it takes; what is too long by itself in the middle. */
function linesIn(text: string, fits: Fits, halvedFrom = shortest): string[] {
  const lines: string[] = []
  const pieces = text.match(/[^/.]*[/.]+|[^/.]+/g) ?? []
  for (const piece of pieces.flatMap((each) => halved(each, fits, halvedFrom))) {
    const last = lines.at(-1)
    if (last !== undefined && fits(last + piece)) lines[lines.length - 1] = last + piece
    else lines.push(piece)
  }
  return lines
}

function halved(piece: string, fits: Fits, from: number): string[] {
  if (fits(piece) || piece.length < from) return [piece]
  const half = Math.ceil(piece.length / 2)
  return [piece.slice(0, half), piece.slice(half)].flatMap((each) => halved(each, fits, from))
}

/** Less than this on a line is no help. */
const shortest = 10
