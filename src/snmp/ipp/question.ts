// Get-Printer-Attributes on the wire (RFC 8010, section 3; RFC 8011, 4.2.5).

export type IppVersion = '1.1' | '2.0'

const operationId = 0x000b
const [operationGroup, endOfAttributes] = [0x01, 0x03]
const [keyword, uri, charset, naturalLanguage] = [0x44, 0x45, 0x47, 0x48]

/** The first three attributes in this order (RFC 8011, 4.1.4.1). */
export function writeQuestion(
  printerUri: string,
  wanted: readonly string[],
  version: IppVersion,
): Buffer {
  const head = Buffer.alloc(8)
  head.set(version.split('.').map(Number))
  head.writeUInt16BE(operationId, 2)
  head.writeUInt32BE(1, 4)
  return Buffer.concat([
    head,
    Buffer.from([operationGroup]),
    attribute(charset, 'attributes-charset', 'utf-8'),
    attribute(naturalLanguage, 'attributes-natural-language', 'en'),
    attribute(uri, 'printer-uri', printerUri),
    ...wanted.map((name, at) => attribute(keyword, at === 0 ? 'requested-attributes' : '', name)),
    Buffer.from([endOfAttributes]),
  ])
}

function attribute(tag: number, name: string, value: string): Buffer {
  return Buffer.concat([Buffer.from([tag]), counted(name), counted(value)])
}

function counted(text: string): Buffer {
  const octets = Buffer.from(text)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(octets.length)
  return Buffer.concat([length, octets])
}
