import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { lookAt } from '../../src/disk/look.ts'
import { until } from '../boot.ts'
import { openBrowser } from '../parts/browser.ts'
import { quiet } from '../parts/log.ts'
import { aMachine, program } from '../parts/process.ts'
import { startSmtp } from '../parts/smtp.ts'
import { startShell } from '../parts/tmux.ts'

// One trouble through the whole house: the phone before the printer, the letter to the one who repairs
// it, the board in the print room, the receipt.

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** Not while the test runs. */
const summaryHour = (new Date().getUTCHours() + 12) % 24

test.each([true, false])(
  'a jam is reported, told, taken, mended and seen to be; script: %s',
  async (script) => {
    const smtp = await startSmtp()
    ends.push(smtp.stop)
    const machine = await aMachine({
      ...{ EMAIL_HOST: '127.0.0.1', EMAIL_PORT: String(smtp.port), EMAIL_USE_TLS: 'false' },
      // The day's summary would be one more.
      ...{ SNMP_TIMEOUT: '0.3', PLATEN_TIME_ZONE: 'UTC' },
      PLATEN_SUMMARY_TIME: `${summaryHour}:00`.padStart(5, '0'),
    })
    ends.push(machine.end)
    const site = `http://127.0.0.1:${machine.port}`
    const csv = join(machine.base, 'printers.csv')
    writeFileSync(csv, 'label,ipAddress,building,group\nLIB-1,127.0.0.1:9,Library,Library\n')
    await machine.platen(['import', csv, '--as', 'printers'])
    const ada = ['people', 'add', 'ada', '--role', 'manager', '--group', 'Library']
    await machine.platen([...ada, '--email', 'ada@print.school.edu'], 'correct horse battery\n')
    const state = await lookAt(machine.settings.PLATEN_DATA_DIR, quiet)
    const [printer] = Object.values(state?.printers ?? {})

    const env = { ...machine.settings, PATH: process.env.PATH ?? '' }
    const shell = await startShell({ term: 'linux', columns: 100, rows: 30, env })
    ends.push(shell.end)
    shell.type(`node ${program} serve`)
    await shell.until('LIB-1')

    const phone = await openBrowser({ script, width: 320 })
    ends.push(phone.close)
    await phone.page.goto(`${site}/p/${printer?.token}`)
    await phone.page.getByLabel('Paper jam').check()
    await phone.page.getByLabel('In your words').fill('It eats every second page')
    await phone.page.getByRole('button', { name: 'Send' }).click()
    await phone.page.waitForURL('**/t/*')
    await shell.until('tickets 1')
    await until(() => smtp.letters.length === 1)
    const [letter] = smtp.letters
    expect(letter?.to).toEqual(['ada@print.school.edu'])
    expect(`${letter?.mail.subject} ${letter?.mail.text}`).toMatch(
      /LIB-1[\s\S]*It eats every second page/,
    )

    shell.press('3')
    await shell.until('It eats every second page')
    shell.press('a')
    await shell.until('ada')
    shell.type('Grace')
    await shell.until('taken by G.')
    await phone.page.reload()
    await phone.page.getByText('Grace is working on it').waitFor()
    shell.press('d')
    await shell.until('y  yes')
    shell.press('y')
    await shell.until('resolved by G.')
    await phone.page.reload()
    expect(await phone.page.getByRole('main').textContent()).toMatch(/Done/i)
    expect(phone.troubles).toEqual([])
    expect(smtp.letters).toHaveLength(1)
  },
)
