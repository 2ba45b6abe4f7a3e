import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { lookAt } from '../../src/disk/look.ts'
import { aSite } from '../boot.ts'
import { quiet } from '../parts/log.ts'

// A card dies. What was kept comes back from the file that lay elsewhere, and somebody who reported
// something is forgotten.

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

test('the card dies, and what the backup holds comes back as it was', async () => {
  const at = await aSite()
  ends.push(at.end)
  const csv = join(at.base, 'printers.csv')
  await writeFile(csv, 'label,ipAddress,community\nLIB-1,127.0.0.1:9,hush-hush\n')
  await at.platen('import', [csv, '--as', 'printers'])
  await at.platen('people', ['add', 'mia', '--role', 'administrator'], 'mia rides a horse\n')
  const platen = await at.start()
  const post = await reporter(at.folder, platen.port)
  const receipt = await post('jam')

  const file = join(at.base, 'elsewhere.tar.gz')
  expect(await at.platen('backup', ['--out', file])).toMatchObject({
    ...{ code: 0, err: '' },
    out: expect.stringMatching(
      /^\/.*elsewhere\.tar\.gz\n.* 1 printer in 0 groups, 1 account, 1 ticket, 1 letter, /,
    ),
  })
  const exported = await at.platen('export', ['printers'])
  const late = await post('panel')
  expect(await at.platen('restore', [file])).toMatchObject({
    ...{ code: 1, err: expect.stringMatching(/already in use by process .*kill \d+/) },
  })
  await platen.stop()

  await rm(at.folder, { recursive: true })
  const would = await at.platen('restore', [file, '--dry-run'])
  expect(would).toMatchObject({ code: 0, out: expect.stringContaining('Nothing was changed.') })
  const restored = await at.platen('restore', [file])
  expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('Start platen again.') })
  expect(await at.platen('export', ['printers'])).toEqual(exported)

  const again = await at.start()
  expect((await again.get(receipt)).status).toBe(200)
  expect((await again.get(late)).status).toBe(404)
  expect(await journal(at)).toMatch(/^\d+ entries, each bound to the one before\. /)

  const erased = await at.platen('people', ['erase', 'SAM@school.example'])
  expect(erased).toMatchObject({
    ...{ code: 0, out: 'Erased: 1 in tickets, 1 letters, 1 in the journal.\n' },
  })
  expect(await journal(at)).toMatch(/of 1 the person was erased/)
  for (const name of ['platen.json', 'platen.json.1', 'platen.log', 'platen.log.1'])
    expect(await readFile(join(at.folder, name), 'utf8'), name).not.toContain('sam@school')
  expect(await at.platen('people', ['erase', 'sam@school.example'])).toMatchObject({ code: 1 })
}, 60_000)

/** Reports a trouble with the one printer there is; resolves with the path of its receipt. */
async function reporter(folder: string, port: number): Promise<(fault: string) => Promise<string>> {
  const state = await lookAt(folder, quiet)
  const [printer] = Object.values(state?.printers ?? {})
  return async (fault) => {
    const answer = await fetch(`http://127.0.0.1:${port}/p/${printer?.token}`, {
      ...{ method: 'POST', redirect: 'manual' },
      body: new URLSearchParams({ matter: `issue-${fault}`, email: 'sam@school.example' }),
    })
    expect(answer.status).toBe(303)
    return answer.headers.get('location') ?? ''
  }
}

/** What `platen check` says of the journal. */
async function journal(at: Awaited<ReturnType<typeof aSite>>): Promise<string> {
  const { out } = await at.platen('check', ['--json'])
  const { lines } = JSON.parse(out) as { lines: { name: string; sentence: string }[] }
  return lines.find(({ name }) => name === 'journal')?.sentence ?? ''
}
