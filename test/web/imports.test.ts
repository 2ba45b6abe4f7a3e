import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Found, FoundDevice, Search, SearchOrder } from '../../src/core/printers/found.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { aPrinter } from '../parts/records.ts'
import { aVisitor, type Visitor } from '../parts/visitor.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

let web: RunningWeb
let ada: Visitor
/** The search that runs; what ends it, and how it gets on. */
let searching: { order: SearchOrder; end: (found: Found) => void } | null

const search: Search = (order) => {
  if (order.range === 'everywhere')
    return Promise.reject(new Refusal('invalid', '"everywhere" is no range like 10.0.0.0/24.'))
  return new Promise((resolve) => {
    searching = { order, end: resolve }
    order.stop.addEventListener('abort', () => resolve({ devices: [], trouble: null }))
  })
}

const device = (facts: Partial<FoundDevice>): FoundDevice => ({
  ...{ address: '10.0.0.9', isPrinter: true, name: 'NPI1', make: null, model: 'Folio 400' },
  ...{ description: null, location: null, serial: 'S1', macAddresses: [], community: null },
  ...{ answers: true, ...facts },
})

beforeEach(async () => {
  searching = null
  web = await startWeb({ search })
  await web.person('ada', 'administrator')
  await web.person('ben', 'manager')
  ada = aVisitor(web)
  await ada.signIn('ada')
})
afterEach(() => web.stop())

const form = '/printers/import'
const here = (answer: Response) => answer.headers.get('location') ?? ''
const kept = () => Object.values(web.store.state.printers)

/** Sends pasted rows, and gives the address of their preview. */
async function paste(text: string, who = ada): Promise<string> {
  const answer = await who.submit(form, form, { text, kind: 'printers' })
  expect(answer.status).toBe(303)
  return here(answer)
}

/** Sends a file as the browser's form does. */
async function sendFile(bytes: Uint8Array, fields: Record<string, string> = {}) {
  const [, proof = ''] = /name="proof" value="([^"]*)"/.exec(await ada.text(form)) ?? []
  const body = new FormData()
  for (const [name, value] of Object.entries({ proof, kind: 'printers', text: '', ...fields }))
    body.append(name, value)
  body.append('file', new Blob([new Uint8Array(bytes)]), '../<b>list</b>.csv')
  return ada.get(form, {
    method: 'POST',
    body,
    headers: { origin: `http://127.0.0.1:${web.port}` },
  })
}

const take = (page: string, fields: Record<string, string> = {}, who = ada) =>
  who.submit(page, page.replace(/\?.*/, ''), fields)

