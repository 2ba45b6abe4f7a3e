// The device ID of IEEE 1284, as vendors give it: `MFG:Brother;CMD:PJL,HBP;MDL:HL-2270DW series;CLS:PRINTER;`

/** The values of the short keys; a long key counts as its short one. null stays null. */
export function readDeviceId(text: string | null): DeviceId {
  const found = new Map<string, string>()
  for (const pair of (text ?? '').split(';')) {
    const colon = pair.indexOf(':')
    if (colon < 0) continue
    const key = pair.slice(0, colon).trim().toUpperCase()
    const value = pair.slice(colon + 1).trim()
    if (value !== '' && !found.has(key)) found.set(key, value)
  }
  return {
    maker: found.get('MFG') ?? found.get('MANUFACTURER') ?? null,
    model: found.get('MDL') ?? found.get('MODEL') ?? null,
    description: found.get('DES') ?? found.get('DESCRIPTION') ?? null,
  }
}

export interface DeviceId {
  readonly maker: string | null
  /** Often a family: `HP LaserJet MFP M129-M134`. */
  readonly model: string | null
  readonly description: string | null
}
