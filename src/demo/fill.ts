import { actOf } from '../core/act.ts'
import { randomCode } from '../core/ids.ts'
import { hashPassword } from '../core/people/password.ts'
import { addPerson } from '../core/people/people.ts'
import { importPrinters } from '../core/printers/import.ts'
import type { Printer } from '../core/printers/printer.ts'
import type { Store } from '../core/store.ts'
import { openTicket, type TicketWords } from '../core/tickets/open.ts'
import { noteTicket, resolveTicket, takeTicket } from '../core/tickets/settle.ts'
import { type DemoPrinter, demoNames, demoPrinters } from './printers.ts'

// What the demo's appliance knows when it comes up: printers in two groups, who looks after them, and
// a morning's tickets. All through the acts that a real one goes through.

export interface Account {
  readonly name: string
  readonly password: string
}

/** Made at random each time: a demo that somebody forgets to stop has no password that all know. */
export const newAccount = (): Account => ({
  name: 'robin',
  password: [randomCode(4), randomCode(4), randomCode(4)].join('-').toLowerCase(),
})

/** `addresses`: where each printer answers. */
export async function fill(
  store: Store,
  account: Account,
  addresses: Readonly<Record<DemoPrinter, string>>,
): Promise<void> {
  const password = await hashPassword({ name: account.name, typed: account.password })
  const now = new Date()
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
  const at = (moment: Date) => ({ now: () => moment, trusted: () => true })
  const atDesk = (by: string, moment: Date) => actOf(at(moment), { by, from: 'console' })
  await store.update((tx) => {
    const setUp = actOf(at(minutesAgo(120)), { by: 'the demo', from: 'platen' })
    importPrinters(tx, csvOf(addresses), setUp)
    const groups = Object.values(tx.state.groups).map(({ name }) => name)
    const email = `${account.name}@print.example`
    addPerson(tx, { name: account.name, email, role: 'administrator', groups, password }, setUp)
  })
  await store.update((tx) => {
    const printers = Object.values(tx.state.printers)
    const student = (minutes: number) =>
      actOf(at(minutesAgo(minutes)), { by: 'QR page', from: 'QR page' })
    const open = (name: DemoPrinter, words: Partial<TicketWords>, minutes: number) => {
      const printer = printers.find(({ label }) => label === demoPrinters[name].label) as Printer
      const whole = { ...nothingSaid, ...words }
      return openTicket(tx, printer, whole, student(minutes)).ticket.id
    }
    const streaks = open('colour-laser', { fault: 'poor-print', words: 'Stripes on each page' }, 95)
    takeTicket(tx, streaks, atDesk(account.name, minutesAgo(80)))
    noteTicket(tx, streaks, 'Cleaned the drum; waiting for a new one.', atDesk(account.name, now))
    const staples = open('multi-function', { kind: 'supply', fault: null, wants: 'staples' }, 70)
    resolveTicket(tx, staples, atDesk(account.name, minutesAgo(40)))
    open('dead', { fault: 'other', words: 'It is dark. Is it switched off?' }, 12)
  })
}

const nothingSaid: TicketWords = {
  kind: 'issue',
  fault: 'other',
  wants: null,
  words: '',
  requester: { name: 'Sam', email: 'sam@students.example' },
  form: null,
  printerThen: null,
}

function csvOf(addresses: Readonly<Record<DemoPrinter, string>>): string {
  const rows = demoNames.map((name) => {
    const { label, building, location, group } = demoPrinters[name]
    return [label, addresses[name], building, location, group].join(',')
  })
  return ['label,ipAddress,building,location,group', ...rows].join('\n')
}
