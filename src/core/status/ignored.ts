import type { Alarm } from './alarm.ts'
import { alertAlarms, supplyOf } from './alerts.ts'
import { ruleOf } from './known-better.ts'
import type { Alert } from './reading.ts'
import { levelAlarms } from './supplies.ts'
import type { Judged } from './verdict.ts'

// Supplies that the office wants no alarm of: what their level and their alerts would say.

export function isOfIgnored(alert: Alert, { reading, office }: Judged): boolean {
  const supply = supplyOf(alert, reading)
  return supply !== undefined && ruleOf(office, supply)?.ignore === true
}

/** Not to be shown, but the reason for what the printer says as a whole. */
export function ignoredAlarms(judged: Judged): readonly Alarm[] {
  const { reading, supplies } = judged
  const alerts = reading.alerts.filter((alert) => isOfIgnored(alert, judged))
  return [...alertAlarms({ ...reading, alerts }), ...levelAlarms(supplies, judged, 'ignored')]
}
