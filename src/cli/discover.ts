import { parseArgs } from 'node:util'
import { type Discovered, isShown, meaningWords } from '../core/printers/discovered.ts'
import type { Found, Search, SearchProgress } from '../core/printers/found.ts'
import { Refusal } from '../core/refusal.ts'
import { type Desk, printable, table, type Verb, WrongUsage } from './verb.ts'

/** What it works with, of what every verb has. */
type DiscoverDesk = Pick<Desk, 'out' | 'err' | 'search' | 'ask' | 'progress' | 'untilInterrupted'>

export const discoverVerb = {
  help: `platen discover RANGE[:PORT] [--link] [--community C] [--json | --csv]

  Asks each address of a range whether it answers SNMP, reads those that do, and tells which printers
  are new, known, or known and moved. It asks nothing outside the range, at most a /20 (4,094
  addresses), no more than 200 questions a second. Ctrl-C ends it with what was found by then.
  Exit: 0 something was found, 1 nothing was.

  RANGE           10.0.0.0/24 or 10.0.0.7
  --link          also what announces itself on this machine's own link (mDNS); RANGE may be left out
  --community C   tried beside SNMP_COMMUNITY
  --json          all of it, as JSON; also devices that are no printers
  --csv           the printers as platen import takes them, for a look at what it would change:
                    platen discover 10.0.0.0/24 --csv > found.csv
                    platen import found.csv --as printers --dry-run
                  It holds communities as an export does: keep it to yourself.
`,
  async run(args: readonly string[], desk: DiscoverDesk) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        link: { type: 'boolean', default: false },
        community: { type: 'string' },
        json: { type: 'boolean', default: false },
        csv: { type: 'boolean', default: false },
      },
    })
    const { link, community = null, json, csv } = values
    const [range = null, ...more] = positionals
    if (more.length > 0 || (range === null && !link))
      throw new WrongUsage('Name one range, like 10.0.0.0/24, or say --link.')
    if (json && csv) throw new WrongUsage('Say --json or --csv, not both.')
    const found = await search(desk, { range, link, community })
    const told = await desk.ask('printers found', { devices: found.devices })
    if (json) desk.out(`${JSON.stringify(asJson(range, found, told.discovered), null, 2)}\n`)
    else if (csv) {
      desk.out(told.csv)
      tellLeftOut(told.discovered, desk)
    } else tell(told.discovered, desk)
    if (found.trouble !== null)
      desk.err(`Not everything could be asked from here (${printable(found.trouble)}).\n`)
    return found.devices.length > 0 ? 0 : 1
  },
} satisfies Verb

async function search(
  { search, progress, untilInterrupted }: DiscoverDesk,
  wanted: Pick<Parameters<Search>[0], 'range' | 'link' | 'community'>,
): Promise<Found> {
  const stop = untilInterrupted()
  try {
    return await search({
      ...wanted,
      stop,
      onProgress: (at) => progress?.(lineOf(at)),
    })
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invalid') throw new WrongUsage(error.message)
    throw error
  } finally {
    progress?.('')
  }
}

function lineOf({ asked, of, answered }: SearchProgress): string {
  return `${asked} of ${of} questions asked, ${answered} answered`
}

function tell(discovered: readonly Discovered[], desk: DiscoverDesk): void {
  const printers = discovered.filter(isShown)
  const others = discovered.length - printers.length
  if (printers.length > 0)
    desk.out(
      table([
        ['address', 'name', 'make and model', 'serial', 'MAC', ''],
        ...printers.map((one) => [
          one.device.address,
          one.device.name ?? '-',
          [one.device.make, one.device.model].filter(Boolean).join(' ') || '-',
          one.device.serial ?? '-',
          one.device.macAddresses[0] ?? '-',
          meaningWords(one),
        ]),
      ]),
    )
  const rest = others > 0 ? `; --json tells of ${others} more that answered` : ''
  desk.out(`${printers.length} ${printers.length === 1 ? 'printer' : 'printers'}${rest}.\n`)
}

/** On the other stream, for a person decides about these. */
function tellLeftOut(discovered: readonly Discovered[], desk: DiscoverDesk): void {
  for (const one of discovered)
    if (one.meaning === 'other')
      desk.err(`Left out: ${one.device.address}, ${printable(meaningWords(one))}.\n`)
}

/** Communities stay out of it. */
function asJson(range: string | null, { trouble }: Found, discovered: readonly Discovered[]) {
  const devices = discovered.map(({ device, meaning, label, from }) => {
    const { isPrinter: printer, community: _, ...facts } = device
    return { ...facts, printer, meaning, label, from }
  })
  return { range, trouble, devices }
}
