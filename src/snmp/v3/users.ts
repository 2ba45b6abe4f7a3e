/** RFC 3414, RFC 3826, RFC 7860; AES-256 has two ways to make its key: Blumenthal's (`b`) and Reeder's (`r`). */
export const authProtocols = ['md5', 'sha', 'sha224', 'sha256', 'sha384', 'sha512'] as const
export const privProtocols = ['des', 'aes', 'aes256b', 'aes256r'] as const

/** A user of SNMP 3. Without `auth` it is believed by its name; without `priv` its words are read on the way. */
export interface SnmpUser {
  readonly name: string
  readonly auth: { readonly protocol: (typeof authProtocols)[number]; readonly key: string } | null
  readonly priv: { readonly protocol: (typeof privProtocols)[number]; readonly key: string } | null
}

/**
 * The users that SNMP_USERS names, or every mistake in it. A mistake tells of a user by its place alone: a
 * passphrase may stand wherever something is wrong.
 */
export function readUsers(
  text: string,
): { readonly users: readonly SnmpUser[] } | { readonly mistakes: readonly string[] } {
  const users: SnmpUser[] = []
  const mistakes: string[] = []
  for (const [at, told] of tell(text).entries()) {
    const read = readUser(told)
    const twin = 'wrong' in read ? -1 : users.findIndex(({ name }) => name === read.name)
    if ('wrong' in read) mistakes.push(`user ${at + 1} ${read.wrong}`)
    else if (twin >= 0) mistakes.push(`user ${at + 1} has the name of another`)
    else users.push(read)
  }
  return mistakes.length > 0 ? { mistakes } : { users }
}

/** `monitor`, or `monitor@CONTEXT` (RFC 3411, 3.3.1); a name may have an `@` of its own. null: no such user. */
export function userOf(
  community: string,
  users: readonly SnmpUser[],
): { readonly user: SnmpUser; readonly context: string } | null {
  const named = (name: string) => users.find((user) => user.name === name)
  const whole = named(community)
  if (whole) return { user: whole, context: '' }
  const end = community.lastIndexOf('@')
  const user = end < 0 ? undefined : named(community.slice(0, end))
  return user ? { user, context: community.slice(end + 1) } : null
}

type Told = { readonly words: readonly string[]; readonly wrong: string | null }

/** RFC 3414, 11.2. */
const leastPassphraseOctets = 8
/** RFC 3414, 5, usmUserName. */
const mostNameOctets = 32

const auths: Readonly<Record<string, (typeof authProtocols)[number]>> = {
  ...Object.fromEntries(authProtocols.map((name) => [name, name])),
  sha1: 'sha',
}

/**
 * AES256 is Blumenthal's, as with Debian's net-snmp, snmp_exporter and gosnmp; their AES256C, after Cisco,
 * is Reeder's.
 */
const privs: Readonly<Record<string, (typeof privProtocols)[number]>> = {
  ...Object.fromEntries(privProtocols.map((name) => [name, name])),
  aes128: 'aes',
  aes256: 'aes256b',
  aes256c: 'aes256r',
}

function readUser({ words, wrong }: Told): SnmpUser | { readonly wrong: string } {
  if (wrong !== null) return { wrong }
  const [name = '', authName, authKey, privName, privKey, ...more] = words
  const octets = Buffer.byteLength(name)
  if (octets === 0 || octets > mostNameOctets)
    return { wrong: `must have a name of 1 to ${mostNameOctets} octets` }
  if (more.length > 0)
    return { wrong: `has ${words.length} words; put double quotes round a passphrase with blanks` }
  if (authName === undefined) return { name, auth: null, priv: null }
  const auth = protocolOf(auths, authName)
  if (!auth) return { wrong: 'signs by none of MD5, SHA, SHA224, SHA256, SHA384, SHA512' }
  if (!isLong(authKey)) return { wrong: tooShort('after its first protocol') }
  if (privName === undefined) return { name, auth: { protocol: auth, key: authKey }, priv: null }
  const priv = protocolOf(privs, privName)
  if (!priv) return { wrong: 'encrypts by none of DES, AES, AES256, AES256C' }
  if (!isLong(privKey)) return { wrong: tooShort('after its second protocol') }
  return {
    name,
    auth: { protocol: auth, key: authKey },
    priv: { protocol: priv, key: privKey },
  }
}

function protocolOf<P>(known: Readonly<Record<string, P>>, word: string): P | undefined {
  const name = word.toLowerCase().replaceAll(/[-_]/g, '')
  return Object.hasOwn(known, name) ? known[name] : undefined
}

const isLong = (key: string | undefined): key is string =>
  key !== undefined && Buffer.byteLength(key) >= leastPassphraseOctets

const tooShort = (where: string) =>
  `needs a passphrase of ${leastPassphraseOctets} octets or more ${where}`

/** Words by blanks, users by `;` and line breaks; in double quotes all of them are text, and `""` is a quote. */
function tell(text: string): Told[] {
  const told: { words: string[]; wrong: string | null }[] = []
  let here: (typeof told)[number] | null = null
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? ''
    if (/[;\r\n]/.test(letter)) here = null
    if (/[;\s]/.test(letter)) continue
    if (here === null) {
      here = { words: [], wrong: null }
      told.push(here)
    }
    const word = letter === '"' ? quotedWord(text, at + 1) : plainWord(text, at)
    if (word === null) {
      here.wrong = 'has a double quote that no other closes'
      return told
    }
    here.words.push(word.text)
    at = word.end - 1
  }
  return told
}

interface Word {
  readonly text: string
  /** Where what follows it begins. */
  readonly end: number
}

function plainWord(text: string, from: number): Word {
  let end = from
  while (end < text.length && !/[;\s]/.test(text[end] ?? '')) end += 1
  return { text: text.slice(from, end), end }
}

/** null: it never ends. */
function quotedWord(text: string, from: number): Word | null {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] !== '"') continue
    if (text[at + 1] !== '"')
      return { text: text.slice(from, at).replaceAll('""', '"'), end: at + 1 }
    at += 1
  }
  return null
}
