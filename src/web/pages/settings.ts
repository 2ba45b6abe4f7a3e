import { type Html, html, type Part } from '../../core/html.ts'
import type { ShownSetting } from '../settings.ts'
import { board, type View } from './board.ts'

/** What was looked for; empty: all. */
export interface SettingFilter {
  readonly q: string
  readonly changed: boolean
}

/** The settings that the filter lets through, by what they are about. */
export function settingsPage(
  view: View,
  filter: SettingFilter,
  settings: readonly ShownSetting[],
): Html {
  const sections = headings.map((heading) => ({
    heading,
    here: settings.filter(({ name }) => headingOf(name) === heading),
  }))
  return board(view, {
    title: 'Settings',
    under: '/settings',
    use: 'reading',
    body: html`<p>They are read at the start. To change one, write it into <code>platen.env</code> on the machine that
runs platen (<code>/etc/platen/platen.env</code> where it is installed as a service) as <code>NAME=value</code>, and
restart platen: <code>sudo systemctl restart platen</code>. A secret is shown to nobody.</p>
${filterForm(filter)}
${settings.length === 0 && html`<p>No setting matches. <a href="/settings">Show all settings</a></p>`}
${sections.map(({ heading, here }) => section(heading, here))}`,
  })
}

const headings = [
  'The site',
  'Signing in',
  'QR page and labels',
  'Tickets and letters',
  'Backups',
  'Printers',
] as const
type Heading = (typeof headings)[number]

/** By what its name begins with; what is not here is about the site. */
const beginnings: readonly (readonly [RegExp, Heading])[] = [
  [/^PLATEN_OIDC_/, 'Signing in'],
  [/^PLATEN_(PORTAL_|LABELS)/, 'QR page and labels'],
  [
    /^(PLATEN_(SUMMARY_|REPORTER_|TICKET_)|ISSUE_SUMMARY_|EMAIL_|DEFAULT_FROM_)/,
    'Tickets and letters',
  ],
  [/^PLATEN_BACKUP_/, 'Backups'],
  [/^(SNMP|SUPPLY|ALARM|IPP)_/, 'Printers'],
]

const headingOf = (name: string): Heading =>
  beginnings.find(([begins]) => begins.test(name))?.[1] ?? 'The site'

function section(heading: Heading, settings: readonly ShownSetting[]): Part {
  if (settings.length === 0) return null
  return html`<h2>${heading}</h2>
<ul class="rows">
${settings.map(row)}</ul>
`
}

function row({ name, value, default: standard, words, isDefault }: ShownSetting): Html {
  const was = standard && html` <span class="aside">(by default <code>${standard}</code>)</span>`
  const shown = value ? html`<code>${value}</code>` : 'none'
  return html`<li id="${name}">${isDefault ? html`<span class="badge unknown">default</span>` : html`<strong class="badge ok">set</strong>`}
<div class="what"><code>${name}</code></div>
<div class="why"><div>${shown}${!isDefault && was}</div><div class="aside">${withCode(words)}</div></div></li>
`
}

/** The words are those of README, where what stands between backticks is code. */
const withCode = (words: string): Part =>
  words.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part))

function filterForm({ q, changed }: SettingFilter): Html {
  return html`<form method="get" action="/settings" role="search" class="filter">
<div><label for="q">Name or words</label>
<input id="q" name="q" type="search" value="${q}" maxlength="100"></div>
<div><label for="changed">Which</label>
<select id="changed" name="changed"><option value="">all</option><option value="1"${changed && html` selected`}>those that are set</option></select></div>
<button>Show</button>
</form>`
}
