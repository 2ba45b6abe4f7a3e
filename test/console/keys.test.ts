import { describe, expect, test } from 'vitest'
import { keyLines } from '../../src/console/keys.ts'
import { viewNames } from '../../src/console/view.ts'
import { someFacts, someFleet } from './fleet.ts'
import { openConsole } from './terminal.ts'

describe('the table of keys', () => {
  test.each(viewNames)('says of no key two things in the view %s', (name) => {
    const here = keyLines.filter(({ views }) => views?.includes(name) ?? true)
    const keys = here.flatMap((line) => line.keys)
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
  })

  test.each(viewNames)('is the help page of the view %s, whole', async (name) => {
    const console = openConsole({ rows: 67 })
    await console.press(String(viewNames.indexOf(name) + 1), '?')
    const text = await console.text()
    expect(text).toContain(`In view ${viewNames.indexOf(name) + 1}, ${name}`)
    for (const { keys, says, views } of keyLines)
      if (says !== '' && !keys.includes('q'))
        expect([says, text.includes(` ${says} `)]).toEqual([says, views?.includes(name) ?? true])
    expect(text).toContain('stop platen and leave; asks first')
  })

  test('does something with every key that it has, in every view, and nothing breaks', async () => {
    const console = openConsole({ leaves: 'never' })
    for (const [at] of viewNames.entries())
      for (const { keys } of keyLines) {
        await console.press(String(at + 1), keys.find((key) => key.length === 1) ?? 'enter', 'esc')
        await console.press('esc')
      }
    expect(console.seen.logged).toEqual([])
    expect(await console.text()).toContain('? help')
  }, 120_000)

  test('is read on where it is longer than the screen, and goes with any other key', async () => {
    const console = openConsole()
    await console.press('?')
    expect(await console.text()).not.toContain('SILENT: no answer')
    await console.press('G')
    expect(await console.text()).toContain('SILENT: no answer')
    await console.press('x')
    expect(await console.text()).toContain('Needs somebody')
  })
})

describe('the student worker goes through the views', () => {
  test('from printer to printer without the list', async () => {
    const console = openConsole()
    const label = async () => (await console.row('╒═')).match(/╒═ (\S+)/)?.[1]
    await console.press('2')
    expect(await label()).toBe('LIB-2F-1')
    await console.press('J', 'J')
    expect(await label()).toBe('GYM-1')
    await console.press('K')
    expect(await label()).toBe('DRP-204')
    await console.press('esc')
    expect(await console.row('▶')).toContain('DRP-204')
  })

  test('a step further into the details does not lose the place in the list', async () => {
    const console = openConsole()
    await console.press('j', 'enter', 'down', 'tab', 'tab', '1')
    expect(await console.row('▶')).toContain('DRP-204')
  })

  test('begins to filter from a printer, and is in the list again', async () => {
    const console = openConsole()
    await console.press('2', '/', ...'gym', 'enter')
    expect(await console.row('▶')).toContain('GYM-1')
    await console.press('2')
    expect(await console.row('╒═')).toContain('GYM-1')
  })

  test('a view of a fleet without printers says so', async () => {
    const facts = () => someFacts({ printers: [], activity: [] })
    const console = openConsole({ facts })
    for (const [at] of viewNames.entries()) await console.press(String(at + 1), 'enter', 'j', 'G')
    expect(console.seen.logged).toEqual([])
    await console.press('2')
    expect(await console.text()).toContain('No printer')
  })
})

describe('a layout of another size', () => {
  test('is chosen with L, of those that fit, and says which it is', async () => {
    const console = openConsole({ columns: 240, rows: 67 })
    const widths = async () => (await console.text()).split('\n')[1]?.split(/[╕┐]/)[0]?.length
    const own = await widths()
    await console.press('L')
    expect(await console.text()).toContain('Laid out as on 80x24.')
    expect(await widths()).toBe(239)
    await console.press('L', 'L')
    expect(await console.text()).toContain('Laid out as on 128x37.')
    await console.press('L', 'L')
    expect(await console.text()).toContain('Laid out by the size of the screen.')
    expect(await widths()).toBe(own)
  })

  test('that does not fit is never offered, and one of the settings waits until it does', async () => {
    const console = openConsole({ columns: 100, rows: 30, wishes: { layout: '128x37' } })
    const details = async () => (await console.text()).includes('by SNMP v2c')
    expect(await details()).toBe(false)
    await console.resize(240, 67)
    expect(await details()).toBe(true)
    await console.resize(100, 30)
    await console.press('L')
    expect(await console.text()).toContain('Laid out by the size of the screen.')
  })

  test('of the settings is there from the beginning, also on a larger screen', async () => {
    const printers = someFleet(60)
    const facts = () => someFacts({ printers })
    const console = openConsole({ columns: 240, rows: 67, facts, wishes: { layout: '80x24' } })
    expect(await console.text()).not.toContain('by SNMP v2c')
  })
})
