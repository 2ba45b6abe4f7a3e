import { type Answer, openSession, type Session, type Version } from './session.ts'
import type { Place } from './socket.ts'

// Whether anybody is there, and what it speaks: one small question, in every version at the same time.

export interface ContactSettings {
  readonly place: Place
  readonly community: string
  readonly versions: readonly Version[]
  readonly timeoutMs: number
  readonly retries: number
}

export interface Contact {
  /** null: no answer. */
  readonly version: Version | null
  /** The network's word, where it was no mere silence. */
  readonly code: string | null
  /** Answers came, and none could be read. */
  readonly garbled: boolean
  readonly requests: number
}

/** sysUpTime, without its instance: every agent has something that follows (RFC 3418). */
const question = '1.3.6.1.2.1.1.3'

/** What 2c may take longer than 1: a printer that has both answers both within a moment. */
const graceMs = 250

/** Prefers 2c, which asks for a whole table at once. `open`: where the sessions stand while they live. */
export async function contact(settings: ContactSettings, open: Set<Session>): Promise<Contact> {
  const sessions = settings.versions.map((version) =>
    openSession(settings.place, { ...settings, version }),
  )
  for (const session of sessions) open.add(session)
  const askBy = async (session: Session) => {
    const answer = await session.getNext([question])
    return { version: session.version, answer }
  }
  const answers = sessions.map(askBy)
  const better = sessions.find(({ version }) => version === '2c')
  const preferred = await firstGood(answers, () => better && askBy(better))
  const done = (contact: Pick<Contact, 'version' | 'code' | 'garbled'>): Contact => {
    for (const session of sessions) {
      session.close()
      open.delete(session)
    }
    return { ...contact, requests: sessions.reduce((sum, session) => sum + session.sent(), 0) }
  }
  if (preferred !== null) return done({ version: preferred, code: null, garbled: false })
  const heard = (await Promise.all(answers)).map(({ answer }) => answer)
  const unreachable = heard.find((answer) => answer.kind === 'unreachable')
  return done({
    version: null,
    code: unreachable?.code ?? null,
    garbled: heard.some((answer) => answer.kind === 'garbled'),
  })
}

type Asked = Promise<{ version: Version; answer: Answer }>

/**
 * The first to answer; where that is 1, 2c is asked once more and has a moment to come after: one lost
 * datagram must not make a printer slow for good. null: nobody answered.
 */
function firstGood(
  answers: readonly Asked[],
  askBetter: () => Asked | undefined,
): Promise<Version | null> {
  return new Promise((resolve) => {
    let open = answers.length
    let good: Version | null = null
    for (const asked of answers) {
      void asked.then(({ version, answer }) => {
        open -= 1
        // Even a refusal is an answer: of v1, noSuchName.
        if (answer.kind === 'bindings' || answer.kind === 'declined') {
          good = good === '2c' ? good : version
        }
        if (good === '2c' || open === 0) resolve(good)
        else if (good !== null) {
          setTimeout(() => resolve(good), graceMs)
          void askBetter()?.then(({ answer }) => {
            if (answer.kind === 'bindings' || answer.kind === 'declined') resolve('2c')
          })
        }
      })
    }
  })
}
