import { expect, test } from 'vitest'
import { lookedFor } from '../../src/core/looked-for.ts'

const places = ['Bücherei 2F', 'Gym', 'Café José, Room 12', 'Oﬃce of the ORÉE', 'Straße 9']
const found = (sought: string) => places.filter(lookedFor(sought, (place) => place))

test.each([
  ['bucherei', ['Bücherei 2F']],
  ['BÜCHEREI', ['Bücherei 2F']],
  ['cafe\u0301', ['Café José, Room 12']],
  ['office', ['Oﬃce of the ORÉE']],
  ['straße', ['Straße 9']],
])('%s is found, whatever its accents and its case', (sought, expected) => {
  expect(found(sought)).toEqual(expected)
})

test('every word has to stand there, in any order, each anywhere', () => {
  expect(found('12 jose')).toEqual(['Café José, Room 12'])
  expect(found(' oo\u00a0 12\t')).toEqual(['Café José, Room 12'])
  expect(found('jose gym')).toEqual([])
})

test.each(['', '  '])('where no word was typed (“%s”) all are found', (sought) => {
  expect(found(sought)).toEqual(places)
})
