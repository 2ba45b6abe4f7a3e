// What is asked of a printer, by the MIB's own names. Scalars stand without their `.0`, columns without
// an index: both are walked, so that nothing is assumed about indexes (RFC 2790, RFC 3805, RFC 3418).

const system = '1.3.6.1.2.1.1'
const hostResources = '1.3.6.1.2.1.25.3'
const printerMib = '1.3.6.1.2.1.43'

/** Answered at most once each. */
export const scalars = {
  sysDescr: `${system}.1`,
  sysObjectID: `${system}.2`,
  sysUpTime: `${system}.3`,
  sysName: `${system}.5`,
  sysLocation: `${system}.6`,
  // No objects: the first row of each, for a printer whose device shows in no column that is asked below.
  hrDeviceEntry: `${hostResources}.2.1`,
  hrPrinterEntry: `${hostResources}.5.1`,
  printmib: printerMib,
  /** Who made it, where it does not say so itself. */
  enterprises: '1.3.6.1.4.1',
} as const

export const columns = {
  ifPhysAddress: '1.3.6.1.2.1.2.2.1.6',
  hrDeviceType: `${hostResources}.2.1.2`,
  hrDeviceDescr: `${hostResources}.2.1.3`,
  hrDeviceID: `${hostResources}.2.1.4`,
  hrDeviceStatus: `${hostResources}.2.1.5`,
  hrPrinterStatus: `${hostResources}.5.1.1`,
  hrPrinterDetectedErrorState: `${hostResources}.5.1.2`,
  prtGeneralConfigChanges: `${printerMib}.5.1.1.1`,
  prtGeneralCurrentLocalization: `${printerMib}.5.1.1.2`,
  prtConsoleLocalization: `${printerMib}.5.1.1.10`,
  prtGeneralPrinterName: `${printerMib}.5.1.1.16`,
  prtGeneralSerialNumber: `${printerMib}.5.1.1.17`,
  prtAlertCriticalEvents: `${printerMib}.5.1.1.18`,
  prtAlertAllEvents: `${printerMib}.5.1.1.19`,
  prtCoverDescription: `${printerMib}.6.1.1.2`,
  prtCoverStatus: `${printerMib}.6.1.1.3`,
  prtLocalizationCharacterSet: `${printerMib}.7.1.1.4`,
  prtInputType: `${printerMib}.8.2.1.2`,
  prtInputCapacityUnit: `${printerMib}.8.2.1.8`,
  prtInputMaxCapacity: `${printerMib}.8.2.1.9`,
  prtInputCurrentLevel: `${printerMib}.8.2.1.10`,
  prtInputStatus: `${printerMib}.8.2.1.11`,
  prtInputMediaName: `${printerMib}.8.2.1.12`,
  prtInputName: `${printerMib}.8.2.1.13`,
  prtInputDescription: `${printerMib}.8.2.1.18`,
  prtOutputCapacityUnit: `${printerMib}.9.2.1.3`,
  prtOutputMaxCapacity: `${printerMib}.9.2.1.4`,
  prtOutputRemainingCapacity: `${printerMib}.9.2.1.5`,
  prtOutputStatus: `${printerMib}.9.2.1.6`,
  prtOutputName: `${printerMib}.9.2.1.7`,
  prtOutputDescription: `${printerMib}.9.2.1.12`,
  prtMarkerCounterUnit: `${printerMib}.10.2.1.3`,
  prtMarkerLifeCount: `${printerMib}.10.2.1.4`,
  prtMarkerPowerOnCount: `${printerMib}.10.2.1.5`,
  prtMarkerSuppliesColorantIndex: `${printerMib}.11.1.1.3`,
  prtMarkerSuppliesClass: `${printerMib}.11.1.1.4`,
  prtMarkerSuppliesType: `${printerMib}.11.1.1.5`,
  prtMarkerSuppliesDescription: `${printerMib}.11.1.1.6`,
  prtMarkerSuppliesSupplyUnit: `${printerMib}.11.1.1.7`,
  prtMarkerSuppliesMaxCapacity: `${printerMib}.11.1.1.8`,
  prtMarkerSuppliesLevel: `${printerMib}.11.1.1.9`,
  prtMarkerColorantValue: `${printerMib}.12.1.1.4`,
  prtConsoleDisplayBufferText: `${printerMib}.16.5.1.2`,
  prtAlertSeverityLevel: `${printerMib}.18.1.1.2`,
  prtAlertTrainingLevel: `${printerMib}.18.1.1.3`,
  prtAlertGroup: `${printerMib}.18.1.1.4`,
  prtAlertGroupIndex: `${printerMib}.18.1.1.5`,
  prtAlertLocation: `${printerMib}.18.1.1.6`,
  prtAlertCode: `${printerMib}.18.1.1.7`,
  prtAlertDescription: `${printerMib}.18.1.1.8`,
  prtAlertTime: `${printerMib}.18.1.1.9`,
} as const

