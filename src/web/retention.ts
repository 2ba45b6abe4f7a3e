import { staysFor } from '../core/journal/weight.ts'
import { lettersStay } from '../core/outbox/by-hand.ts'

/** What is kept, how long, and the setting that says so; null: none does. */
export interface Kept {
  readonly what: string
  readonly howLong: string
  readonly setting: string | null
}

/** `settingOf`: the value of a setting by its name. */
export function retentionOf(settingOf: (name: string) => string): readonly Kept[] {
  const bySetting = (what: string, setting: string): Kept => ({
    ...{ what, setting },
    howLong: `${settingOf(setting)} days after it was settled`,
  })
  const fixed = (what: string, howLong: string): Kept => ({ what, howLong, setting: null })
  const { high, medium, low } = staysFor
  return [
    bySetting('Who reported a ticket, and their words', 'PLATEN_REPORTER_DAYS'),
    bySetting('A ticket', 'PLATEN_TICKET_DAYS'),
    fixed('Journal: accounts, printers, what became of reports', `${high} days, then its archive`),
    fixed('Journal: what happened on the way', `${medium} days, then its archive`),
    fixed('Journal: what platen did by itself', `${low} days, then its archive`),
    fixed('Archive of the journal', 'for ever, without what told of a person'),
    fixed(
      'Letters',
      `${lettersStay.sent} days once sent, ${lettersStay['given-up']} once given up`,
    ),
    fixed('Sign-ins of browsers', '12 hours without a touch, a week at most'),
    fixed('Backups', 'the newest of each of the last 14 days, 8 weeks and 12 months'),
    fixed('Readings of printers', 'for ever, a file a month'),
  ]
}
