// A figure of the bench is a ratio: against a rival of the same run, or against a limit. What it does
// meanwhile goes to standard error.

/** Counts that a short trial makes smaller: BENCH_PRINTERS, BENCH_ROUNDS, … */
export const counted = (name, usual) => Number(process.env[`BENCH_${name}`] ?? usual)
export const printers = counted('PRINTERS', 1000)

export const say = (text) => process.stdout.write(`${text}\n`)
export const doing = (text) => process.stderr.write(`  … ${text}\n`)

/** `limit`: the ratio that must not be passed; null where a row only tells. */
export function row(words, ratio, limit = null) {
  const isMeasured = Number.isFinite(ratio)
  const told = isMeasured ? ratio.toFixed(digits(ratio)) : 'not measured'
  const verdict = limit === null || !isMeasured ? '' : ratio <= limit ? 'within' : 'OVER'
  const bound = limit === null ? '' : `limit ${limit}`
  say(`  ${words.padEnd(74)} ${told.padStart(7)}  ${bound.padEnd(10)} ${verdict}`.trimEnd())
}

/** What a rival's absence leaves unsaid. */
export const missing = (rival, why) => say(`  without ${rival}: ${why}`)

/** The value that `share` of all are below or at. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
}

export const median = (values) => quantile(values, 0.5)
export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

const digits = (ratio) => (ratio !== 0 && Math.abs(ratio) < 0.095 ? 3 : 2)
