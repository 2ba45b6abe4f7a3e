/** Why something was declined: the closed list. `web/errors.ts` maps each to its status. */
export type RefusalCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'expired'
  | 'too-large'
  | 'too-many'
  | 'unreachable'
  | 'unkeepable'

/**
 * What we decline, with a sentence for the person who asked: what is wrong and what to do now.
 * Anything else that is thrown is a bug.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: RefusalCode, sentence: string, details: Record<string, unknown> = {}) {
    super(sentence)
    this.code = code
    this.details = details
  }
}
