import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { isSecret, type SettingName, settings } from '../src/settings.ts'

// The settings stand once, in src/settings.ts, the drawings in test/console/drawings. `npm run docs` writes README and
// the example from there.

const root = join(import.meta.dirname, '..')
const names = Object.keys(settings) as SettingName[]

function defaultOf(name: SettingName): string {
  const value = settings[name].parse(undefined)
  return value === null ? '' : String(value)
}

function tableRow(name: SettingName): string {
  const value = defaultOf(name)
  const secret = isSecret(name) ? ` A secret: \`${name}_FILE\` may name a file that holds it.` : ''
  return `| \`${name}\` | ${value && `\`${value}\``} | ${settings[name].description}.${secret} |`
}

const table = () =>
  ['| name | default | what |', '|---|---|---|', ...names.map(tableRow)].join('\n')

it('shows every setting, and three views of the dashboard, in the README', async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const settingMarks = /(<!-- settings -->\n)[\s\S]*?(<!-- \/settings -->)/
  const drawingMarks = /(<!-- drawing (\S+) -->\n)[\s\S]*?(<!-- \/drawing -->)/g
  expect(readme).toMatch(settingMarks)
  expect(readme.match(drawingMarks)).toHaveLength(3)
  const told = readme
    .replace(settingMarks, (_, begin, end) => `${begin}${table()}\n${end}`)
    .replace(drawingMarks, (_, begin, name, end) => {
      const drawing = readFileSync(join(root, `test/console/drawings/${name}.txt`), 'utf8')
      return `${begin}\`\`\`\n${drawing}\`\`\`\n${end}`
    })
  await expect(told).toMatchFileSnapshot(join(root, 'README.md'))
})

it('shows every setting in the example for systemd', async () => {
  const lines = names.flatMap((name) => {
    const value = defaultOf(name)
    return [`# ${settings[name].description}.`, `#${name}=${value}`, '']
  })
  const head = [
    '# Settings of platen, read by systemd and by every verb of the command line.',
    "# A value with a # or a blank in it stands in single quotes: NAME='a#b'.",
    '',
  ]
  await expect([...head, ...lines].join('\n')).toMatchFileSnapshot(
    join(root, 'systemd/platen.env.example'),
  )
})