describe('an import', () => {
  it('shows row by row what it would do, then does it and tells what came', async () => {
    await web.store.update((tx) =>
      tx.put('printers', aPrinter({ label: 'LIB-1', ipAddress: '10.0.0.1', location: 'Attic' })),
    )
    const page = await paste(
      'label,ipAddress,location,community\nLIB-1,http://10.0.0.1/,Room <3>,geheim\nLIB-2,10.0.0.2,,\n',
    )
    const text = await ada.text(page)
    expect(text).toContain('location <del>Attic</del>')
    expect(text).toContain('<ins>Room &lt;3&gt;</ins>')
    expect(text).toContain('community changes')
    expect(text).toContain('read as 10.0.0.1')
    expect(text).toContain('ipAddress 10.0.0.2')
    expect(text).not.toContain('geheim')
    expect(text).toContain('<button>Import 2 printers</button>')
    expect(kept()).toHaveLength(1)
    const answer = await take(page)
    expect([answer.status, here(answer)]).toEqual([303, page])
    expect(kept()).toMatchObject([{ location: 'Room <3>' }, { label: 'LIB-2' }])
    const done = await ada.text(page)
    expect(done).toContain('1 printer added, 1 changed.')
    expect(done).toContain(`href="/printers/${kept()[1]?.id}"`)
    const entries = Object.values(web.store.state.journal).filter(({ by }) => by === 'ada')
    expect(entries.map(({ what, from }) => `${what} ${from}`)).toContain('added site')
  })

  it('filters the rows by what becomes of them, in the address', async () => {
    const rows = Array.from({ length: 230 }, (_, at) => `P-${at + 1},10.1.0.${at + 1}`)
    const page = await paste(`label,ipAddress\nBAD,nowhere!\n${rows.join('\n')}\n`)
    const whole = await ada.text(page)
    expect(whole).toContain('All 231')
    expect(whole).toContain('New 230')
    expect(whole).toContain('P-200<')
    expect(whole).not.toContain('P-201<')
    expect(whole).toContain('and 30 more')
    const refused = await ada.text(`${page}?outcome=refused`)
    expect(refused).toContain('is no address like')
    expect(refused).not.toContain('P-1<')
    expect((await ada.get(`${page}?outcome=odd`)).status).toBe(422)
  })

  it('imports nothing while rows are refused, unless those are left', async () => {
    const page = await paste('label,ipAddress\nA,10.0.0.1\nB,10.0.0.300\n')
    expect(await ada.text(page)).toContain('Import 1 printer and leave the 1 refused')
    const strict = await take(page, { refused: '' })
    expect(strict.status).toBe(422)
    expect(await strict.text()).toContain('1 of 2 rows cannot be taken')
    expect(kept()).toEqual([])
    await take(page)
    expect(kept().map(({ label }) => label)).toEqual(['A'])
    expect(await ada.text(page)).toContain('1 row left')
  })

  it('retires what is not in the file where a person chose so', async () => {
    await web.store.update((tx) => tx.put('printers', aPrinter({ id: 'old', label: 'OLD' })))
    const page = `${await paste('label,ipAddress\nA,10.0.0.1\n')}?missing=retire`
    const text = await ada.text(page)
    expect(text).toContain('Import 1 printer and retire 1')
    expect(text).toContain('<li>OLD</li>')
    await take(page)
    expect(web.store.state.printers.old?.isActive).toBe(false)
  })

  it('is shown again where what is known has changed since it was looked at', async () => {
    const page = await paste('label,ipAddress\nA,10.0.0.1\n')
    const seen = await ada.text(page)
    await web.store.update((tx) =>
      tx.put('printers', aPrinter({ label: 'A', ipAddress: '10.0.0.7' })),
    )
    const proof = /name="proof" value="([^"]*)"/.exec(seen)?.[1] ?? ''
    const mark = /name="seen" value="([^"]*)"/.exec(seen)?.[1] ?? ''
    const origin = { origin: `http://127.0.0.1:${web.port}` }
    const answer = await ada.send(page, { proof, seen: mark, missing: 'stay' }, origin)
    expect(answer.status).toBe(303)
    expect(kept()).toMatchObject([{ ipAddress: '10.0.0.7' }])
    const again = await ada.text(here(answer))
    expect(again).toContain('has changed since you looked')
    expect(again).toContain('<del>10.0.0.7</del>')
    await take(page)
    expect(kept()).toMatchObject([{ ipAddress: '10.0.0.1' }])
  })

  it('reads a file of an old Excel, says what it was taken for, and takes another word', async () => {
    const file = Buffer.from('label;ipAddress;location\nA;10.0.0.1;B\xfcro \xe8\n', 'latin1')
    const page = here(await sendFile(file))
    const text = await ada.text(page)
    expect(text).toContain('It is no Unicode; it was taken for Windows, western Europe (1252)')
    expect(text).toContain('location Büro è')
    expect(text).not.toContain('<b>list')
    const other = `${page}?encoding=windows-1250`
    expect(await ada.text(other)).toContain('location Büro č')
    await take(other)
    expect(kept()).toMatchObject([{ location: 'Büro č' }])
  })

  it('takes the printers.json of a TonerTrack', async () => {
    const file = Buffer.from('{"10.0.0.1":{"name":"Office","serial":"S1"}}')
    const page = here(await sendFile(file, { kind: 'tonertrack' }))
    await take(page)
    expect(kept()).toMatchObject([{ label: 'Office', ipAddress: '10.0.0.1', serial: 'S1' }])
  })

  it.each([
    [Buffer.from('PK\x03\x04rest'), 'save it as &quot;CSV UTF-8'],
    [Buffer.from('10.0.0.1\n'), 'label and ipAddress is missing'],
  ])('tells at the form what it cannot read', async (bytes, sentence) => {
    const answer = await sendFile(bytes)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(sentence)
  })

  it('shows a refused form again with what was pasted', async () => {
    const answer = await ada.submit(form, form, { text: 'printer 1 </textarea>', kind: 'printers' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('printer 1 &lt;/textarea&gt;')
    const nothing = await ada.submit(form, form, { text: ' ', kind: 'printers' })
    expect(await nothing.text()).toContain('Choose a file, or paste rows.')
    const both = await sendFile(Buffer.from('label,ipAddress\n'), { text: 'label,ipAddress\n' })
    expect(await both.text()).toContain('not both')
  })

  it('is kept half an hour, three of a person, and shown to nobody else', async () => {
    const page = await paste('label,ipAddress\nA,10.0.0.1\n')
    await web.person('cleo', 'administrator')
    const cleo = aVisitor(web)
    await cleo.signIn('cleo')
    expect((await cleo.get(page)).status).toBe(404)
    web.clock.advance(29 * 60_000)
    expect((await ada.get(page)).status).toBe(200)
    web.clock.advance(60_000)
    const gone = await ada.get(page)
    expect(gone.status).toBe(404)
    expect(await gone.text()).toContain('Send the file again')
    const first = await paste('label,ipAddress\nA,10.0.0.1\n')
    for (let count = 0; count < 2; count++) await paste('label,ipAddress\nA,10.0.0.1\n')
    expect((await ada.get(first)).status).toBe(200)
    await paste('label,ipAddress\nA,10.0.0.1\n')
    expect((await ada.get(first)).status).toBe(404)
  })

  it('is not for who looks after some groups, nor for who may do so no more', async () => {
    const ben = aVisitor(web)
    await ben.signIn('ben')
    for (const path of [form, '/printers/discover']) expect((await ben.get(path)).status).toBe(403)
    const page = await paste('label,ipAddress\nA,10.0.0.1\n')
    const [admin] = Object.values(web.store.state.people).filter(({ name }) => name === 'ada')
    if (!admin) throw new Error('no Ada')
    await web.store.update((tx) => tx.put('people', { ...admin, reach: 'groups' }))
    expect((await ada.get(page)).status).toBe(403)
    expect((await ada.send(page, {})).status).toBe(403)
    expect(kept()).toEqual([])
  })
})

