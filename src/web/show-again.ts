import type { Html } from '../core/html.ts'
import { Refusal } from '../core/refusal.ts'
import { type Answer, page } from './answer.ts'
import { answerRefusal } from './errors.ts'

/**
 * What a form asked for; where it is refused the page is shown again, with the sentence and what was
 * typed. A page that is gone, and a form that is not ours, have nothing to be shown again.
 */
export async function showAgain(
  work: () => Answer | Promise<Answer>,
  again: (refusal: Refusal) => Html,
): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal) || !shownAgain.includes(error.code)) throw error
    const { status, headers } = answerRefusal(error)
    const { 'Content-Type': _json, ...kept } = headers
    return page(status, again(error), kept)
  }
}

const shownAgain: readonly Refusal['code'][] = ['invalid', 'conflict', 'too-many', 'unkeepable']
