import { expect, it } from 'vitest'
import { letterOfMade, letterOfNone } from '../../src/core/backup/letter.ts'
import type { Made } from '../../src/core/backup/made.ts'
import { backupFailed, backupMade } from '../../src/mail/letters/backups.ts'

const site = { name: 'Print room North', url: null, timeZone: 'Europe/Berlin' }
const at = new Date('2026-11-20T02:00:00Z')
const made: Made = {
  ...{ name: 'platen-2026-11-20T02-00-00Z.tar.gz', path: '/srv/backup/x.tar.gz', bytes: 1 },
  ...{ seconds: 1, damage: [], copy: '/mnt/share/x.tar.gz', trouble: null },
  inside: {
    ...{ printers: 0, groups: 0, people: 0, tickets: 0, letters: 0 },
    ...{ entries: 0, journalFiles: 0, modelFiles: 0 },
  },
}

it('tells that there is no backup, why, and which is the newest', () => {
  const newest = { path: '/srv/backup/old.tar.gz', at: '2026-11-19T02:00:00.000Z', bytes: 1 }
  const { facts } = letterOfNone('The disk of this appliance is full.', newest, at)
  const { subject, text, html } = backupFailed(facts, site)
  expect(subject).toBe('NO BACKUP was made [Print room North]')
  for (const words of [text, html]) {
    expect(words).toContain('The disk of this appliance is full.')
    expect(words).toContain('/srv/backup/old.tar.gz')
    expect(words).toContain('tried again every hour')
  }
  expect(text).toContain('Friday 20 November at 03:00 CET')
})

it('tells of a copy that failed, and that there is one here', () => {
  const trouble = 'No copy could be put into /mnt/share: it is not there.'
  const { facts } = letterOfMade({ ...made, copy: null, trouble }, at)
  const { subject, text } = backupFailed(facts, site)
  expect(subject).toBe('NO COPY of the backup elsewhere [Print room North]')
  expect(text).toContain(trouble)
  expect(text).toContain('there is a good one: /srv/backup/x.tar.gz')
})

it('tells of a good one, and of damage that it holds', () => {
  const damage = ['journal/readings-2026-11.jsonl: line <2> is not as it was written.']
  const { subject, text, html } = backupMade(letterOfMade({ ...made, damage }, at).facts, site)
  expect(subject).toBe('Backup made: platen-2026-11-20T02-00-00Z.tar.gz [Print room North]')
  expect(text).toContain('/mnt/share/x.tar.gz')
  expect(text).toContain(damage[0])
  expect(html).toContain('line &lt;2&gt;')
})
