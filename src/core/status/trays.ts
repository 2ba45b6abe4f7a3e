import type { Alarm } from './alarm.ts'
import { isHandTray, trayName } from './by-hand.ts'
import type { Reading } from './reading.ts'

/**
 * An empty tray counts where the printer itself is not at ease: idle slots read 0 for ever, and Ricoh sends
 * no error bit for an empty tray but a hrDeviceStatus of warning.
 */
export function trayAlarms({ device, trays }: Reading): Alarm[] {
  if (!['warning', 'down'].includes(device.status?.name ?? '')) return []
  return trays
    .filter(({ level, maxCapacity }) => level === 0 && (maxCapacity ?? 0) > 1)
    .filter((tray) => !isHandTray(tray, trays))
    .map((tray) => ({
      ...{ word: 'paper', weight: 'warning', sentence: `${trayName(tray)} is empty` },
      ...{ source: 'tray', subject: `tray ${tray.index}`, atOnce: false },
    }))
}
