import { afterEach, expect, test } from 'vitest'
import type { Act } from '../../src/core/act.ts'
import type { Made } from '../../src/core/backup/made.ts'
import { note } from '../../src/core/journal/journal.ts'
import { roles } from '../../src/core/people/rights.ts'
import { Refusal } from '../../src/core/refusal.ts'
import type { WebParts } from '../../src/web/server.ts'
import { aBox } from '../parts/box.ts'
import { aLetter } from '../parts/letters.ts'
import { aGroup, aPrinter } from '../parts/records.ts'
import { aVisitor, type Visitor } from '../parts/visitor.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
afterEach(() => web.stop())

async function ada(parts: Partial<WebParts> = {}): Promise<Visitor> {
  web = await startWeb({ box: () => aBox(), ...parts })
  await web.person('ada', 'administrator')
  const visitor = aVisitor(web)
  await visitor.signIn('ada')
  return visitor
}

/** Looks at the system of all printers and changes nothing; and one who changes it for some groups. */
async function others() {
  const look = { ...roles.reader.rights, system: 'look' } as const
  const some = {
    rights: { ...roles.administrator.rights, people: 'none' },
    reach: 'groups',
  } as const
  for (const [name, words] of [
    ['eva', { rights: look }],
    ['gus', some],
  ] as const) {
    const person = await web.person(name, 'reader')
    await web.store.update((tx) => tx.put('people', { ...person, ...words }))
  }
  const [eva, gus] = [aVisitor(web), aVisitor(web)]
  await eva.signIn('eva')
  await gus.signIn('gus')
  return { eva, gus }
}

const plain = (text: string) => text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

test('the page tells how every part is, and the machine', async () => {
  const sweep = { ok: false, sentence: 'No printer was asked for 20 minutes; restart platen.' }
  const box = () => aBox({ clockTrusted: false, trouble: ['No backup since Friday.'] })
  const visitor = await ada({ box, health: () => ({ sweep }) })
  const text = plain(await visitor.text('/system'))
  expect(text).toContain(`wrong sweep : ${sweep.sentence}`)
  expect(text).toContain('look No backup since Friday.')
  expect(text).toContain('platen 1.2.3, Node v22.1.0')
  expect(text).toContain('28 February, 08:00 (2 days)')
  expect(text).toContain('Nothing has set it since this machine started')
  expect(text).toContain('Memory of platen 91 MB')
  expect(text).toContain('Memory of the machine 56 % taken, 412 MB of 948 MB free')
  expect(text).toContain('Room on the disk 32 % taken, 21 GB of 31 GB free')
  expect(text).toContain('Written to the disk 12 MB today, 20 MB on other days; wished: 50 MB')
  expect(text).toContain('Temperature of the processor 52 °C')
  expect(text).toContain('Voltage of the power supply enough whenever it was measured')
  expect(text).toContain('Addresses eth0 10.20.0.5')
  expect(text).toContain('The last was heard 2 minutes ago.')
  expect(text).toContain('The newest is of 03:00 , 1.5 MB.')
})

test('what the machine does not tell is said to be so', async () => {
  const backup = { newest: null, elsewhere: '/mnt/share', trouble: 'The disk is full.', ranMs: 1 }
  const nothing = { disk: null, written: null, machineMemory: null }
  const visitor = await ada({
    box: () => aBox({ ...nothing, celsius: null, underVoltage: null, backup }),
  })
  const text = plain(await visitor.text('/system'))
  for (const name of [
    ...['Room on the disk', 'Written to the disk', 'Memory of the machine'],
    ...['Temperature of the processor', 'Voltage of the power supply'],
  ])
    expect(text).toContain(`${name} the machine does not tell`)
  expect(text).toContain('The disk is full. None was made yet. Each is copied to /mnt/share .')
})

test('what is wrong with the machine is marked, with what to do about it', async () => {
  const box = () => aBox({ celsius: 84.2, underVoltage: 'earlier', addresses: [] })
  const text = plain(await (await ada({ box })).text('/system'))
  expect(text).toContain('Temperature of the processor wrong 84 °C, too hot')
  expect(text).toContain('Voltage of the power supply look was too low since platen started')
  expect(text).toContain('Addresses look no address')
  expect(text).not.toContain('look 91 MB')
})

test('how long everything is kept stands in a table, by the settings', async () => {
  const setting = (name: string, value: string) => ({
    ...{ name, value, default: '', words: '', isDefault: true },
  })
  const settings = [setting('PLATEN_REPORTER_DAYS', '77'), setting('PLATEN_TICKET_DAYS', '400')]
  const text = plain(await (await ada({ settings })).text('/system'))
  expect(text).toContain('their words 77 days after it was settled PLATEN_REPORTER_DAYS')
  expect(text).toContain('A ticket 400 days after it was settled PLATEN_TICKET_DAYS')
  expect(text).toContain('what became of reports 365 days, then its archive')
})

