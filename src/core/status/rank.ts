import type { Reason, ReasonWord } from './status.ts'

const order: readonly ReasonWord[] = [
  'jam',
  'door',
  'empty',
  'paper',
  'full',
  'waste',
  'parts',
  'service',
  'alert',
  'low',
  'silent',
]

/** Lower is worse: what stops the printer before what it can print on with. */
export function rank({ weight, word }: Pick<Reason, 'weight' | 'word'>): number {
  return (weight === 'error' ? 0 : order.length) + order.indexOf(word)
}

/** A low toner does not explain why a device is down, nor does an alert without a meaning. */
export const explainsStop = ({ word, weight }: Reason): boolean =>
  weight === 'error' && order.indexOf(word) < order.indexOf('alert')
