import { z } from 'zod'
import type { Act } from '../core/act.ts'
import type { Made } from '../core/backup/made.ts'
import { changePerson } from '../core/people/changed.ts'
import { getPerson, groupsOf } from '../core/people/find.ts'
import { hashPassword } from '../core/people/password.ts'
import { addPerson, disablePerson, enablePerson, setPassword } from '../core/people/people.ts'
import { type Person, person } from '../core/people/person.ts'
import {
  areas,
  degrees,
  noRights,
  type RoleName,
  reaches,
  roleNameOf,
  roleNames,
} from '../core/people/rights.ts'
import { addToken, removeToken } from '../core/people/tokens.ts'
import { foundDevice } from '../core/printers/found.ts'
import { tellFound } from '../core/printers/found-rows.ts'
import { exportPrinters, importPrinters, previewPrinters } from '../core/printers/import.ts'
import { type LabelSettings, labelWarning } from '../core/printers/label-url.ts'
import { labelsOf, printersNamed } from '../core/printers/labels.ts'
import { importKinds } from '../core/printers/table.ts'
import type { DeepReadonly } from '../core/readonly.ts'
import { Refusal } from '../core/refusal.ts'
import type { State } from '../core/state.ts'
import type { Store } from '../core/store.ts'
import { exportTickets } from '../core/tickets/csv.ts'
import { postSummary } from '../core/tickets/digest.ts'
import { eraseRequester } from '../core/tickets/erasure.ts'
import { summaries } from '../core/tickets/summary.ts'
import { lookAtKept, type Seen } from './kept.ts'

// What the command line may ask for: done here, or over the control socket by the running platen.

/** A /20 and the own link. */
const mostFound = 5000
const file = z.object({
  text: z.string(),
  kind: z.enum(importKinds).optional(),
  leaveRefused: z.boolean().optional(),
  retireMissing: z.boolean().optional(),
})
const named = z.object({ name: z.string() })
const digested = z.object({
  lookbackHours: z.number().positive().nullable(),
  includeClosed: z.boolean(),
})
const typed = named.extend({ password: z.string() })
const added = named.extend({
  role: z.enum(roleNames),
  email: person.shape.email,
  groups: z.array(z.string()),
  /** null: signs in at the OpenID provider only. */
  password: z.string().nullable(),
  openId: z.boolean().default(false),
})
/** Areas that are not named stay as they are, or nothing. */
const someRights = z.partialRecord(z.enum(areas), z.enum(degrees))
const newToken = named.extend({
  use: z.string().default(''),
  /** null: whatever its owner may. */
  rights: someRights.nullable().default(null),
  days: z.int().nullable().default(null),
})

const acts = {
  check: define(z.object({}), async ({ store, seen }, _, { now }) => ({
    kept: await lookAtKept(store.state, now),
    seen,
  })),
  'backup make': define(z.object({}), ({ makeBackup }, _, act) => makeBackup(act)),
  'digest preview': define(digested, ({ store, summaryTo }, wish, { now }) =>
    summaries(store.state, { ...wish, recipients: summaryTo }, now),
  ),
  'digest post': define(digested, async ({ store, summaryTo }, wish, act) => {
    const wanted = { ...wish, recipients: summaryTo }
    const letters = await store.update((tx) => postSummary(tx, wanted, act))
    return letters.map(({ to }) => to)
  }),
  'printers preview': define(file, ({ store }, wanted) => previewPrinters(store.state, wanted)),
  'printers import': define(file, ({ store }, wanted, act) =>
    store.update((tx) => importPrinters(tx, wanted, act)),
  ),
  'printers export': define(z.object({}), ({ store }) => exportPrinters(store.state)),
  'tickets export': define(z.object({}), ({ store: { state } }, _, { now }) =>
    exportTickets(state, Object.values(state.tickets), now),
  ),
  'printers found': define(
    z.object({ devices: z.array(foundDevice).max(mostFound) }),
    ({ store }, { devices }) => tellFound(store.state, devices),
  ),
  'labels list': define(
    z.object({ groups: z.array(z.string()), printers: z.array(z.string()) }),
    ({ store, labels }, named) => ({
      labels: labelsOf(printersNamed(store.state, named), labels),
      warning: labelWarning(labels),
    }),
  ),
  'people list': define(z.object({}), ({ store }) => listPeople(store.state)),
  'people add': define(added, async ({ store }, words, act) => {
    const { name, password: chosen } = words
    const password = chosen === null ? null : await hashPassword({ name, typed: chosen })
    return (await store.update((tx) => addPerson(tx, { ...words, password }, act))).name
  }),
  'people password': define(typed, async ({ store }, { name, password }, act) => {
    const hashed = await hashPassword({ name, typed: password })
    await store.update((tx) => setPassword(tx, { name, password: hashed }, act))
    return name
  }),
  'people rights': define(
    named.extend({ rights: someRights, reach: z.enum(reaches).optional() }),
    ({ store }, { name, rights, reach }, act) =>
      store.update((tx) => {
        const given = { ...getPerson(tx.state, name).rights, ...rights }
        const changes = { rights: given, ...(reach && { reach }) }
        return listed(tx.state, changePerson(tx, { name, changes }, act))
      }),
  ),
  'people token': define(newToken, ({ store }, words, act) => {
    const rights = words.rights && { ...noRights, ...words.rights }
    return store.update((tx) => addToken(tx, { ...words, rights }, act))
  }),
  'people tokens': define(named, ({ store }, { name }) =>
    getPerson(store.state, name).tokens.map(({ hash: _secret, ...told }) => told),
  ),
  'people untoken': define(named.extend({ id: z.string() }), async ({ store }, words, act) => {
    const { name } = await store.update((tx) => removeToken(tx, words, act))
    return name
  }),
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
  readonly labels: LabelSettings
  /** ISSUE_SUMMARY_RECIPIENT, else EMAIL_TO; null: nobody of the settings. */
  readonly summaryTo: string | null
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

export interface ListedPerson extends Pick<Person, 'name' | 'reach' | 'rights' | 'disabledAt'> {
  /** null: rights that have no name. */
  readonly role: RoleName | null
  readonly groups: readonly string[]
  readonly tokens: number
}

function listPeople(state: State): ListedPerson[] {
  return Object.values(state.people)
    .map((each) => listed(state, each))
    .sort((a, b) => a.name.localeCompare(b.name))
}

function listed(state: State, person: Person): ListedPerson {
  const { name, reach, rights, disabledAt, tokens } = person
  const groups = groupsOf(state, person).map((group) => group.name)
  return {
    name,
    reach,
    rights,
    disabledAt,
    groups,
    role: roleNameOf(person),
    tokens: tokens.length,
  }
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