describe('a search of the network', () => {
  const room = '/printers/discover'

  it('is watched, and what it found is looked over like a file', async () => {
    await web.store.update((tx) =>
      tx.put('printers', aPrinter({ label: 'LIB-1', ipAddress: '10.0.0.1', serial: 'S9' })),
    )
    const answer = await ada.submit(room, room, { range: '10.0.0.0/24', community: 'geheim' })
    expect([answer.status, here(answer)]).toEqual([303, room])
    expect(searching?.order).toMatchObject({
      range: '10.0.0.0/24',
      link: false,
      community: 'geheim',
    })
    searching?.order.onProgress({ asked: 30, of: 762, answered: 2 })
    const running = await ada.get(room)
    expect(running.headers.get('refresh')).toBe('3')
    expect(await running.text()).toContain('30 of 762 questions asked, 2 answered')
    searching?.end({
      devices: [
        device({ community: 'geheim' }),
        device({ address: '10.0.0.7', serial: 'S9' }),
        device({ address: '10.0.0.8', serial: 'S3', isPrinter: false }),
      ],
      trouble: 'ENETUNREACH',
    })
    const ended = await ada.get(room)
    expect(ended.headers.get('refresh')).toBeNull()
    const text = await ended.text()
    for (const words of [
      '10.0.0.9',
      'LIB-1, moved from 10.0.0.1',
      '1 more answered',
      'ENETUNREACH',
    ])
      expect(text).toContain(words)
    const page = here(await ada.submit(room, `${room}/rows`))
    const preview = await ada.text(page)
    expect(preview).toContain('A search of 10.0.0.0/24.')
    expect(preview).toContain('<ins>10.0.0.7</ins>')
    expect(text + preview).not.toContain('geheim')
    await take(page)
    expect(kept()).toMatchObject([
      { label: 'LIB-1', ipAddress: '10.0.0.7' },
      { label: 'NPI1-9', community: 'geheim' },
    ])
  })

  it('is one at a time, and can be stopped', async () => {
    await ada.submit(room, room, { range: '10.0.0.0/24' })
    const first = searching
    expect(await ada.text(room)).not.toContain('name="range"')
    const proof = /name="proof" value="([^"]*)"/.exec(await ada.text(room))?.[1] ?? ''
    const origin = { origin: `http://127.0.0.1:${web.port}` }
    const second = await ada.send(room, { proof, range: '10.0.1.0/24' }, origin)
    expect(second.status).toBe(409)
    expect(await second.text()).toContain('ada is searching the network already')
    expect(searching).toBe(first)
    await ada.submit(room, `${room}/stop`)
    expect(first?.order.stop.aborted).toBe(true)
    expect(await ada.text(room)).toContain('No printer answered')
  })

  it('tells at the form what is no range', async () => {
    const answer = await ada.submit(room, room, { range: 'everywhere' })
    expect(answer.status).toBe(422)
    const text = await answer.text()
    expect(text).toContain('is no range')
    expect(text).toContain('value="everywhere"')
    const nothing = await ada.submit(room, room, { range: '' })
    expect(nothing.status).toBe(422)
    expect(searching).toBeNull()
  })
})

