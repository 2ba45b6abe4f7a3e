import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

// The house's borders. Changing the architecture means changing this file.

const src = join(import.meta.dirname, '../src')
const edges = ['disk', 'snmp', 'console', 'web', 'mail', 'cli', 'demo', 'paper']
const pieces = [
  'refusal',
  'act',
  'change',
  'clock',
  'ids',
  'csv',
  'html',
  'grouped',
  'qr',
  'plain-letters',
  'decode-text',
  'looked-for',
  'capital',
  'as-counted',
  'store',
  'state',
  'box',
  'readonly',
  'log',
]

/** Room of the core -> rooms that it may use, beside the pieces and itself. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  journal: [],
  schedule: [],
  backup: ['outbox', 'journal'],
  outbox: ['journal'],
  people: ['journal'],
  printers: ['journal'],
  status: ['printers', 'outbox', 'journal'],
  counters: ['status'],
  questions: ['printers', 'status', 'counters', 'journal'],
  tickets: ['printers', 'status', 'schedule', 'people', 'outbox', 'journal'],
  jobs: ['people', 'outbox', 'journal'],
  contracts: ['printers', 'journal'],
  reports: ['contracts', 'status', 'outbox'],
}

/** Library -> the only files that import it. */
const libraries: Readonly<Record<string, readonly string[]>> = {
  blessed: ['console/screen.ts'],
  'blessed-contrib': ['console/screen.ts'],
  'any-ascii': ['core/plain-letters.ts'],
  'net-snmp': ['snmp/v3/sender.ts', 'snmp/traps/sealed.ts'],
  'ipaddr.js': ['snmp/discovery/range.ts'],
  'multicast-dns': ['snmp/discovery/mdns.ts'],
  lowdb: ['disk/snapshot.ts'],
  tar: ['disk/backup/archive.ts'],
  polka: ['web/server.ts'],
  sirv: ['web/static.ts'],
  nodemailer: ['mail/transport.ts'],
  'node-cron': ['timetable.ts'],
  pino: ['log.ts'],
  papaparse: ['core/csv.ts'],
  pdfkit: ['paper/pdf.ts'],
  'lean-qr': ['core/qr.ts'],
  'openid-client': ['web/openid.ts'],
  'smtp-server': ['demo/post.ts'],
  'postal-mime': ['demo/post.ts'],
}

interface Import {
  readonly file: string
  readonly of: string
  readonly typeOnly: boolean
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
)
const text = (file: string) => readFileSync(join(src, file), 'utf8')
const imports: Import[] = files.flatMap((file) =>
  [
    ...text(file).matchAll(
      /(import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)|import\s+'([^']+)'/g,
    ),
  ].map((match) => ({
    file,
    of: match[3] ?? match[4] ?? match[5] ?? '',
    typeOnly: match[2] !== undefined,
  })),
)

/** `core/printers/printer.ts`, from the file that says `'./printer.ts'`. */
const target = ({ file, of }: Import) => relative(src, join(src, dirname(file), of))
const ours = imports.filter(({ of }) => of.startsWith('.'))
const top = (file: string) => file.split('/')[0] ?? ''
const where = ({ file, of }: Import) => `${file} imports ${of}`

describe('the house', () => {
  it('is read whole', () => {
    expect(files.length).toBeGreaterThan(40)
    expect(ours.length).toBeGreaterThan(80)
    expect(ours.filter((one) => !files.includes(target(one))).map(where)).toEqual([])
  })

  it('has a core that knows nobody', () => {
    const strangers = ours.filter((one) => top(one.file) === 'core' && top(target(one)) !== 'core')
    expect(strangers.map(where)).toEqual([])
  })

  it('has edges that know the core and no other edge', () => {
    const strangers = ours.filter(
      (one) => edges.includes(top(one.file)) && ![top(one.file), 'core'].includes(top(target(one))),
    )
    expect(strangers.map(where)).toEqual([])
  })

  it('has no folder beside the core and the edges', () => {
    const folders = new Set(files.filter((file) => file.includes('/')).map(top))
    expect([...folders].filter((folder) => folder !== 'core' && !edges.includes(folder))).toEqual(
      [],
    )
  })

  it('is wired in app.ts, which only main.ts knows', () => {
    const knowing = ours.filter((one) => target(one) === 'app.ts').map(({ file }) => file)
    expect([...new Set(knowing)]).toEqual(['main.ts'])
  })

  it('lets each room of the core use only its neighbours of the table', () => {
    const strangers = ours.filter((one) => {
      const [, from = '', inRoom] = one.file.split('/')
      const [, to = '', toRoom] = target(one).split('/')
      if (top(one.file) !== 'core' || !inRoom) return false
      if (!toRoom) return !pieces.includes(to.replace('.ts', ''))
      return from !== to && !rooms[from]?.includes(to)
    })
    expect(strangers.map(where)).toEqual([])
  })

  it('keeps state.ts above the singular files, which never import it', () => {
    const singular = ours.filter((one) => one.file === 'core/state.ts').map(target)
    const circles = ours.filter(
      (one) => singular.includes(one.file) && target(one) === 'core/state.ts',
    )
    expect(circles.map(where)).toEqual([])
  })

  it('imports each library in its machine file only, and none in the core but zod and node:crypto', () => {
    const strangers = imports.filter(({ file, of }) => {
      if (of.startsWith('.') || file.endsWith('.d.ts')) return false
      const name = of.startsWith('@')
        ? of.split('/').slice(0, 2).join('/')
        : (of.split('/')[0] ?? '')
      if (libraries[name]) return !libraries[name].includes(file)
      if (top(file) === 'core') return !['zod', 'node:crypto'].includes(of)
      return !of.startsWith('node:') && of !== 'zod'
    })
    expect(strangers.map(where)).toEqual([])
  })

  it.each([
    [
      'the clock in the core',
      /\bDate\.now\(|new Date\(\)|performance\.now/,
      (file: string) => top(file) === 'core',
    ],
    ['process.env outside main.ts', /process\.env\b/, (file: string) => file !== 'main.ts'],
    ['process.exit outside main.ts', /process\.exit\b/, (file: string) => file !== 'main.ts'],
    ['console.log', /\bconsole\.(log|error|warn|info)\(/, () => true],
    ['any', /\bas any\b|<any>|\bas unknown as\b/, () => true],
    ['default exports', /^export default/m, () => true],
    ['a TODO', /\b(TODO|FIXME|XXX)\b/, () => true],
  ])('has no %s', (_, words, forbidden) => {
    expect(files.filter((file) => forbidden(file) && words.test(text(file)))).toEqual([])
  })

  it('has no doubles of libraries, no skipped test and no test run alone', () => {
    const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        file.endsWith('.ts') && !file.includes('node_modules') && file !== 'architecture.test.ts',
    )
    const words =
      /\bvi\.(mock|spyOn|fn|stubGlobal)\b|\b(it|test|describe)\.(skip|only|todo|fails)\b|\bas any\b|<any>/
    const bad = tests.filter((file) =>
      words.test(readFileSync(join(import.meta.dirname, file), 'utf8')),
    )
    expect(bad).toEqual([])
  })
})
