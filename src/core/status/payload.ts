import type { Group } from '../printers/group.ts'
import type { Printer } from '../printers/printer.ts'
import type { Known } from './known.ts'
import type { Judgement, Status } from './status.ts'

/** The status payload (B5) of one printer. What stays the same stays the same object. */
export function statusOf(
  { printer, group }: { readonly printer: Printer; readonly group: Group | null },
  known: Known,
  shown: {
    readonly judgement: Judgement
    readonly ageSeconds: number | null
    readonly isOld: boolean
  },
): Status {
  const { reading, readAt, failures, message, stranger } = known
  const { verdict, attention, reasons } = shown.judgement
  const answered = failures === 0 && (reading ?? stranger?.reading) ? true : null
  return {
    // One by one: a literal that begins with a spread takes twenty times as long, and a screen asks for hundreds.
    printer: {
      id: printer.id,
      label: printer.label,
      assetTag: printer.assetTag,
      make: printer.make,
      model: printer.model,
      building: printer.building,
      location: printer.location,
      ipAddress: printer.ipAddress,
      macAddress: printer.macAddress,
      serial: printer.serial,
      group: group && { id: group.id, name: group.name },
      organisation: printer.organisation,
      isActive: printer.isActive,
    },
    verdict,
    attention,
    reasons: reasons.map(({ sentence }) => sentence),
    status: reading?.status ?? null,
    device: reading?.device ?? { index: null, model: null, status: null },
    errors: reading?.errors ?? null,
    alerts: reading?.alerts ?? [],
    supplies: known.supplies,
    trays: reading?.trays ?? [],
    console: reading?.console ?? [],
    pageCount: reading?.pageCount ?? null,
    snmp: {
      ok: failures > 0 ? false : answered,
      version: reading?.snmp.version ?? null,
      message,
    },
    fetchedAt: readAt?.at.toISOString() ?? null,
    ageSeconds: shown.ageSeconds,
    stale: failures > 0 || stranger !== null || shown.ageSeconds === null || shown.isOld,
  }
}
