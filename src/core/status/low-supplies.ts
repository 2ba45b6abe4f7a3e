import type { ReasonWord, Status, Watched } from './status.ts'
import { supplyNames } from './supplies.ts'

// Which supplies a person should bring along: what the verdicts say of them, supply by supply.

export interface LowSupply {
  readonly printer: Status['printer']
  /** As the office has it, else as the printer says. */
  readonly model: string | null
  readonly word: ReasonWord
  readonly weight: 'error' | 'warning'
  /** 'Black toner at 8 %'. */
  readonly sentence: string
  /** null: the printer's sentence names no supply that it tells of. */
  readonly colour: string | null
  readonly kind: string | null
}

const ofSupplies: ReadonlySet<ReasonWord> = new Set(['low', 'empty', 'waste', 'parts'])

/** In the order of the printers; of each one the worst first. */
export function lowSupplies(printers: readonly Watched[]): LowSupply[] {
  return printers.flatMap(({ status, reasons }) => {
    const low = reasons.filter(({ word }) => ofSupplies.has(word))
    if (low.length === 0) return []
    const names = supplyNames(status.supplies)
    return low.map(({ word, weight, sentence }) => {
      const supply = status.supplies[names.findIndex((name) => sentence.startsWith(`${name} `))]
      const { colour = null, kind = null } = supply ?? {}
      const model = status.printer.model ?? status.device.model
      return { printer: status.printer, model, word, weight, sentence, colour, kind }
    })
  })
}

/** A warning of supplies alone: nobody has to go there today. */
export const hasOnlyLowSupplies = ({ status, reasons }: Watched): boolean =>
  status.verdict === 'warning' && reasons.every(({ word }) => ofSupplies.has(word))

export const hasLowSupplies = ({ reasons }: Watched): boolean =>
  reasons.some(({ word }) => ofSupplies.has(word))
