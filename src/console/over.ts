import { personWords } from './filed.ts'
import { arrows, framed, mostFrom, roomIn } from './frame.ts'
import type { Box } from './layout.ts'
import { pinRows, resolveRows, whoRows } from './panels/asking.ts'
import { codeRows } from './panels/code.ts'
import { helpRows } from './panels/help.ts'
import { answerRows } from './panels/question.ts'
import { leaveRows } from './panels/words.ts'
import { type Row, widthOf } from './rows.ts'
import type { Look, Scene } from './scene.ts'
import type { Room } from './view.ts'

// What lies over the board: help, a code for a phone, or a question that the keys answer now. At most one.

export interface Over {
  readonly box: Box
  readonly rows: readonly Row[]
}

export function overPanel(scene: Scene): Over | null {
  const { facts, look, chosen } = scene
  const { columns, rows, view } = look
  const inside = insideOf(look)
  const { asking } = view
  if (view.over === 'help') return helpOver(scene)
  if (view.over === 'code' && chosen) {
    const { id, label } = chosen.status.printer
    const box = { left: 0, top: 0, width: columns, height: rows }
    return { box, rows: codeRows({ label, url: look.pageOf(id) }, columns, rows) }
  }
  if (view.over === 'leave') return boxed(scene, 'platen', leaveRows(Math.min(42, inside)))
  if (asking?.what === 'pin') return boxed(scene, 'PIN', pinRows(asking.text, Math.min(44, inside)))
  if (asking?.what === 'who')
    return boxed(scene, 'Who is at the keys?', whoRows(asking, scene, Math.min(50, inside)))
  if (asking?.what !== 'resolve' && asking?.what !== 'question') return null
  const by = personWords(view.actor ?? '?', facts.names)
  const width = Math.min(56, inside)
  return asking.what === 'resolve'
    ? boxed(scene, 'Resolve', resolveRows(asking.id, by, facts, width))
    : boxed(scene, 'What became of it?', answerRows(asking.question, by, width))
}

const insideOf = ({ columns }: Look): number => Math.min(64, Math.max(0, columns - 4))

/** How the arrows lead through what lies over the board; null: nothing there scrolls. */
export function scrollingOver(scene: Scene): Pick<Room, 'page' | 'most'> | null {
  if (scene.look.view.over !== 'help') return null
  const frame = { height: scene.look.rows }
  return {
    page: Math.max(1, roomIn(frame) - 1),
    most: () => mostFrom(wordsOfHelp(scene).length, frame),
  }
}

const wordsOfHelp = ({ look }: Scene): Row[] => helpRows(look.view, look.leaves, insideOf(look))

function helpOver(scene: Scene): Over {
  const words = wordsOfHelp(scene)
  const most = mostFrom(words.length, { height: scene.look.rows })
  const from = Math.min(scene.look.view.top, most)
  return boxed(scene, 'Keys and words', words.slice(from), arrows(from, most))
}

function boxed(
  { look: { columns, rows } }: Scene,
  name: string,
  words: readonly Row[],
  corner = '',
): Over {
  const width = Math.min(columns, Math.max(0, ...words.map(widthOf)) + 2)
  const height = Math.min(rows, words.length + 2)
  const left = Math.max(0, Math.floor((columns - width) / 2))
  const top = Math.max(0, Math.floor((rows - height) / 2))
  const title: Row = [{ text: name, tone: 'strong' }]
  return {
    box: { left, top, width, height },
    rows: framed({ width, height, title, corner, focused: true }, words),
  }
}
