import { parseArgs } from 'node:util'
import { areas, roleNames } from '../core/people/rights.ts'
import { giveRights, reachOf, roleOf } from './people-rights.ts'
import { listTokens, makeToken, untoken } from './people-tokens.ts'
import { type Desk, table, type Verb, WrongUsage } from './verb.ts'

export const peopleVerb: Verb = {
  help: `platen people add NAME --role administrator|reader [--email ADDRESS] [--openid]
platen people add NAME --role manager [--group NAME]... [--email ADDRESS] [--openid]
platen people rights NAME AREA=none|look|change... [--reach all|groups]
platen people password NAME
platen people token NAME [--for WORDS] [--right AREA=look]... [--days N]
platen people tokens NAME
platen people untoken NAME ID
platen people disable|enable NAME
platen people erase ADDRESS
platen people list

  Accounts. A manager sees the printers of the groups given, an administrator and a reader all. The
  password is asked for, or read from standard input; with --openid nobody is asked, and the person signs
  in at the OpenID provider, the first time by the e-mail address. Rights are given area by area:
  ${areas.join(', ')}. A token is for scripts; it is shown this once,
  and may do what its owner may, or only what --right says. A new password ends the tokens. Erase is for
  whoever reported something and left an e-mail address: tickets, letters and the journal forget them;
  backups made before do not.
`,
  async run(args, desk) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
    const [what = '', name, ...more] = positionals
    if (what === 'list' && name === undefined) return list(desk)
    if (!name) throw new WrongUsage('Say what to do, and with whom.')
    if (what === 'rights') return giveRights({ name, given: more, reach: values.reach }, desk)
    if (what === 'untoken') return untoken({ name, more }, desk)
    if (more.length > 0) throw new WrongUsage('Say what to do, and with whom.')
    if (what === 'add') return add({ name, ...values }, desk)
    if (what === 'token') return makeToken({ name, ...values }, desk)
    if (what === 'tokens') return listTokens(name, desk)
    if (what === 'password') {
      const password = await desk.askSecret(`New password of ${name}: `)
      desk.out(`The password of ${await desk.ask('people password', { name, password })} is set.\n`)
      return 0
    }
    if (what === 'disable') {
      desk.out(`${await desk.ask('people disable', { name })} cannot sign in any more.\n`)
      return 0
    }
    if (what === 'enable') {
      desk.out(`${await desk.ask('people enable', { name })} can sign in again.\n`)
      return 0
    }
    if (what === 'erase') {
      const { tickets, letters, entries } = await desk.ask('people erase', { email: name })
      desk.out(`Erased: ${tickets} in tickets, ${letters} letters, ${entries} in the journal.\n`)
      return tickets + letters + entries > 0 ? 0 : 1
    }
    throw new WrongUsage(`"${what}" is nothing that people can do.`)
  },
}

const options = {
  role: { type: 'string' },
  email: { type: 'string' },
  group: { type: 'string', multiple: true },
  openid: { type: 'boolean' },
  reach: { type: 'string' },
  for: { type: 'string' },
  right: { type: 'string', multiple: true },
  days: { type: 'string' },
} as const

interface Added {
  readonly name: string
  readonly role?: string
  readonly email?: string
  readonly group?: readonly string[]
  readonly openid?: boolean
}

async function add(given: Added, desk: Desk): Promise<number> {
  const { name, email = null, group: groups = [], openid: openId = false } = given
  const role = roleNames.find((each) => each === given.role)
  if (!role) throw new WrongUsage(`Say what the person is: --role ${roleNames.join(', ')}.`)
  if (role !== 'manager' && groups.length > 0)
    throw new WrongUsage(`A person who is ${role} sees every printer; leave --group out.`)
  if (openId && email === null)
    throw new WrongUsage('With --openid the first sign-in goes by the address: give --email too.')
  const password = openId ? null : await desk.askSecret(`Password of ${name}: `)
  const words = { name, role, email, groups, password, openId }
  desk.out(`${await desk.ask('people add', words)} was added.\n`)
  if (role === 'manager' && groups.length === 0)
    desk.err(
      'A manager of no group sees no printer; groups are made at the site, or by importing printers.\n',
    )
  return 0
}

async function list(desk: Desk): Promise<number> {
  const people = await desk.ask('people list', {})
  if (people.length === 0) desk.out('Nobody yet: platen people add NAME --role administrator\n')
  else
    desk.out(
      table([
        ['name', 'role', 'groups', 'tokens', ''],
        ...people.map((person) => [
          person.name,
          roleOf(person),
          reachOf(person),
          String(person.tokens),
          person.disabledAt ? `disabled ${person.disabledAt.slice(0, 10)}` : '',
        ]),
      ]),
    )
  return 0
}
