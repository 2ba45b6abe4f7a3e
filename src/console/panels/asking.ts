import type { Asking, Deed, Intent } from '../acting.ts'
import { nameFor } from '../carried-out.ts'
import type { Facts } from '../facts.ts'
import { isPerson, personWords } from '../filed.ts'
import { toGlyphs } from '../glyphs.ts'
import { lineCells, typedWords } from '../line.ts'
import { cell, cut, padTo, type Row, verbatim, wrap } from '../rows.ts'
import type { Scene } from '../scene.ts'

const mostNames = 8
/** Of the question, without its names. */
const otherRows = 9

/** A name is typed, or chosen from those who work here: whole, for one has to find oneself, and no address. */
export function whoRows(
  { text, picked, next }: Extract<Asking, { what: 'who' }>,
  { names, facts, look }: Pick<Scene, 'names' | 'facts' | 'look'>,
  width: number,
): Row[] {
  const room = Math.max(1, Math.min(mostNames, look.rows - otherRows))
  const at = picked === null ? 0 : names.indexOf(picked)
  const from = Math.max(0, Math.min(at - room + 1, names.length - room))
  const listed = names.slice(from, from + room).map((name): Row => {
    const chosen = name === picked
    return [
      { text: chosen ? ' ▶ ' : '   ', tone: 'strong' },
      { ...cell(personWords(name, 'full'), width - 4), chosen },
    ]
  })
  const more = names.length > room ? [verbatim(`  ${names.length} names`, width)] : []
  const taken = isPerson(typedWords(text)) ? 'Enter takes it' : 'That is no person: your own name'
  return [
    ...purposeRows(next, facts, width),
    padTo([{ text: ' Name: ' }, ...lineCells(text, width - 8)], width),
    [],
    ...listed,
    ...more,
    ...(names.length > 0 ? [[]] : []),
    verbatim(next || text !== '' ? taken : 'Enter takes it, nothing: nobody', width),
    verbatim(names.length > 0 ? '↑↓ choose   Esc as it was' : 'Esc as it was', width),
  ]
}

const purposes: Readonly<Record<Deed['act'], string>> = {
  ...{ take: 'To take', note: 'To note on', resolve: 'To resolve', reopen: 'To open again' },
  ...{ 'give back': 'To give back', answer: 'To answer about' },
}

/** What waits for the name: 'To take LIB-2F-1 Paper jam'. */
function purposeRows(next: Intent | null, facts: Facts, width: number): Row[] {
  const about = next && aboutOf(next)
  if (!about) return []
  const words = `${purposes[about.act]} ${nameFor(about, facts) ?? 'what is gone'}`
  return [[{ text: ' ' }, cell(words, width - 1, 'strong')]]
}

function aboutOf(next: Intent): Pick<Deed, 'act' | 'id'> | null {
  if (next.act === 'answer') return { act: next.act, id: next.question.id }
  if (next.act === 'undo') return next.undo
  return 'id' in next ? next : null
}

/** Typed by somebody whom students may watch: a star a digit. */
export function pinRows(text: string, width: number): Row[] {
  return [
    padTo([{ text: ' PIN: ' }, ...lineCells('*'.repeat(text.length), width - 7)], width),
    [],
    verbatim('Asked before anything is changed here', width),
    verbatim('Enter goes on   Esc as it was', width),
  ]
}

export function resolveRows(id: string, by: string, facts: Facts, width: number): Row[] {
  const name = nameFor({ act: 'resolve', id }, facts) ?? 'The ticket'
  return [
    ...wrap(name, width - 2, 2).map((line) => [{ text: ' ' }, cell(line, width - 1, 'strong')]),
    verbatim(`Resolved by ${cut(toGlyphs(by), width - 35)}?   y  yes   n  no`, width),
  ]
}
