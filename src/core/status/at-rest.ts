import type { Reading } from './reading.ts'
import { around, easternAround, easternRest, rest } from './rest-words.ts'
import { oneLine } from './supplies.ts'

// States that are no fault: ready, asleep, warming up, at work. Some printers say down or warning meanwhile,
// some write them into the alert table (HP DesignJet: 'Ready', 'deleted').

/** Whether that is all that a panel or an alert says: 'Sleep mode on' is, 'Ready. Tray 2 empty' is not. */
export function isRestful(text: string): boolean {
  const plain = plainOf(text)
  if (plain === '' || plain.length > longest) return false
  return isEastern.test(plain) ? eastern.has(bare(plain)) : isMadeOfRest(plain.split(' '))
}

export function isAtRest({ alerts, console, status }: Reading): boolean {
  // RFC 2790: a printer that moves on-line is down and warms up.
  if (status?.name === 'warmup') return true
  const asleep = alerts.some(({ codeName }) =>
    ['subunitPowerSaver', 'subunitWarmingUp'].includes(codeName ?? ''),
  )
  return asleep || isRestful(oneLine(console.join(' ')))
}

const longest = 120

/** Small, without accents (a panel of ASCII has 'Pret'), stops and the time of day, one blank between words. */
function plainOf(text: string): string {
  return text
    .slice(0, 2 * longest)
    .replaceAll(/(\p{L})-\s+(?=\p{Ll})/gu, '$1')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/\b\d{1,2}:\d{2}\b/g, ' ')
    .replaceAll(/[\s\p{Cc}.…!,;:'’"()[\]*。、！・]+/gu, ' ')
    .trim()
}

const isEastern = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

const restWords = new Set(rest.map(plainOf))
const silentWords = new Set(around.map(plainOf))
const silentSigns = new RegExp(easternAround.map(plainOf).join('|'), 'g')
const bare = (plain: string): string => plain.replaceAll(' ', '').replaceAll(silentSigns, '')
const eastern = new Set(easternRest.map((phrase) => bare(plainOf(phrase))))
const mostWords = 4

function isMadeOfRest(words: readonly string[]): boolean {
  let found = false
  for (let at = 0; at < words.length; ) {
    const length = restAt(words, at)
    if (length > 0) found = true
    else if (!silentWords.has(words[at] ?? '')) return false
    at += Math.max(1, length)
  }
  return found
}

/** How many words from there on are one of the phrases; the longest counts. */
function restAt(words: readonly string[], at: number): number {
  for (let length = mostWords; length > 0; length--)
    if (at + length <= words.length && restWords.has(words.slice(at, at + length).join(' ')))
      return length
  return 0
}
