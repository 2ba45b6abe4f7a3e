import { z } from 'zod'
import { type Fault, mostWords, type Requester, type Wants } from './ticket.ts'

// What a report must hold before it becomes a ticket: rules for every mouth that takes one.

/** Whether the site asks for it; what is `off` is not kept even where it was sent. */
export type Asked = 'required' | 'optional' | 'off'

export interface ReportRules {
  readonly name: Asked
  readonly email: Asked
}

/** What is the matter: of the two kinds of tickets, the one with its choice. */
export type Matter =
  | { readonly kind: 'issue'; readonly fault: Fault; readonly wants: null }
  | { readonly kind: 'supply'; readonly fault: null; readonly wants: Wants }

/** As it was typed and tapped; empty where nothing was. */
export interface Report {
  readonly matter: Matter | null
  readonly words: string
  readonly name: string
  readonly email: string
}

export type ReportField = 'matter' | 'words' | 'name' | 'email'
/** By field: a sentence for the person who filled it in. */
export type ReportMistakes = Partial<Readonly<Record<ReportField, string>>>

const longestName = 100
const emailAddress = z.email()
const isEmail = (text: string) => text.length <= 254 && emailAddress.safeParse(text).success

export function mistakesIn(report: Report, rules: ReportRules): ReportMistakes {
  const { matter, words, name, email } = report
  const asks = { name: rules.name !== 'off', email: rules.email !== 'off' }
  return {
    ...(!matter && { matter: 'Tap what is the matter.' }),
    ...(words.length > mostWords && {
      words: `These are ${words.length} characters; ${mostWords} are the most.`,
    }),
    ...(rules.name === 'required' && !name && { name: 'Please give your name.' }),
    ...(asks.name &&
      name.length > longestName && { name: `A name has ${longestName} characters at most.` }),
    ...(rules.email === 'required' && !email && { email: 'Please give your e-mail address.' }),
    ...(asks.email &&
      email &&
      !isEmail(email) && {
        email: 'This is no e-mail address; it looks like ada@school.edu.',
      }),
  }
}

export function requesterOf({ name, email }: Report, rules: ReportRules): Requester {
  return {
    name: rules.name === 'off' ? null : name || null,
    email: rules.email === 'off' ? null : email || null,
  }
}
