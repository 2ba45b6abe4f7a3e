import { parseArgs } from 'node:util'
import { type Desk, printable, type Verb, WrongUsage } from './verb.ts'

/** What somebody at the command line asks of the summary. */
export interface DigestArgs {
  /** null: however old. */
  readonly lookbackHours: number | null
  readonly includeClosed: boolean
}

export interface Digest {
  /** Each letter as it would go out. Refuses `conflict` where nobody gets one. */
  preview(args: DigestArgs): Promise<readonly WordedSummary[]>
  /** To whom one was posted. Refuses as `preview` does. */
  post(args: DigestArgs): Promise<readonly string[]>
}

export interface WordedSummary {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** A year, and a year that is left out of it. */
const mostHours = 17_568

type DigestDesk = Pick<Desk, 'out'> & { readonly digest: Digest }

export const digestVerb: Pick<Verb, 'help'> & {
  run(args: readonly string[], desk: DigestDesk): Promise<number>
} = {
  help: `platen digest [--lookback-hours N] [--include-closed] [--dry-run]

  Sends the summary of tickets now: to ISSUE_SUMMARY_RECIPIENT, else EMAIL_TO, and to every account that
  has the daily summary. Each is told of the tickets that they may see. The one of the day comes all the
  same, at PLATEN_SUMMARY_TIME.

  --lookback-hours N   only tickets that were opened in the last N hours
  --include-closed     also those settled in that time; without it, since the last summary of the day
  --dry-run            print the letters and send none
`,
  async run(args, desk) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'lookback-hours': { type: 'string' },
        'include-closed': { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
      },
    })
    const wanted = {
      lookbackHours: hoursIn(values['lookback-hours']),
      includeClosed: values['include-closed'],
    }
    if (values['dry-run']) desk.out(inFull(await desk.digest.preview(wanted)))
    else desk.out(told(await desk.digest.post(wanted)))
    return 0
  },
}

function hoursIn(typed: string | undefined): number | null {
  if (typed === undefined) return null
  const hours = Number(typed)
  if (typed.trim() === '' || !(hours > 0 && hours <= mostHours))
    throw new WrongUsage(`--lookback-hours is a number of hours up to ${mostHours}, 24 say.`)
  return hours
}

const nothing = 'There is nothing to tell: no letter.\n'

function inFull(letters: readonly WordedSummary[]): string {
  if (letters.length === 0) return nothing
  return letters
    .map(({ to, subject, text }) => {
      const lines = text.split('\n').map(printable).join('\n')
      return `To: ${printable(to)}\nSubject: ${printable(subject)}\n\n${lines}`
    })
    .join(`${'-'.repeat(72)}\n`)
}

function told(addresses: readonly string[]): string {
  if (addresses.length === 0) return nothing
  const letters = addresses.length === 1 ? 'A letter waits' : `${addresses.length} letters wait`
  return `${letters} for the post: ${addresses.map(printable).join(', ')}\n`
}
