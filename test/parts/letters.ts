import type { TicketFacts, TicketLetter } from '../../src/core/outbox/letter.ts'

/** What a letter tells of a jam in the library. */
export function ticketFacts(words: Partial<TicketFacts> = {}): TicketFacts {
  return {
    ticket: 't-1',
    receipt: 'R1',
    title: 'Paper jam',
    printer: 'LIB-1',
    place: 'Library Room 12',
    words: 'It ate my thesis.',
    requester: 'Sam, sam@school.test',
    printerSaid: 'Paper jam',
    openedAt: '2026-03-02T08:00:00.000Z',
    clockTrusted: true,
    by: '',
    ...words,
  }
}

/** A letter that waits, as it was posted. */
export function aLetter(words: Partial<TicketLetter> = {}): TicketLetter {
  const postedAt = words.postedAt ?? '2026-03-02T08:00:00.000Z'
  return {
    id: 'l-1',
    kind: 'ticket-opened',
    to: { group: 'g-1' },
    facts: ticketFacts(),
    postedAt,
    state: 'waiting',
    tries: 0,
    dueAt: postedAt,
    trouble: null,
    reached: [],
    endedAt: null,
    handedAt: null,
    maybeTwice: false,
    ...words,
  }
}
