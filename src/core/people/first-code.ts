import { randomCode } from '../ids.ts'

/** What whoever stands before the console reads, to make the first account; kept nowhere. */
export interface FirstCode {
  /** As it is shown: 'ABCD-EFGH'. */
  readonly code: string
}

export function createFirstCode(): FirstCode {
  return { code: `${randomCode(4)}-${randomCode(4)}` }
}
