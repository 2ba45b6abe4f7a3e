import { execFileSync } from 'node:child_process'
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { aMachine } from '../parts/process.ts'

// An administrator with sudo, and the data of the service's account.

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

test('root puts back what root laid away, and every file is the account’s', async () => {
  const machine = await aMachine()
  ends.push(machine.end)
  const data = join(machine.base, 'data')
  const csv = join(machine.base, 'printers.csv')
  writeFileSync(csv, 'label,ipAddress\nLIB-1,127.0.0.1:9\n')
  await machine.platen(['import', csv, '--as', 'printers'])
  execFileSync('chown', ['-R', 'nobody', data])
  // The account comes to its data, and to nothing else here.
  chmodSync(machine.base, 0o711)
  const exported = await machine.platen(['export', 'printers'])

  const file = join(machine.base, 'mine.tar.gz')
  expect(await machine.platen(['backup', '--out', file])).toMatchObject({ code: 0, err: '' })
  expect(statSync(file)).toMatchObject({ uid: 0, mode: 0o100600 })
  expect(await machine.platen(['restore', file, '--dry-run'])).toMatchObject({ code: 0 })
  expect(await machine.platen(['restore', file])).toMatchObject({ code: 0, err: '' })
  const owner = statSync(data).uid
  const names = readdirSync(data, { recursive: true, encoding: 'utf8' })
  expect(names.filter((name) => statSync(join(data, name)).uid !== owner)).toEqual([])
  expect(await machine.platen(['export', 'printers'])).toEqual(exported)
})
