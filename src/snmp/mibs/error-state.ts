// RFC 2790, hrPrinterDetectedErrorState: a string of bits, bit 0 the highest of the first octet.
// 20 -> lowToner; 0100 -> serviceRequested; 0002 -> overduePreventMaint.
// Printers send two octets, one, or none at all (Epson).

export const errorFlags = [
  'lowPaper',
  'noPaper',
  'lowToner',
  'noToner',
  'doorOpen',
  'jammed',
  'offline',
  'serviceRequested',
  'inputTrayMissing',
  'outputTrayMissing',
  'markerSupplyMissing',
  'outputNearFull',
  'outputFull',
  'inputTrayEmpty',
  'overduePreventMaint',
] as const

export function readErrorState(octets: Buffer): { raw: string; flags: string[] } {
  const flags = errorFlags.filter((_, bit) => ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0)
  return { raw: octets.toString('hex'), flags }
}
