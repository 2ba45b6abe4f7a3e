import type { Ticket } from '../core/tickets/ticket.ts'
import { begin, type TicketAct } from './acting.ts'
import { back, beside, besidePrinter, lists, moved, nearer, ticketsOf, viewed } from './moves.ts'
import { steps } from './steps.ts'
import {
  type Key,
  opened,
  type Pressed,
  type Room,
  type View,
  type ViewName,
  viewNames,
} from './view.ts'

// Every key once: what it is for, where, and what it does. The line at the foot and the help page are made
// from this table.

export interface KeyLine {
  /** The characters that it makes, or blessed's names of keys that make none. */
  readonly keys: readonly string[]
  /** As the help page shows them; the first of them where missing. */
  readonly shown?: string
  readonly says: string
  /** Where it means something; everywhere where missing. */
  readonly views?: readonly ViewName[]
  /** For the line at the foot: key and word; null while it has nothing to do there. */
  readonly foot?: (view: View, room: Room) => readonly [key: string, word: string] | null
  readonly does: (view: View, room: Room, key: Key) => Pressed
}

export const keyLines: readonly KeyLine[] = [
  {
    keys: Object.keys(steps),
    shown: '↑↓ jk g G',
    says: 'up, down, PgUp, PgDn; to the first, to the last',
    foot: (view) => ['↑↓', lists.includes(view.open) && !view.inside ? 'move' : 'scroll'],
    does(view, room, key) {
      const step = steps[typedBy(key)]
      return { view: step ? moved(view, step, room) : view }
    },
  },
  {
    keys: ['enter', 'linefeed', 'right', 'l'],
    shown: 'Enter →',
    says: 'all that is known of it',
    views: lists,
    foot: (view, room) => {
      const id = view.open === 'tickets' ? room.ticket : room.printer
      return id === null || view.inside ? null : ['Enter', 'details']
    },
    does: (view, room) => ({ view: nearer(view, room) }),
  },
  {
    keys: ['escape', 'left', 'h'],
    shown: 'Esc ←',
    says: 'back; of the filter: all again',
    foot: (view) => (view.open === 'printer' || view.inside ? ['Esc', 'back'] : null),
    does: (view) => ({ view: back(view) }),
  },
  {
    keys: ['/'],
    says: 'filter by label, place, model or reason',
    views: ['fleet', 'printer', 'supplies'],
    foot: (view) => (view.open === 'printer' ? null : ['/', 'filter']),
    does: (view) => ({
      view: { ...(view.open === 'printer' ? opened(view, 'fleet') : view), typing: true },
    }),
  },
  {
    keys: ['a'],
    says: 'answer what platen asks about the printer',
    views: ['fleet', 'printer'],
    foot: (_, { question }) => (question ? ['a', 'answer'] : null),
    does: (view, room) =>
      room.question ? begin(view, { act: 'answer', question: room.question }, room) : { view },
  },
  ofTicket('n', 'note on the ticket', 'note', 'note', ['open', 'taken', 'resolved']),
  ofTicket('a', 'take the ticket', 'take', 'take', ['open']),
  ofTicket('d', 'done with the ticket', 'done', 'resolve', ['open', 'taken']),
  ofTicket('u', 'open the ticket again', 'reopen', 'reopen', ['resolved']),
  {
    keys: ['z'],
    says: 'undo what was done here last; a note stays',
    foot: ({ undo }) => (undo === null ? null : ['z', 'undo']),
    does: (view, room) =>
      view.undo === null
        ? { view, wish: 'nothing-to-undo' }
        : begin(view, { act: 'undo', undo: view.undo }, room),
  },
  {
    keys: viewNames.map((_, at) => String(at + 1)),
    shown: `1-${viewNames.length}`,
    says: viewNames.join(', '),
    foot: () => [`1-${viewNames.length}`, 'views'],
    does: (view, room, key) => ({ view: viewed(view, viewNames[Number(key.text) - 1], room) }),
  },
  {
    keys: ['r'],
    says: 'ask the chosen printer now',
    views: ['fleet', 'printer', 'tickets', 'supplies'],
    foot: ({ open }, { printer }) =>
      printer === null || open === 'tickets' ? null : ['r', 'ask now'],
    does: (view) => ({ view, wish: 'poll' }),
  },
  {
    keys: ['t'],
    says: 'its tickets',
    views: ['fleet', 'printer', 'supplies', 'activity', 'box'],
    does: (view, room) => ({ view: ticketsOf(view, room) }),
  },
  {
    keys: ['J', ']'],
    shown: 'J ]',
    says: 'the next printer',
    views: ['printer'],
    foot: (_, { printers }) => (printers.length > 1 ? ['J K', 'next'] : null),
    does: (view, room) => ({ view: besidePrinter(view, 'down', room) }),
  },
  {
    keys: ['K', '['],
    shown: 'K [',
    says: 'the printer before',
    views: ['printer'],
    does: (view, room) => ({ view: besidePrinter(view, 'up', room) }),
  },
  {
    keys: ['c'],
    says: 'its QR code, for a phone',
    views: ['fleet', 'printer'],
    foot: ({ open }, { printer }) =>
      open === 'printer' && printer !== null ? ['c', 'code'] : null,
    does: (view, { printer }) => ({
      // Who holds a phone before it is not handed another one.
      view: printer === null ? view : { ...view, chosen: printer, over: 'code' },
    }),
  },
  {
    keys: ['b'],
    says: 'by building, or by need',
    views: ['fleet'],
    foot: ({ groupBy }) => ['b', groupBy === 'need' ? 'buildings' : 'by need'],
    does: (view) => ({
      view: { ...view, groupBy: view.groupBy === 'need' ? 'building' : 'need' },
    }),
  },
  {
    keys: ['?'],
    says: 'this page',
    foot: () => ['?', 'help'],
    does: (view) => ({ view: { ...view, over: 'help', top: 0 } }),
  },
  {
    keys: ['tab'],
    shown: 'Tab',
    says: 'the next view; Shift-Tab: the last',
    does: (view, room) => ({ view: viewed(view, beside(view, 1), room) }),
  },
  {
    keys: ['S-tab'],
    shown: 'Shift-Tab',
    says: '',
    does: (view, room) => ({ view: viewed(view, beside(view, -1), room) }),
  },
  {
    keys: ['w'],
    says: 'who is at the keys; forgotten 10 min later',
    foot: ({ actor, open }) => (actor === null && open === 'tickets' ? ['w', 'who'] : null),
    does: (view, room) => begin(view, { act: 'name' }, room),
  },
  {
    keys: ['0'],
    says: 'the wall: big, for afar; any key leaves it',
    does: (view) => ({ view: { ...view, wall: true } }),
  },
  {
    keys: ['L'],
    says: 'another layout',
    does: (view, { layouts }) => ({
      view: {
        ...view,
        layout: layouts[(layouts.indexOf(view.layout) + 1) % layouts.length] ?? 'auto',
      },
      wish: 'layout',
    }),
  },
  {
    keys: ['C-l'],
    shown: 'Ctrl-L',
    says: 'draw the screen anew',
    does: (view) => ({ view, wish: 'repaint' }),
  },
  {
    keys: ['q', 'C-c'],
    says: 'leave',
    foot: (_, { leaves }) =>
      leaves === 'never' ? null : ['q', leaves === 'asks' ? 'stop' : 'leave'],
    does: askLeave,
  },
]

/** A key of the list of tickets, offered while the ticket is in one of those states. */
function ofTicket(
  key: string,
  says: string,
  word: string,
  act: TicketAct,
  states: readonly Ticket['state'][],
): KeyLine {
  return {
    ...{ keys: [key], says, views: ['tickets'] },
    foot: (_, { ticketState }) =>
      ticketState !== null && states.includes(ticketState) ? [key, word] : null,
    does: (view, room) =>
      room.ticket === null ? { view } : begin(view, { act, id: room.ticket }, room),
  }
}

/** What a key types, or the name of one that types nothing. */
export const typedBy = ({ name, text }: Key): string =>
  text !== '' && !/\p{Cc}/u.test(text) ? text : name

/** The line of the table that a key is for; undefined: none. */
export function lineOf({ open }: View, key: Key): KeyLine | undefined {
  const typed = typedBy(key)
  return keyLines.find(({ keys, views }) => keys.includes(typed) && (views?.includes(open) ?? true))
}

function askLeave(view: View, { leaves }: Room): Pressed {
  if (leaves === 'at-once') return { view, wish: 'leave' }
  if (leaves === 'never') return { view: { ...view, over: null }, wish: 'told-never' }
  return { view: { ...view, over: 'leave', typing: false } }
}
