import type { Way } from '../core/schedule/format.ts'

// Clock and calendar as a narrow screen has room for them.

/** "14:02" */
export const time: Way = { hour: '2-digit', minute: '2-digit' }
/** "Mon" */
export const weekday: Way = { weekday: 'short' }
/** "2 Mar" */
export const day: Way = { day: 'numeric', month: 'short' }
/** "2 Mar 2026" */
export const date: Way = { dateStyle: 'medium' }
