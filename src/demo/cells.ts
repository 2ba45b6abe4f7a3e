// Cells of a printer's MIB that the demo changes, by what they tell (RFC 2790, RFC 3805).

/** As a line of a walk; null: the printer does not tell it any more. */
export interface Cell {
  readonly oid: string
  readonly type: string
  readonly value: string | null
}

const hostResources = '1.3.6.1.2.1.25.3'
const printerMib = '1.3.6.1.2.1.43'
const integer = '2'
const text = '4'
const counter = '65'
const timeTicks = '67'
const octets = '4x'

/** hrDeviceStatus and hrPrinterStatus. */
const stances = {
  idle: { device: 2, printer: 3 },
  prints: { device: 2, printer: 4 },
  warms: { device: 2, printer: 5 },
  sleeps: { device: 2, printer: 1 },
  warns: { device: 3, printer: 4 },
  down: { device: 5, printer: 1 },
} as const

/** hrPrinterDetectedErrorState: the first bit is the first octet's highest. */
const errorBits = { noToner: '1000', jammed: '0400', inputTrayEmpty: '0004' } as const

const cell = (oid: string, type: string, value: string | number): Cell => ({
  oid,
  type,
  value: String(value),
})

/** A fortnight before the demo began, in hundredths of a second. */
const upBefore = 120_000_000

export const cells = {
  uptime: (second: number) => cell('1.3.6.1.2.1.1.3.0', timeTicks, upBefore + second * 100),
  pages: (count: number) => cell(`${printerMib}.10.2.1.4.1.1`, counter, count),
  supply: (index: number, level: number) =>
    cell(`${printerMib}.11.1.1.9.1.${index}`, integer, level),
  tray: (index: number, sheets: number) =>
    cell(`${printerMib}.8.2.1.10.1.${index}`, integer, sheets),
  panel: (line: string) => cell(`${printerMib}.16.5.1.2.1.1`, text, line),
  stands: (stance: keyof typeof stances, error: keyof typeof errorBits | null): Cell[] => [
    cell(`${hostResources}.2.1.5.1`, integer, stances[stance].device),
    cell(`${hostResources}.5.1.1.1`, integer, stances[stance].printer),
    cell(`${hostResources}.5.1.2.1`, octets, error ? errorBits[error] : '0000'),
  ],
} as const

export interface AlertWords {
  readonly severity: number
  readonly group: number
  readonly groupIndex: number
  readonly code: number
  readonly text: string
}

/** A row of prtAlertTable. */
export function rowOfAlert(index: number, alert: AlertWords): Cell[] {
  const values = [alert.severity, 3, alert.group, alert.groupIndex, 1, alert.code, alert.text]
  return values.map((value, at) =>
    cell(alertCell(at, index), typeof value === 'string' ? text : integer, value),
  )
}

/** That row, when there is nothing to alert any more. */
export function gone(index: number): Cell[] {
  return Array.from({ length: 7 }, (_, at) => ({
    oid: alertCell(at, index),
    type: integer,
    value: null,
  }))
}

const alertCell = (at: number, index: number): string => `${printerMib}.18.1.1.${at + 2}.1.${index}`
