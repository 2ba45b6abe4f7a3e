import { asCounted } from '../core/as-counted.ts'
import type { Change } from '../core/change.ts'
import type { Html } from '../core/html.ts'
import { getVisiblePrinter, maySeeGroup, refuseUnlessAll } from '../core/people/access.ts'
import type { Person } from '../core/people/person.ts'
import {
  addPrinter,
  changePrinter,
  removePrinter,
  renewCode,
  retirePrinter,
  takeUpPrinter,
} from '../core/printers/changes.ts'
import type { Group } from '../core/printers/group.ts'
import type { Printer } from '../core/printers/printer.ts'
import { type Field, fieldWords, type Typed, type Within } from '../core/printers/typed.ts'
import type { Refusal } from '../core/refusal.ts'
import type { State } from '../core/state.ts'
import { type Answer, page, type Route, type SignedAsk, seeOther } from './answer.ts'
import type { Done } from './pages/printer.ts'
import { type FormFacts, printerFormPage, surePage } from './pages/printer-form.ts'
import { readQuery } from './query.ts'
import { showAgain } from './show-again.ts'
import { type BoardParts, viewOf } from './views.ts'

// Printers written down, changed, retired, removed: what the office does with its list.

export function printerFormRoutes(parts: BoardParts): Route[] {
  const get = { method: 'GET', as: 'page', who: 'signed in', needs: 'printers change' } as const
  const post = { ...get, method: 'POST' } as const
  const room = createRoom(parts)
  const path = '/printers/:printer'
  return [
    { ...get, path: '/printers/new', answer: room.blank },
    { ...post, path: '/printers/new', answer: room.add },
    { ...get, path: `${path}/edit`, answer: room.filled },
    { ...post, path: `${path}/edit`, answer: room.change },
    { ...post, path: `${path}/retire`, answer: room.retire },
    { ...post, path: `${path}/take-up`, answer: room.takeUp },
    { ...get, path: `${path}/code`, answer: room.sureOf(codeWords) },
    { ...post, path: `${path}/code`, answer: room.renew },
    { ...get, path: `${path}/remove`, answer: room.sureOf(removeWords) },
    { ...post, path: `${path}/remove`, answer: room.remove },
  ]
}

/** Who looks after some groups keeps printers in these, and in no others. */
export const withinOf =
  (person: Person): Within =>
  (group) =>
    person.reach === 'all' || (group !== null && maySeeGroup(person, group))

/** To choose from, in the order of their names. */
export function groupsFor(state: State, person: Person): Group[] {
  return Object.values(state.groups)
    .filter((group) => maySeeGroup(person, group))
    .sort((a, b) => asCounted(a.name, b.name))
}

const codeWords = {
  title: ({ label }: Printer) => `A new code for ${label}?`,
  says: [
    'A new code is for a new label: when the old one is lost, torn, or somebody misuses it.',
    'The old code keeps working for ever: whoever scans a label from before still reaches this printer.',
  ],
  ...{ act: 'code', button: 'Make a new code' },
} as const

const removeWords = {
  title: ({ label }: Printer) => `Remove ${label}?`,
  says: [
    'It goes from every list, and cannot be taken up again. Its codes lead nowhere from then on.',
    'Its tickets stay, and the journal keeps what was done. A printer that may come back is better left retired.',
  ],
  ...{ act: 'remove', button: 'Remove it for good' },
} as const

type Sure = typeof codeWords | typeof removeWords

function createRoom(parts: BoardParts) {
  const { store, fleet } = parts

  const visible = (state: State, ask: SignedAsk) =>
    getVisiblePrinter(state, ask.person, ask.params.printer ?? '')

  const form = (ask: SignedAsk, of: Pick<FormFacts, 'printer' | 'refused'>): Html =>
    printerFormPage(viewOf(parts, ask), {
      ...of,
      groups: groupsFor(store.state, ask.person),
      needsGroup: ask.person.reach !== 'all',
    })

  const sure = (ask: SignedAsk, words: Sure, refused: string | null): Html => {
    const printer = visible(store.state, ask)
    return surePage(viewOf(parts, ask), {
      ...{ printer, refused, title: words.title(printer), says: words.says },
      ...{ act: words.act, button: words.button },
    })
  }

  async function act(done: Done, perform: (tx: Change) => Printer) {
    const { id, isActive } = await store.update(perform)
    // Whoever has just changed it waits for what it says.
    if (isActive && done !== 'code-renewed') fleet.hint(id)
    return seeOther(`/printers/${id}?done=${done}`)
  }

  return {
    blank(ask: SignedAsk): Answer {
      readQuery(ask.query, {})
      return page(200, form(ask, { printer: null, refused: null }))
    },
    add(ask: SignedAsk): Promise<Answer> {
      const typed = typedIn(ask)
      const within = withinOf(ask.person)
      return showAgain(
        () => act('added', (tx) => addPrinter(tx, { typed, within }, ask.act())),
        (refusal) => form(ask, { printer: null, refused: refusedBy(refusal, typed) }),
      )
    },
    filled(ask: SignedAsk): Answer {
      readQuery(ask.query, {})
      return page(200, form(ask, { printer: visible(store.state, ask), refused: null }))
    },
    change(ask: SignedAsk): Promise<Answer> {
      const typed = typedIn(ask)
      const within = withinOf(ask.person)
      return showAgain(
        () =>
          act('kept', (tx) =>
            changePrinter(tx, visible(tx.state, ask), { typed, within }, ask.act()),
          ),
        (refusal) =>
          form(ask, {
            printer: visible(store.state, ask),
            refused: refusedBy(refusal, typed),
          }),
      )
    },
    retire: (ask: SignedAsk) =>
      act('retired', (tx) => retirePrinter(tx, visible(tx.state, ask), ask.act())),
    takeUp: (ask: SignedAsk) =>
      act('taken-up', (tx) => takeUpPrinter(tx, visible(tx.state, ask), ask.act())),
    sureOf: (words: Sure) => (ask: SignedAsk) => {
      readQuery(ask.query, {})
      if (words === removeWords) refuseUnlessAll(ask.person)
      return page(200, sure(ask, words, null))
    },
    renew: (ask: SignedAsk) =>
      showAgain(
        () => act('code-renewed', (tx) => renewCode(tx, visible(tx.state, ask), ask.act())),
        ({ message }) => sure(ask, codeWords, message),
      ),
    remove(ask: SignedAsk): Promise<Answer> {
      refuseUnlessAll(ask.person)
      return showAgain(
        async () => {
          await store.update((tx) => removePrinter(tx, visible(tx.state, ask), ask.act()))
          return seeOther('/printers?retired=1')
        },
        ({ message }) => sure(ask, removeWords, message),
      )
    },
  }
}

const formFields = (Object.keys(fieldWords) as Field[]).filter((field) => field !== 'isActive')

/** A community that is left empty stays as it is: the form does not show it. */
function typedIn({ form }: SignedAsk): Typed {
  const told = formFields.flatMap((field) => {
    const value = form.get(field)
    return value === null || (field === 'community' && value.trim() === '') ? [] : [[field, value]]
  })
  const isTakenAway = form.get('ownCommunity') === 'none'
  return { ...(isTakenAway && { community: '' }), ...Object.fromEntries(told) }
}

function refusedBy({ message, details }: Refusal, typed: Typed): FormFacts['refused'] {
  return { sentence: message, field: String(details.field ?? ''), typed }
}
