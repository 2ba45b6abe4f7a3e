import type { Report } from './heard.ts'

/** It answers, but not this: the user, its keys, its rights or the context are not as the printer has them. */
export interface Refused {
  readonly kind: 'refused'
  readonly why: Exclude<Report, 'engine'> | 'rights' | 'unheard'
}

/** What a person can do about it. */
export function whyRefused(why: Refused['why'], userName: string): string {
  const sentences: Readonly<Record<Refused['why'], string>> = {
    user: `Has no user ${userName} of SNMP 3`,
    passphrase: `The first passphrase or protocol of the user ${userName} is not the printer’s`,
    privacy: `The second passphrase or protocol of the user ${userName} is not the printer’s`,
    level: `Does not let the user ${userName} sign or encrypt as SNMP_USERS says`,
    rights: `Knows the user ${userName}, but lets it read nothing this way`,
    context: 'Has no such context of SNMP 3',
    clock: 'Answers, but cannot be agreed with about its SNMP 3 clock',
    unheard: `Answers SNMP 3, but not the user ${userName}: a passphrase or a protocol may be wrong`,
  }
  return sentences[why]
}
