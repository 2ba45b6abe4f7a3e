import type { Asking } from '../acting.ts'
import { nameOf, personWords } from '../filed.ts'
import { toGlyphs } from '../glyphs.ts'
import { lineCells } from '../line.ts'
import { cell, cut, padTo, type Row, wrap } from '../rows.ts'
import type { Scene } from '../scene.ts'

const mostNames = 8

/** A name is typed, or chosen from those who work here. */
export function whoRows(
  { text, picked, next }: Extract<Asking, { what: 'who' }>,
  { names }: Pick<Scene, 'names'>,
  width: number,
): Row[] {
  const at = picked === null ? 0 : names.indexOf(picked)
  const from = Math.max(0, Math.min(at - mostNames + 1, names.length - mostNames))
  const listed = names.slice(from, from + mostNames).map((name): Row => {
    const chosen = name === picked
    return [
      { text: chosen ? ' ▶ ' : '   ', tone: 'strong' },
      { ...cell(name, width - 4), chosen },
    ]
  })
  const more = names.length > mostNames ? [hint(`  ${names.length} names`, width)] : []
  return [
    padTo([{ text: ' Name: ' }, ...lineCells(text, width - 8)], width),
    [],
    ...listed,
    ...more,
    ...(names.length > 0 ? [[]] : []),
    hint(next ? 'Enter takes it' : 'Enter takes it, nothing: nobody', width),
    hint(names.length > 0 ? '↑↓ choose   Esc as it was' : 'Esc as it was', width),
  ]
}

/** Typed by somebody whom students may watch: a star a digit. */
export function pinRows(text: string, width: number): Row[] {
  return [
    padTo([{ text: ' PIN: ' }, ...lineCells('*'.repeat(text.length), width - 7)], width),
    [],
    hint('Asked before anything is changed here', width),
    hint('Enter goes on   Esc as it was', width),
  ]
}

export function resolveRows(id: string, { facts, look }: Scene, width: number): Row[] {
  const filed = facts.tickets.find(({ ticket }) => ticket.id === id)
  const name = filed ? nameOf(filed) : 'The ticket'
  const by = personWords(look.view.actor ?? '?', facts.names)
  return [
    ...wrap(name, width - 2, 2).map((line) => [{ text: ' ' }, cell(line, width - 1, 'strong')]),
    hint(`Resolved by ${cut(toGlyphs(by), width - 35)}?   y  yes   n  no`, width),
  ]
}

/** Words of ours that are set in columns: their blanks stay as they are. */
const hint = (words: string, width: number): Row => padTo([{ text: ` ${words}` }], width)
