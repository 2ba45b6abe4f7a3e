import { type Html, html, type Part } from '../../core/html.ts'
import type { Group } from '../../core/printers/group.ts'
import { type Printer, snmpVersions } from '../../core/printers/printer.ts'
import { type Field, fieldWords, type Typed } from '../../core/printers/typed.ts'
import { board, button, proof, type View } from './board.ts'

// A printer as the office writes it down, and what is asked again before it is done.

export interface FormFacts {
  /** null: a new one. */
  readonly printer: Printer | null
  /** That may be chosen. */
  readonly groups: readonly Pick<Group, 'id' | 'name'>[]
  /** Whether it may be in none. */
  readonly needsGroup: boolean
  /** Why the last form was refused, and what it held. */
  readonly refused: {
    readonly sentence: string
    readonly field: string
    readonly typed: Typed
  } | null
}

export function printerFormPage(view: View, facts: FormFacts): Html {
  const { printer, refused } = facts
  const action = printer ? `/printers/${printer.id}/edit` : '/printers/new'
  const field = (name: Field, more: FieldMore = {}) => textField(facts, name, more)
  return board(view, {
    title: printer ? `Edit ${printer.label}` : 'Add a printer',
    under: '/printers',
    use: 'typing',
    body: html`<p>${printer ? html`<a href="/printers/${printer.id}">Back to ${printer.label}</a>` : html`<a href="/printers">Back to the printers</a>`}</p>
${refused && html`<p class="notice bad" id="trouble" role="alert">${refused.sentence}</p>`}
<form method="post" action="${action}">${proof(view)}
<h2>Where it stands</h2>
${field('label', { required: true, says: 'What everybody calls it, as on the label: LIB-1.' })}
${groupField(facts)}
${field('building')}${field('location')}
<h2>How it is asked</h2>
${field('ipAddress', { required: true, says: '10.0.0.7, or a name; with :1161 behind it for another port.' })}
${versionField(facts)}
${communityField(facts)}
<h2>What it is</h2>
${field('make')}${field('model')}${field('serial')}${field('macAddress')}${field('assetTag')}${field('organisation')}
<button>${printer ? 'Keep this' : 'Add it'}</button>
</form>`,
  })
}

interface FieldMore {
  readonly required?: boolean
  readonly says?: string
}

function textField(facts: FormFacts, name: Field, { required = false, says }: FieldMore): Html {
  const isRequired = required && html` required`
  return html`<label for="${name}">${fieldWords[name]}</label>
<input id="${name}" name="${name}" value="${written(facts, name)}" maxlength="200" autocomplete="off"${isRequired}${troubled(facts, name, says)}>
${says !== undefined && html`<p class="aside" id="${name}-says">${says}</p>`}
`
}

function groupField(facts: FormFacts): Html {
  const chosen = written(facts, 'group')
  const choice = (value: string, words: string) =>
    html`<option value="${value}"${value === chosen && html` selected`}>${words}</option>`
  const isOutside = chosen !== '' && !facts.groups.some(({ id }) => id === chosen)
  return html`<label for="group">Group</label>
<select id="group" name="group"${troubled(facts, 'group', undefined)}>
${facts.needsGroup ? facts.groups.length !== 1 && choice('', 'choose one') : choice('', 'in no group')}${isOutside && choice(chosen, 'as it is')}${facts.groups.map(({ id, name }) => choice(id, name))}
</select>
`
}

function versionField(facts: FormFacts): Html {
  const chosen = written(facts, 'snmpVersion')
  const choice = (value: string, words: string) =>
    html`<option value="${value}"${value === chosen && html` selected`}>${words}</option>`
  return html`<label for="snmpVersion">SNMP version</label>
<select id="snmpVersion" name="snmpVersion"${troubled(facts, 'snmpVersion', undefined)}>
${choice('', 'as for all printers')}${snmpVersions.map((each) => choice(each, each === 'auto' ? 'found out: 2c, else 1' : each))}
</select>
`
}

/** What is there is a secret, and never shown. */
function communityField(facts: FormFacts): Html {
  const has = facts.printer?.community != null
  const says = has
    ? 'It has one of its own, which is not shown. Left empty it stays.'
    : 'Left empty it is as for all printers. Of SNMP 3 the name of a user.'
  return html`<label for="community">${fieldWords.community}</label>
<input id="community" name="community" value="" maxlength="200" autocomplete="off" spellcheck="false"${troubled(facts, 'community', says)}>
<p class="aside" id="community-says">${says}</p>
${
  has &&
  html`<label for="ownCommunity">Its own community</label>
<select id="ownCommunity" name="ownCommunity"><option value="">stays, or is the one above</option><option value="none">is taken away: as for all printers</option></select>`
}
`
}

function written({ printer, refused }: FormFacts, name: Field): string {
  if (refused) return refused.typed[name] ?? ''
  const value = printer?.[name]
  return value === null || value === undefined ? '' : String(value)
}

/** That this is the field which is wrong, and where it is told what it takes. */
function troubled({ refused }: FormFacts, name: Field, says: string | undefined): Part {
  const isWrong = refused?.field === name
  const told = [isWrong && 'trouble', says && `${name}-says`].filter(Boolean).join(' ')
  return html`${isWrong && html` aria-invalid="true"`}${told && html` aria-describedby="${told}"`}`
}

/** Asked again: it cannot be undone, or is not what somebody may think. */
export function surePage(
  view: View,
  of: {
    readonly printer: Printer
    readonly title: string
    readonly says: readonly string[]
    readonly act: string
    readonly button: string
    readonly refused: string | null
  },
): Html {
  const path = `/printers/${of.printer.id}`
  return board(view, {
    title: of.title,
    under: '/printers',
    use: 'typing',
    body: html`${of.refused && html`<p class="notice bad" role="alert">${of.refused}</p>`}
${of.says.map((sentence) => html`<p>${sentence}</p>`)}
${button(view, `${path}/${of.act}`, of.button)}
<p><a href="${path}">Back to ${of.printer.label}</a></p>`,
  })
}
