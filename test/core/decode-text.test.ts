import { expect, it } from 'vitest'
import { decodeText } from '../../src/core/decode-text.ts'

const bytes = (...codes: number[]) => Uint8Array.from(codes)
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')

it.each([
  ['UTF-8', Buffer.from('Bücherei'), 'utf-8'],
  ['UTF-8 with its mark', Buffer.from('\uFEFFBücherei'), 'utf-8'],
  ['what Excel calls Unicode text', utf16('Bücherei'), 'utf-16le'],
  ['the same the other way round', utf16('Bücherei').swap16(), 'utf-16be'],
])('reads %s', (_, file, encoding) => {
  expect(decodeText(file)).toEqual({ text: 'Bücherei', encoding, isGuess: false })
})

it('takes what is no Unicode for the Windows of western Europe, and says that it is a guess', () => {
  const told = decodeText(bytes(0x42, 0xfc, 0x72, 0x6f, 0x92, 0x73, 0x20, 0x80))
  expect(told).toEqual({ text: 'Büro’s €', encoding: 'windows-1252', isGuess: true })
})

it('reads it as a person says', () => {
  const file = bytes(0xe8, 0x92)
  expect(decodeText(file, 'windows-1250')).toMatchObject({ text: 'č’', isGuess: false })
  expect(decodeText(bytes(0xcf, 0xf0), 'windows-1251').text).toBe('Пр')
})

it.each([
  ['a workbook', bytes(0x50, 0x4b, 3, 4, 0, 0), 'workbook of Excel or LibreOffice'],
  ['an old workbook', bytes(0xd0, 0xcf, 0x11, 0xe0, 0), 'workbook of an old Excel'],
  ['a PDF', Buffer.from('%PDF-1.7'), 'This is a PDF'],
  ['something else', bytes(0x89, 0x42, 0, 1), 'is no text'],
])('says of %s what to send in its place', (_, file, sentence) => {
  expect(() => decodeText(file)).toThrow(sentence)
  expect(() => decodeText(file)).toThrow('CSV UTF-8')
})
