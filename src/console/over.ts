import type { Drawn } from './board.ts'
import { framed } from './frame.ts'
import { resolveRows, whoRows } from './panels/asking.ts'
import { answerRows } from './panels/question.ts'
import { helpRows, leaveRows } from './panels/words.ts'
import { type Row, widthOf } from './rows.ts'
import type { Scene } from './scene.ts'

/** What lies over the board: help, or a question that the keys answer now. At most one. */
export function overPanel(scene: Scene): Drawn[] {
  const { columns, rows, view, leaves } = scene.look
  const inside = Math.min(64, Math.max(0, columns - 4))
  const { asking } = view
  if (view.over === 'help') return [boxed('Keys and words', helpRows(leaves, inside))]
  if (view.over === 'leave') return [boxed('platen', leaveRows(Math.min(42, inside)))]
  if (asking?.what === 'who')
    return [boxed('Who is at the keys?', whoRows(asking, scene, Math.min(50, inside)))]
  if (asking?.what === 'resolve')
    return [boxed('Resolve', resolveRows(asking.id, scene, Math.min(56, inside)))]
  if (asking?.what === 'question')
    return [
      boxed(
        'What became of it?',
        answerRows(asking.question, view.actor ?? '?', Math.min(56, inside)),
      ),
    ]
  return []

  function boxed(name: string, words: readonly Row[]): Drawn {
    const width = Math.min(columns, Math.max(0, ...words.map(widthOf)) + 2)
    const height = Math.min(rows, words.length + 2)
    const left = Math.max(0, Math.floor((columns - width) / 2))
    const top = Math.max(0, Math.floor((rows - height) / 2))
    const title: Row = [{ text: name, tone: 'strong' }]
    const drawn = framed({ width, height, title, focused: true }, words)
    return { name: 'over', box: { left, top, width, height }, rows: drawn }
  }
}
