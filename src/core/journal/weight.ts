// How long an entry stays in the state before it goes to its month's archive: seed 004, section 5.14.

export type Weight = 'high' | 'medium' | 'low'

/** Days. */
export const staysFor: Readonly<Record<Weight, number>> = { high: 365, medium: 180, low: 90 }

/**
 * What can be done, in the office's words. `high`: who may do what, what there is, and what became of a
 * report; `medium`: what happened on the way; `low`: what platen does by itself.
 */
const weights = {
  'person added': 'high',
  'person changed': 'high',
  'password set': 'high',
  'token ended': 'high',
  'openid bound': 'high',
  'first account': 'high',
  'token added': 'high',
  disabled: 'high',
  enabled: 'high',
  'group added': 'high',
  'group changed': 'high',
  'group removed': 'high',
  removed: 'high',
  'code renewed': 'high',
  added: 'high',
  changed: 'high',
  'device replaced': 'high',
  'question answered': 'high',
  'ticket opened': 'high',
  'ticket resolved': 'high',
  'ticket reopened': 'high',
  'ticket merged': 'high',
  erased: 'high',
  restored: 'high',
  'ticket forgotten': 'high',
  'ticket taken': 'medium',
  'ticket given back': 'medium',
  'sessions ended': 'medium',
  'letter sent again': 'medium',
  'letter dropped': 'medium',
  'ticket noted': 'medium',
  'ticket joined': 'medium',
  'ticket took another in': 'medium',
  'supply rule set': 'medium',
  'supply rule taken back': 'medium',
  'device learned': 'low',
  'device completed': 'low',
  asked: 'low',
  'ticket cleared': 'low',
  'ticket not cleared': 'low',
  'summary posted': 'low',
  'reporters forgotten': 'low',
  'question withdrawn': 'low',
} as const satisfies Record<string, Weight>

export type Deed = keyof typeof weights

/** A word that is not said any more, of an older platen, counts as high. */
export function weightOf(what: string): Weight {
  return isDeed(what) ? weights[what] : 'high'
}

const isDeed = (what: string): what is Deed => Object.hasOwn(weights, what)