/** The row of a supply, a tray … exists where any of these is answered. */
export const tables = {
  device: ['hrDeviceType', 'hrDeviceDescr', 'hrDeviceStatus'],
  printer: ['hrPrinterStatus', 'hrPrinterDetectedErrorState'],
  general: [
    'prtGeneralCurrentLocalization',
    'prtConsoleLocalization',
    'prtGeneralPrinterName',
    'prtGeneralSerialNumber',
  ],
  covers: ['prtCoverDescription', 'prtCoverStatus'],
  localization: ['prtLocalizationCharacterSet'],
  inputs: [
    'prtInputType',
    'prtInputCapacityUnit',
    'prtInputMaxCapacity',
    'prtInputCurrentLevel',
    'prtInputStatus',
    'prtInputMediaName',
    'prtInputName',
    'prtInputDescription',
  ],
  outputs: [
    'prtOutputCapacityUnit',
    'prtOutputMaxCapacity',
    'prtOutputRemainingCapacity',
    'prtOutputStatus',
    'prtOutputName',
    'prtOutputDescription',
  ],
  markers: ['prtMarkerCounterUnit', 'prtMarkerLifeCount', 'prtMarkerPowerOnCount'],
  supplies: [
    'prtMarkerSuppliesColorantIndex',
    'prtMarkerSuppliesClass',
    'prtMarkerSuppliesType',
    'prtMarkerSuppliesDescription',
    'prtMarkerSuppliesSupplyUnit',
    'prtMarkerSuppliesMaxCapacity',
    'prtMarkerSuppliesLevel',
  ],
  colorants: ['prtMarkerColorantValue'],
  console: ['prtConsoleDisplayBufferText'],
  alerts: [
    'prtAlertSeverityLevel',
    'prtAlertTrainingLevel',
    'prtAlertGroup',
    'prtAlertGroupIndex',
    'prtAlertLocation',
    'prtAlertCode',
    'prtAlertDescription',
    'prtAlertTime',
  ],
} as const satisfies Record<string, readonly (keyof typeof columns)[]>

/** What may be another at every poll; the rest is asked again when something says that it changed. */
export const changing = {
  /** One row: that of the printer's device. */
  ofDevice: [
    'hrDeviceStatus',
    'hrPrinterStatus',
    'hrPrinterDetectedErrorState',
    'prtGeneralConfigChanges',
    'prtGeneralSerialNumber',
    'prtAlertCriticalEvents',
    'prtAlertAllEvents',
  ],
  /** Every row, by table. */
  ofTables: {
    covers: ['prtCoverStatus'],
    inputs: ['prtInputMaxCapacity', 'prtInputCurrentLevel'],
    outputs: ['prtOutputMaxCapacity', 'prtOutputRemainingCapacity'],
    markers: ['prtMarkerLifeCount'],
    supplies: [
      'prtMarkerSuppliesDescription',
      'prtMarkerSuppliesMaxCapacity',
      'prtMarkerSuppliesLevel',
    ],
    console: ['prtConsoleDisplayBufferText'],
    alerts: [
      'prtAlertSeverityLevel',
      'prtAlertGroup',
      'prtAlertGroupIndex',
      'prtAlertLocation',
      'prtAlertCode',
      'prtAlertDescription',
    ],
  },
} as const satisfies {
  ofDevice: readonly (keyof typeof columns)[]
  ofTables: Partial<Record<keyof typeof tables, readonly (keyof typeof columns)[]>>
}

/** hrDeviceType of a printer: hrDevicePrinter. */
export const hrDevicePrinter = '1.3.6.1.2.1.25.3.1.5'

export type Name = keyof typeof scalars | keyof typeof columns
export type Table = keyof typeof tables
