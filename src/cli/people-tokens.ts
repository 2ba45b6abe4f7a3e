import { rightsIn, rightsWords } from './people-rights.ts'
import { type Desk, printable, table, WrongUsage } from './verb.ts'

// The tokens of an account.

export async function makeToken(
  given: { name: string; for?: string; right?: readonly string[]; days?: string },
  desk: Desk,
): Promise<number> {
  const { name, for: use = '', right = [], days } = given
  if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days))
    throw new WrongUsage(`--days is a number of days, not "${days}".`)
  const rights = right.length > 0 ? rightsIn(right) : null
  const words = { name, use, rights, days: days === undefined ? null : Number(days) }
  desk.out(`${await desk.ask('people token', words)}\n`)
  desk.err('This is the only time that the token is shown.\n')
  return 0
}

export async function listTokens(name: string, desk: Desk): Promise<number> {
  const all = await desk.ask('people tokens', { name })
  if (all.length === 0) desk.out(`No tokens: platen people token ${printable(name)}\n`)
  else
    desk.out(
      table([
        ['id', 'for', 'may', 'ends'],
        ...all.map(({ id, name: use, rights, expiresAt }) => [
          id,
          use || '-',
          rights ? rightsWords(rights) : 'as its owner',
          expiresAt?.slice(0, 10) ?? 'by hand',
        ]),
      ]),
    )
  return 0
}

export async function untoken(
  { name, more }: { name: string; more: readonly string[] },
  desk: Desk,
): Promise<number> {
  const [id, ...rest] = more
  if (!id || rest.length > 0)
    throw new WrongUsage('Say whose token, and its id: platen people tokens NAME has them.')
  desk.out(`A token of ${await desk.ask('people untoken', { name, id })} has ended.\n`)
  return 0
}