describe('a script', () => {
  const ask = async (method: string, path: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json' }
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
    const answer = await web.get(`/api/v1${path}`, 'ada', init)
    const text = await answer.text()
    return { status: answer.status, told: text && JSON.parse(text) }
  }

  it('imports, or asks what that would do', async () => {
    const text = 'label,ipAddress,community\nA,10.0.0.1,geheim\nB,nowhere!,\n'
    const dry = await ask('POST', '/imports', { text, dryRun: true })
    expect(dry.status).toBe(200)
    expect(dry.told).toMatchObject({
      imported: false,
      counts: { new: 1, changed: 0, same: 0, refused: 1, retired: 0 },
      rows: [
        { row: 2, outcome: 'new' },
        { row: 3, outcome: 'refused' },
      ],
    })
    const strict = await ask('POST', '/imports', { text })
    expect([strict.status, strict.told.details.preview.rows.length]).toEqual([422, 2])
    expect(kept()).toEqual([])
    const taken = await ask('POST', '/imports', { text, leaveRefused: true })
    expect(taken.told.imported).toBe(true)
    expect(JSON.stringify([dry, strict, taken])).not.toContain('geheim')
    expect(kept()).toMatchObject([{ label: 'A', community: 'geheim' }])
    expect((await ask('POST', '/imports', { text, force: true })).status).toBe(422)
  })

  it('searches, watches and stops', async () => {
    expect((await ask('POST', '/searches', {})).status).toBe(422)
    expect((await ask('POST', '/searches', { range: 'everywhere' })).status).toBe(422)
    const begun = await ask('POST', '/searches', { range: '10.0.0.0/24', community: 'geheim' })
    expect([begun.status, begun.told.state, begun.told.by]).toEqual([202, 'running', 'ada'])
    const path = `/searches/${begun.told.id}`
    expect((await ask('POST', '/searches', { range: '10.0.0.0/24' })).status).toBe(409)
    expect((await ask('DELETE', path)).status).toBe(204)
    expect((await ask('GET', path)).told).toMatchObject({ state: 'done', devices: [] })
    const again = await ask('POST', '/searches', { link: true })
    searching?.end({ devices: [device({ community: 'geheim' })], trouble: null })
    const over = await ask('GET', `/searches/${again.told.id}`)
    expect(over.told.devices).toMatchObject([{ address: '10.0.0.9', meaning: 'new' }])
    expect(JSON.stringify(over)).not.toContain('geheim')
    expect((await ask('GET', path)).status).toBe(404)
  })
})
