import type { Target } from '../core/status/reading.ts'
import type { Contact } from './contact.ts'
import { whyRefused } from './v3/refused.ts'
import type { Walked } from './walk.ts'

// Why a printer could not be read, as one sentence to the administrator.

export const brokenOff = 'The reading was broken off'
export const brokenIn = 'Stopped answering in the middle of the reading'
const unreadable = 'Answers, but not in a way that can be read'

export function whyNobody({ code, garbled, refused }: Contact, { community }: Target): string {
  if (refused !== null) return whyRefused(refused, community)
  if (code === 'ECONNREFUSED') return 'The address is in use, but nothing there answers SNMP'
  if (code !== null) return `The address cannot be reached from here (${code})`
  return garbled ? unreadable : 'No answer'
}

export function whyBroken({ ended }: Pick<Walked, 'ended'>): string {
  if (ended === 'slow') return 'Answers too slowly to be read whole'
  if (ended === 'endless') return 'Its answers never end'
  if (ended === 'closed') return brokenOff
  if (ended === 'garbled') return unreadable
  return brokenIn
}
