import { brother } from './brother.ts'
import { canon } from './canon.ts'
import { dell } from './dell.ts'
import { readDeviceId } from './device-id.ts'
import { epson } from './epson.ts'
import { fujifilm } from './fujifilm.ts'
import { hp } from './hp.ts'
import { konicaMinolta } from './konica-minolta.ts'
import { kyocera } from './kyocera.ts'
import { lexmark } from './lexmark.ts'
import { oki } from './oki.ts'
import { pantum } from './pantum.ts'
import { ricoh } from './ricoh.ts'
import { samsung } from './samsung.ts'
import { sharp } from './sharp.ts'
import { toshiba } from './toshiba.ts'
import type { Vendor } from './vendor.ts'
import { xerox } from './xerox.ts'
import { zebra } from './zebra.ts'

export const vendors: readonly Vendor[] = [
  ...[brother, canon, dell, epson, fujifilm, hp, konicaMinolta, kyocera, lexmark, oki],
  ...[pantum, ricoh, samsung, sharp, toshiba, xerox, zebra],
]

export interface Clues {
  /** sysObjectID. */
  readonly objectId: string | null
  /** sysDescr. */
  readonly description: string | null
  /** hrDeviceDescr: some answer it and no system group. */
  readonly model?: string | null
  /** hrDeviceID where it is a text and no OID (Pantum): the device ID of IEEE 1284. */
  readonly deviceId?: string | null
  /** The name of the first object under 1.3.6.1.4.1, or what was asked of it. */
  readonly privateOid?: string | null
}

/** The surest clue first: an agent that was bought has another's number, and a person can set a text. */
export function chooseVendor(clues: Clues): Vendor | null {
  const { objectId, description, model = null, deviceId = null, privateOid = null } = clues
  return (
    byEnterprise(objectId) ??
    byDescription(description) ??
    byDescription(model) ??
    byDescription(readDeviceId(deviceId).maker) ??
    byEnterprise(privateOid)
  )
}

const byNumber = new Map(
  vendors.flatMap((vendor) => vendor.enterprises.map((number) => [number, vendor] as const)),
)

/** Some write the OID as text, with a dot before it. */
function byEnterprise(oid: string | null): Vendor | null {
  const [, number] = /^\.?1\.3\.6\.1\.4\.1\.(\d{1,10})(?:\.|$)/.exec(oid ?? '') ?? []
  return byNumber.get(Number(number)) ?? null
}

function byDescription(text: string | null): Vendor | null {
  const start = (text ?? '').slice(0, 100).trimStart()
  return vendors.find(({ describes }) => describes.test(start)) ?? null
}