const made = {
  ...{ name: 'platen-2.tar.gz', path: '/data/backup/platen-2.tar.gz', bytes: 2_000_000 },
  ...{ seconds: 3, inside: {} as Made['inside'], damage: [], copy: null, trouble: null },
}

test('“Back up now” makes one by whoever pressed it, and tells its name', async () => {
  const acts: Act[] = []
  const makeBackup = async (act: Act) => {
    acts.push(act)
    return made
  }
  const visitor = await ada({ makeBackup })
  const answer = await visitor.submit('/system', '/system/backup')
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/system#backups'])
  expect(plain(await visitor.text('/system'))).toContain(
    'Made at 08:00 : platen-2.tar.gz , 2.0 MB.',
  )
  expect(acts).toMatchObject([{ by: 'ada', from: 'site' }])
})

test('a backup that takes long goes on, a second is not begun, and its end shows', async () => {
  let end = (_made: Made) => {}
  const asked = new Promise<Made>((resolve) => {
    end = resolve
  })
  const visitor = await ada({ makeBackup: () => asked })
  const first = await visitor.submit('/system', '/system/backup')
  expect(first.status).toBe(303)
  const text = await visitor.text('/system')
  expect(plain(text)).toContain('A backup is being made since 08:00 .')
  expect(text).not.toContain('action="/system/backup"')
  const proof = /name="proof" value="([^"]+)"/.exec(text)?.[1] ?? ''
  const origin = `http://127.0.0.1:${web.port}`
  const second = await visitor.send('/system/backup', { proof }, { origin })
  expect(second.status).toBe(409)
  expect(await second.text()).toContain('A backup is being made already')
  end(made)
  await asked
  expect(plain(await visitor.text('/system'))).toContain('platen-2.tar.gz')
})

test('a backup that cannot be made says why on the same page', async () => {
  const refusal = new Refusal('unkeepable', 'No backup could be made: the disk is full.')
  const visitor = await ada({ makeBackup: () => Promise.reject(refusal) })
  const answer = await visitor.submit('/system', '/system/backup')
  expect(answer.status).toBe(503)
  expect(await answer.text()).toContain('role="alert">No backup could be made: the disk is full.')
  expect(plain(await visitor.text('/system'))).toContain(
    'failed at 08:00 : No backup could be made',
  )
})

async function withLetters() {
  const visitor = await ada()
  const [email, trouble] = ['sam@school.test', '450 <b>mailbox</b> full']
  const words = { to: { email }, trouble, tries: 3, dueAt: '2026-03-02T09:00:00.000Z' }
  await web.store.update((tx) => {
    tx.put('groups', aGroup())
    tx.put('outbox', aLetter({ id: 'l-wait', ...words }))
    const endedAt = '2026-03-01T08:00:00.000Z'
    tx.put('outbox', aLetter({ id: 'l-lost', state: 'given-up', endedAt, trouble: '550 nobody' }))
  })
  return visitor
}

test('letters that wait and were given up are shown with where to, and why; never what they tell', async () => {
  const visitor = await withLetters()
  expect(plain(await visitor.text('/system'))).toContain(
    '1 letter waits, the oldest since 08:00 ; 1 letter given up.',
  )
  const text = await visitor.text('/system/letters')
  expect(text).not.toContain('<b>mailbox')
  expect(plain(text)).toContain('A report, to the managers sam@school.test 450 &lt;b&gt;mailbox')
  expect(plain(text)).toContain('posted 08:00 , tried 3 times, again 09:00')
  const lost = await visitor.text('/system/letters?state=given-up')
  expect(plain(lost)).toContain('A report, to the managers to nobody yet 550 nobody')
  for (const page of [text, lost]) expect(page).not.toMatch(/thesis|\bR1\b/)
  expect(await visitor.text('/system/letters?state=sent')).toContain('None was sent of late.')
})

test('a letter is sent again or dropped by a button, and the journal says by whom', async () => {
  const visitor = await withLetters()
  const again = await visitor.submit(
    '/system/letters?state=given-up',
    '/system/letters/l-lost/again',
  )
  expect([again.status, again.headers.get('location')]).toEqual([
    303,
    '/system/letters?state=given-up',
  ])
  expect(web.store.state.outbox['l-lost']).toMatchObject({ state: 'waiting', tries: 0 })
  await visitor.submit('/system/letters', '/system/letters/l-wait/drop')
  expect(web.store.state.outbox['l-wait']).toBeUndefined()
  const entries = plain(await visitor.text('/system/journal?what=letter'))
  expect(entries).toMatch(/Letter dropped , l-wait by ada, on this site/)
  expect(entries).toMatch(/Letter sent again , l-lost by ada/)
})

