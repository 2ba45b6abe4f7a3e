import { html } from '../../core/html.ts'
import type { BackupFacts } from '../../core/outbox/letter.ts'
import { oneLine } from '../one-line.ts'
import { momentIn, type Site, type Wording } from './site.ts'

// Letters about backups, to whoever EMAIL_TO names.

export const backupMade: Wording<BackupFacts> = (facts, site) =>
  written(facts, site, `Backup made: ${facts.file}`)

export const backupFailed: Wording<BackupFacts> = (facts, site) =>
  written(facts, site, facts.file ? 'NO COPY of the backup elsewhere' : 'NO BACKUP was made')

function written({ at, sentences }: BackupFacts, site: Site, title: string) {
  const said = [`${oneLine(title)}, ${momentIn(site, at)}.`, ...sentences.map(oneLine)]
  return {
    subject: `${oneLine(title)} [${site.name}]`,
    text: `${said.join('\n\n')}\n`,
    html: html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"></head>
<body style="font-family:sans-serif">
${said.map((sentence) => html`<p>${sentence}</p>\n`)}</body>
</html>
`.text,
  }
}
