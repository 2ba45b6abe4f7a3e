import { afterEach, beforeEach, expect, test } from 'vitest'
import { markFailed, post } from '../../src/core/outbox/outbox.ts'
import { aReading, aSupply, silence } from '../parts/readings.ts'
import { startTwoGroups } from '../parts/two-groups.ts'
import { aVisitor, type Visitor } from '../parts/visitor.ts'
import { type RunningWeb, startWeb } from '../parts/web.ts'

// What a person at the desk looks at first.

let web: RunningWeb
let ada: Visitor
let ben: Visitor

beforeEach(async () => {
  ;({ web, ada, ben } = await startTwoGroups())
})
afterEach(() => web.stop())

async function hear(id: 'lib' | 'gym', said: Parameters<typeof aReading>[0] | 'silence') {
  const address = id === 'lib' ? '10.0.0.1' : '10.0.0.2'
  web.says.set(address, said === 'silence' ? silence() : aReading({ address, ...said }))
  await web.sweep.pollNow(id)
}

test('where all is well it says so', async () => {
  await hear('lib', {})
  await hear('gym', {})
  const page = await ada.text('/')
  expect(page).toContain('All well: nobody has to go anywhere, and nothing is reported.')
  expect(page).toContain('2 printers are well')
})

test('of printers that nobody has read yet it does not say that all is well', async () => {
  expect(await ada.text('/')).not.toContain('All well')
})

test('who does not answer is told of with why, and a way to the list of them', async () => {
  await hear('lib', 'silence')
  for (let times = 0; times < 2; times++) await hear('lib', 'silence')
  const page = await ada.text('/')
  expect(page).toMatch(/Do not answer <span class="count">1<\/span>.*SILENT.*LIB-1/s)
  expect(page).toContain('href="/printers?verdict=offline"')
  expect(page).toContain('<a href="#do-not-answer">1 does not answer</a>')
})

test('low supplies are told one by one: which, where, and what for', async () => {
  await hear('lib', {
    supplies: [aSupply({ percent: 15 }), aSupply({ index: '1.2', colour: 'cyan', percent: 3 })],
  })
  const page = await ada.text('/')
  const low = page.slice(page.indexOf('id="low"'))
  expect(low).toMatch(/count">2<.*Cyan toner at 3 %.*LIB-1.*Black toner at 15 %.*LIB-1/s)
  expect(low).toContain('Library, Room 12, Folio 400')
  expect(low).toContain('href="/printers?attention=supplies"')
  expect(await ben.text('/')).not.toContain('toner')
})

test('a warning of a supply alone stands with the supplies, another one under Soon', async () => {
  await hear('lib', { supplies: [aSupply({ percent: 15 })] })
  expect(await ada.text('/')).not.toContain('id="soon"')
})

test('letters that are stuck are told of to who looks after the system', async () => {
  await web.store.update((tx) => {
    post(tx, web.act, {
      ...{ kind: 'backup-failed', to: { email: 'x@y.example' } },
      facts: { at: web.act.now.toISOString(), file: null, bytes: null, sentences: [] },
    })
  })
  expect(await ada.text('/')).not.toContain('Letters are stuck')
  const [id = ''] = Object.keys(web.store.state.outbox)
  const why = 'The server is down <b>'
  await web.store.update((tx) => markFailed(tx, id, { how: 'not-now', why }, web.clock.now()))
  const page = await ada.text('/')
  expect(page).toContain('Letters are stuck</a>: 1 waiting, the oldest since')
  expect(page).toContain('The server is down &lt;b&gt;')
  expect(await ben.text('/')).not.toContain('Letters are stuck')
})

test('on a fresh machine it tells the first steps to who may do them', async () => {
  await web.stop()
  web = await startWeb()
  await web.person('ada', 'administrator')
  await web.person('eva', 'reader')
  const [first, second] = [aVisitor(web), aVisitor(web)]
  await first.signIn('ada')
  await second.signIn('eva')
  const page = await first.text('/')
  for (const path of ['/printers/import', '/printers/new']) expect(page).toContain(`href="${path}"`)
  const read = await second.text('/')
  expect(read).toContain('No printers yet.')
  expect(read).not.toContain('/printers/new')
})

test('what a printer says anew shows at once, and so does what is kept', async () => {
  await hear('lib', {})
  expect(await ada.text('/')).not.toContain('JAM')
  await hear('lib', { errors: { raw: '04', flags: ['jammed'] } })
  expect(await ada.text('/')).toContain('JAM')
  await web.store.update((tx) => tx.drop('printers', 'lib'))
  expect(await ada.text('/')).not.toContain('JAM')
})
