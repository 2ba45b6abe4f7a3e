import { parseArgs } from 'node:util'
import { type Desk, table, type Verb, WrongUsage } from './verb.ts'

export const peopleVerb: Verb = {
  help: `platen people add NAME --role administrator [--email ADDRESS]
platen people add NAME --role manager [--group NAME]... [--email ADDRESS]
platen people password NAME
platen people token NAME
platen people disable|enable NAME
platen people erase ADDRESS
platen people list

  Accounts. A manager sees the printers of the groups given, an administrator all. The password is
  asked for, or read from standard input. A token is for scripts; it is shown this once. A new
  password ends the tokens. Erase is for whoever reported something and left an e-mail address: tickets,
  letters and the journal forget them; backups made before do not.
`,
  async run(args, desk) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        role: { type: 'string' },
        email: { type: 'string' },
        group: { type: 'string', multiple: true, default: [] },
      },
    })
    const [what = '', name, ...more] = positionals
    if (what === 'list' && name === undefined) return list(desk)
    if (!name || more.length > 0) throw new WrongUsage('Say what to do, and with whom.')
    if (what === 'add') return add({ name, ...values }, desk)
    if (what === 'password') {
      const password = await desk.askSecret(`New password of ${name}: `)
      desk.out(`The password of ${await desk.ask('people password', { name, password })} is set.\n`)
      return 0
    }
    if (what === 'token') {
      desk.out(`${await desk.ask('people token', { name })}\n`)
      desk.err('This is the only time that the token is shown.\n')
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

async function add(
  given: { name: string; role?: string; email?: string; group: string[] },
  desk: Desk,
): Promise<number> {
  const { name, role, email = null, group: groups } = given
  if (role !== 'administrator' && role !== 'manager')
    throw new WrongUsage('Say what the person is: --role administrator or --role manager.')
  if (role === 'administrator' && groups.length > 0)
    throw new WrongUsage('An administrator sees every printer; leave --group out.')
  const password = await desk.askSecret(`Password of ${name}: `)
  desk.out(`${await desk.ask('people add', { name, role, email, groups, password })} was added.\n`)
  if (role === 'manager' && groups.length === 0)
    desk.err('A manager of no group sees no printer; groups are made by importing printers.\n')
  return 0
}

async function list(desk: Desk): Promise<number> {
  const people = await desk.ask('people list', {})
  if (people.length === 0) desk.out('Nobody yet: platen people add NAME --role administrator\n')
  else
    desk.out(
      table([
        ['name', 'role', 'groups', 'tokens', ''],
        ...people.map(({ name, role, groups, tokens, disabledAt }) => [
          name,
          role,
          groups.join(', ') || (role === 'administrator' ? 'all' : 'none'),
          String(tokens),
          disabledAt ? `disabled ${disabledAt.slice(0, 10)}` : '',
        ]),
      ]),
    )
  return 0
}
