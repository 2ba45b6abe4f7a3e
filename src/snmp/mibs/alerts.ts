import type { Alert } from '../../core/status/reading.ts'
import { alertCodes, alertGroups, alertSeverities } from './alert-names.ts'
import { readText } from './text.ts'
import { indexesOf, numberAt, octetsAt, type Told } from './told.ts'

/** prtAlertTable whole: what is a fault and what is only news is decided elsewhere. */
export function readAlerts(told: Told, charset: number | null): Alert[] {
  return indexesOf(told, 'alerts').map((index) => {
    const code = numberAt(told, 'prtAlertCode', index)
    const severity = numberAt(told, 'prtAlertSeverityLevel', index)
    const group = numberAt(told, 'prtAlertGroup', index)
    return {
      index,
      severity: severity === null ? null : (alertSeverities[severity] ?? null),
      code,
      codeName: code === null ? null : (alertCodes[code] ?? null),
      group: group === null ? null : (alertGroups[group] ?? null),
      groupIndex: numberAt(told, 'prtAlertGroupIndex', index),
      location: numberAt(told, 'prtAlertLocation', index),
      description: readText(octetsAt(told, 'prtAlertDescription', index), charset),
    }
  })
}