test('a button for a letter that was sent meanwhile says so, and shows the list again', async () => {
  const visitor = await withLetters()
  const page = await visitor.text('/system/letters')
  const proof = /name="proof" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const endedAt = '2026-03-02T08:00:00.000Z'
  await web.store.update((tx) =>
    tx.put('outbox', aLetter({ id: 'l-wait', state: 'sent', endedAt })),
  )
  const origin = `http://127.0.0.1:${web.port}`
  const late = await visitor.send('/system/letters/l-wait/drop', { proof }, { origin })
  expect(late.status).toBe(409)
  expect(await late.text()).toContain('role="alert">The letter was sent by now.')
  expect((await visitor.send('/system/letters/l-x/drop', { proof }, { origin })).status).toBe(404)
})

test('who may only look is offered no button, and who looks after some groups no letters and no journal', async () => {
  await withLetters()
  const { eva, gus } = await others()
  for (const path of ['/system', '/system/letters'])
    expect(await eva.text(path)).not.toMatch(/action="\/system/)
  const text = await gus.text('/system')
  expect(text).not.toMatch(/\/system\/(letters|journal|backup)/)
  const proof = /name="proof" value="([^"]+)"/.exec(text)?.[1] ?? ''
  const origin = `http://127.0.0.1:${web.port}`
  for (const path of ['/system/letters', '/system/journal'])
    expect((await gus.get(path)).status).toBe(403)
  for (const path of [
    '/system/backup',
    '/system/letters/l-wait/drop',
    '/system/letters/l-wait/again',
  ])
    expect((await gus.send(path, { proof }, { origin })).status).toBe(403)
  expect(web.store.state.outbox['l-wait']).toMatchObject({ tries: 3 })
})

async function withJournal() {
  const visitor = await ada()
  await web.store.update((tx) => {
    tx.put('printers', aPrinter({ id: 'p-1', label: 'LIB-1' }))
    for (let number = 0; number < 60; number++)
      note(
        tx,
        { ...web.act, by: number % 2 ? 'Ben' : 'platen' },
        {
          ...{
            what: number % 3 ? 'changed' : 'added',
            subject: number === 7 ? 'p-1' : `x-${number}`,
          },
          details: { label: `<i>${number}</i>` },
          changes: { building: [null, `Hall ${number}`] },
          personal: { email: `sam${number}@school.test` },
        },
      )
  })
  return visitor
}

const numbersIn = (text: string) =>
  [...text.matchAll(/<li id="entry-(\d+)">/g)].map(([, number]) => Number(number))

test('the journal shows the newest first, a page of fifty, and goes on by number', async () => {
  const visitor = await withJournal()
  const all = Object.keys(web.store.state.journal).length
  const text = await visitor.text('/system/journal')
  expect(numbersIn(text)).toEqual(Array.from({ length: 50 }, (_, at) => all - at))
  expect(text).not.toContain('<i>')
  expect(plain(text)).toContain('label: &lt;i&gt;59&lt;/i&gt; building: nothing became Hall 59')
  expect(plain(text)).toContain('email: sam59@school.test')
  const older = /href="(\/system\/journal\?before=\d+)">Older/.exec(text)?.[1] ?? ''
  const rest = await visitor.text(older)
  expect(numbersIn(rest)).toEqual(Array.from({ length: all - 50 }, (_, at) => all - 50 - at))
  expect(rest).not.toContain('>Older</a>')
})

test('the journal is looked through by who, by what and by what it was done to', async () => {
  const visitor = await withJournal()
  const some = await visitor.text('/system/journal?by=BEN&what=added&subject=')
  expect(numbersIn(some)).toHaveLength(10)
  expect(plain(some)).toContain('by Ben')
  const one = await visitor.text('/system/journal?subject=p-1')
  expect(numbersIn(one)).toHaveLength(1)
  expect(one).toContain('<a href="/printers/p-1">LIB-1</a>')
  expect(await visitor.text('/system/journal?by=nobody')).toContain('No entry matches.')
  const filtered = await visitor.text('/system/journal?what=e')
  expect(filtered).toMatch(/href="\/system\/journal\?what=e&amp;before=\d+">Older/)
})

test('what an entry tells of a person is shown to who may look at accounts, and to nobody once erased', async () => {
  const visitor = await withJournal()
  const { eva } = await others()
  const hidden = await eva.text('/system/journal')
  expect(hidden).not.toMatch(/sam\d+@/)
  expect(hidden).toContain('shown to who may look at accounts')
  await web.store.update((tx) => {
    for (const entry of Object.values(tx.state.journal))
      tx.put('journal', { ...entry, personal: null })
  })
  expect(await visitor.text('/system/journal')).toContain('What it told of a person was erased.')
})

test('what went to the archive is named', async () => {
  const visitor = await withJournal()
  await web.store.update((tx) =>
    tx.put('archived', {
      ...{ id: 'a-1', first: 1, last: 812, before: '', hash: '' },
      at: '2025-03-04T05:06:07.000Z',
    }),
  )
  expect(plain(await visitor.text('/system/journal'))).toContain(
    'Entries 1 to 812: in the data folder, journal/entries-2025-03.jsonl and later',
  )
})
