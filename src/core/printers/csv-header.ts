import { Refusal } from '../refusal.ts'
import { type Column, columns, type Header, required } from './csv-columns.ts'

// The first line of a file of printers: which column is which.

/** As other inventories call them; what platen itself writes goes before. */
const aliases: Readonly<Record<string, Column>> = {
  ...{ campuslabel: 'label', name: 'label', printer: 'label', printername: 'label' },
  ...{
    displayname: 'label',
    asset: 'assetTag',
    assetnumber: 'assetTag',
    inventorynumber: 'assetTag',
  },
  ...{
    manufacturer: 'make',
    vendor: 'make',
    brand: 'make',
    makemodel: 'model',
    modelname: 'model',
  },
  ...{ room: 'location', place: 'location', ip: 'ipAddress', address: 'ipAddress' },
  ...{ host: 'ipAddress', hostname: 'ipAddress', ipv4: 'ipAddress', ipv4address: 'ipAddress' },
  ...{ mac: 'macAddress', ethernetaddress: 'macAddress', hardwareaddress: 'macAddress' },
  ...{ serialnumber: 'serial', serialno: 'serial', sn: 'serial', groupname: 'group' },
  ...{ printergroup: 'group', organization: 'organisation', snmpcommunity: 'community' },
  ...{ active: 'isActive', enabled: 'isActive' },
}

/** `readAs`: columns that go by another name there. */
export interface FileHeader extends Header {
  readonly readAs: readonly { readonly header: string; readonly column: Column }[]
}

/** Refuses `invalid` a header without label or address, or with a column twice. */
export function readHeader(cells: readonly string[]): FileHeader {
  const at = new Map<Column, number>()
  const unknown: string[] = []
  const readAs: FileHeader['readAs'][number][] = []
  const headers = cells.map((cell) => cell.trim())
  const others = [...headers.entries()].filter(([position, header]) => {
    const column = columns.find((name) => plain(name) === plain(header))
    if (column && at.has(column))
      throw new Refusal('invalid', `The column ${column} is there twice.`)
    if (column) at.set(column, position)
    return !column && header !== ''
  })
  const own = new Set(at.keys())
  for (const [position, header] of others) {
    const key = plain(header)
    const column = Object.hasOwn(aliases, key) ? aliases[key] : undefined
    // Where the file has our own word too, the other one means something else.
    if (column === undefined || own.has(column)) unknown.push(header)
    else {
      const earlier = readAs.find((one) => one.column === column)
      if (earlier)
        throw new Refusal(
          'invalid',
          `The columns "${earlier.header}" and "${header}" would both be the ${column}; ` +
            `name the right one ${column}.`,
        )
      at.set(column, position)
      readAs.push({ header, column })
    }
  }
  const missing = [...required].filter((column) => !at.has(column))
  if (missing.length > 0)
    throw new Refusal(
      'invalid',
      `The first line must name the columns; ${missing.join(' and ')} is missing. ` +
        `Known columns: ${columns.join(',')}.`,
    )
  return { at, unknown, readAs, width: cells.length }
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}
