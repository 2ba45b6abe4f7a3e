import { z } from 'zod'
import type { Act } from '../core/act.ts'
import type { Made } from '../core/backup/made.ts'
import { hashPassword } from '../core/people/password.ts'
import {
  addPerson,
  addToken,
  disablePerson,
  enablePerson,
  setPassword,
} from '../core/people/people.ts'
import { person } from '../core/people/person.ts'
import { roleNameOf, roleNames } from '../core/people/rights.ts'
import { foundDevice } from '../core/printers/found.ts'
import { tellFound } from '../core/printers/found-rows.ts'
import { exportPrinters, importPrinters, previewPrinters } from '../core/printers/import.ts'
import type { DeepReadonly } from '../core/readonly.ts'
import { Refusal } from '../core/refusal.ts'
import type { State } from '../core/state.ts'
import type { Store } from '../core/store.ts'
import { eraseRequester } from '../core/tickets/erasure.ts'
import { lookAtKept, type Seen } from './kept.ts'

// What the command line may ask for: done here, or over the control socket by the running platen.

/** A /20 and the own link. */
const mostFound = 5000
const file = z.object({ text: z.string() })
const named = z.object({ name: z.string() })
const typed = named.extend({ password: z.string() })
const added = typed.extend({
  role: z.enum(roleNames),
  email: person.shape.email,
  groups: z.array(z.string()),
})

const acts = {
  check: define(z.object({}), async ({ store, seen }, _, { now }) => ({
    kept: await lookAtKept(store.state, now),
    seen,
  })),
  'backup make': define(z.object({}), ({ makeBackup }, _, act) => makeBackup(act)),
  'printers preview': define(file, ({ store }, { text }) => previewPrinters(store.state, text)),
  'printers import': define(file, ({ store }, { text }, act) =>
    store.update((tx) => importPrinters(tx, text, act)),
  ),
  'printers export': define(z.object({}), ({ store }) => exportPrinters(store.state)),
  'printers found': define(
    z.object({ devices: z.array(foundDevice).max(mostFound) }),
    ({ store }, { devices }) => tellFound(store.state, devices),
  ),
  'people list': define(z.object({}), ({ store }) => listPeople(store.state)),
  'people add': define(added, async ({ store }, words, act) => {
    const password = await hashPassword({ name: words.name, typed: words.password })
    const { name } = await store.update((tx) => addPerson(tx, { ...words, password }, act))
    return name
  }),
  'people password': define(typed, async ({ store }, { name, password }, act) => {
    const hashed = await hashPassword({ name, typed: password })
    await store.update((tx) => setPassword(tx, { name, password: hashed }, act))
    return name
  }),
  'people token': define(named, ({ store }, words, act) =>
    store.update((tx) => addToken(tx, words, act)),
  ),
  'people disable': define(named, async ({ store }, words, act) => {
    const { name } = await store.update((tx) => disablePerson(tx, words, act))
    return name
  }),
  'people erase': define(z.object({ email: z.string() }), async ({ store }, { email }, act) => {
    const erased = await store.update((tx) => eraseRequester(tx, email, act))
    await store.rewrite()
    return erased
  }),
  'people enable': define(named, async ({ store }, words, act) => {
    const { name } = await store.update((tx) => enablePerson(tx, words, act))
    return name
  }),
} as const

type Acts = typeof acts
type Result<N extends keyof Acts> = Awaited<ReturnType<Acts[N]['run']>>

/** Asks for an act and waits until what it did is durable. Throws the Refusal that came instead. */
export type Ask = <N extends keyof Acts>(
  name: N,
  args: DeepReadonly<z.input<Acts[N]['args']>>,
) => Promise<Result<N>>

/** Where the state is held, and what is at hand there. */
export interface Place {
  /** `rewrite`: what was dropped is in none of its files any more. */
  readonly store: Store & { rewrite(): Promise<void> }
  /** null: no platen runs. */
  readonly seen: Seen | null
  makeBackup(act: Act): Promise<Made>
}

/** Does the act of that name; `invalid` for one that there is not, as an older platen may be asked. */
export async function perform(
  place: Place,
  asked: { readonly act: string; readonly args: unknown },
  act: Act,
): Promise<unknown> {
  if (!Object.hasOwn(acts, asked.act))
    throw new Refusal('invalid', `The running platen does not know "${asked.act}"; restart it.`)
  const { parse } = acts[asked.act as keyof Acts]
  return parse(asked.args)(place, act)
}

export interface ListedPerson {
  readonly name: string
  readonly role: string
  readonly groups: readonly string[]
  readonly tokens: number
  readonly disabledAt: string | null
}

function listPeople(state: State): ListedPerson[] {
  const groups = Object.values(state.groups)
  return Object.values(state.people)
    .map(({ id, name, tokens, disabledAt, ...given }) => ({
      name,
      role: roleNameOf(given) ?? 'own rights',
      groups: groups.filter(({ managers }) => managers.includes(id)).map((group) => group.name),
      tokens: tokens.length,
      disabledAt,
    }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

function define<A extends z.ZodType, R>(
  args: A,
  run: (place: Place, args: z.output<A>, act: Act) => R | Promise<R>,
) {
  const parse = (given: unknown) => {
    const parsed = args.safeParse(given)
    if (!parsed.success) throw new Refusal('invalid', z.prettifyError(parsed.error))
    return (place: Place, act: Act) => run(place, parsed.data, act)
  }
  return { args, run, parse }
}
