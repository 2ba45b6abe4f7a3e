import { afterHearing } from './loop.ts'
import type { Answer, Session, Version } from './session.ts'
import type { Refused } from './v3/refused.ts'

// Whether anybody is there, and what it speaks: one small question, in every version at the same time.

export interface Contact {
  /** null: no answer. */
  readonly version: Version | null
  /** The network's word, where it was no mere silence. */
  readonly code: string | null
  /** Answers came, and none could be read. */
  readonly garbled: boolean
  /** Why the user of SNMP 3 was refused. */
  readonly refused: Refused['why'] | null
}

export const nobody: Contact = { version: null, code: null, garbled: false, refused: null }

/** sysUpTime, without its instance: every agent has something that follows (RFC 3418). */
const question = '1.3.6.1.2.1.1.3'

/** What 2c may take longer than 1: a printer that has both answers both within a moment. */
const graceMs = 250

/** A session for each version that may be spoken. Prefers 2c, which asks for a whole table at once. */
export async function contact(sessions: readonly Session[]): Promise<Contact> {
  const askBy = async (session: Session) => {
    const answer = await session.getNext([question])
    return { version: session.version, answer }
  }
  const answers = sessions.map(askBy)
  const better = sessions.find(({ version }) => version === '2c')
  const preferred = await firstGood(answers, () => better && askBy(better))
  if (preferred !== null) return { ...nobody, version: preferred }
  const heard = (await Promise.all(answers)).map(({ answer }) => answer)
  const unreachable = heard.find((answer) => answer.kind === 'unreachable')
  const refused = heard.find((answer) => answer.kind === 'refused')
  return {
    version: null,
    code: unreachable?.code ?? null,
    garbled: heard.some((answer) => answer.kind === 'garbled'),
    refused: refused?.why ?? null,
  }
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
        if (isAnswer(answer)) good = good === '2c' ? good : version
        if (good === '2c' || open === 0) resolve(good)
        else if (good !== null) {
          setTimeout(() => afterHearing(() => resolve(good)), graceMs)
          void askBetter()?.then(({ answer }) => {
            if (isAnswer(answer)) resolve('2c')
          })
        }
      })
    }
  })
}

const isAnswer = ({ kind }: Answer): boolean => kind === 'bindings' || kind === 'declined'
