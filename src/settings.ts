import { z } from 'zod'
import { layoutWishes } from './console/layout.ts'
import { readLogLevels } from './log.ts'

// Every setting once: its default, its words, whether it is a secret. README's table and
// systemd/platen.env.example are made from this (`npm run docs`). Read in main.ts, handed down.

const text = z.string()
const optional = text.nullable().default(null)
const whole = (least: number, most: number) =>
  text
    .trim()
    .regex(/^\d+$/, 'is no whole number')
    .transform(Number)
    .pipe(z.int().min(least).max(most))
const yesOrNo = text
  .trim()
  .toLowerCase()
  .pipe(z.enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off']))
  .transform((word) => ['true', '1', 'yes', 'on'].includes(word))
const timeZone = text.refine(isTimeZone, 'is not a time zone like Europe/Berlin')
const address = /[^\s<>@,;]+@[^\s<>@,;]+/.source
const sender = text.regex(
  new RegExp(`^(${address}|[^<>@]*<${address}>)$`),
  'is no address like platen@school.edu',
)
const addresses = text.regex(
  new RegExp(`^${address}(\\s*[,;]\\s*${address})*$`),
  'is no address like printers@school.edu, nor several with commas between',
)
const timeOfDay = text.trim().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time of day like 03:00')
const publicUrl = text
  .refine(isHttpUrl, 'is not an address like https://print.school.edu')
  .refine(isWithoutName, 'carries a name or a password, and all that is made of it would too')

export const settings = {
  PLATEN_DATA_DIR: text.default('data').describe('Folder of everything that is kept'),
  PLATEN_SITE: optional.describe(
    "Name of this site, to tell several apart; the host's name where missing",
  ),
  PLATEN_HTTP_HOST: text
    .default('0.0.0.0')
    .describe('Address that the site and the feed listen on'),
  PLATEN_HTTP_PORT: whole(0, 65535).default(8080).describe('Port of the site and the feed'),
  PLATEN_PUBLIC_URL: publicUrl
    .nullable()
    .default(null)
    .describe('Address that people reach the site at; labels and links in letters need it'),
  PLATEN_PROXY: z
    .union([z.ipv4(), z.ipv6()], 'is no address like 127.0.0.1')
    .nullable()
    .default(null)
    .describe(
      'Address of the reverse proxy before platen; it alone is believed whose request it is (X-Forwarded-For)',
    ),
  PLATEN_LABELS: z
    .enum(['checked', 'any'])
    .default('checked')
    .describe(
      'Whether labels are printed for any PLATEN_PUBLIC_URL, or for one alone that will last: no IP address, no .local',
    ),
  PLATEN_OIDC_ISSUER: publicUrl
    .nullable()
    .default(null)
    .describe('OpenID provider that people may sign in at, beside their password here'),
  PLATEN_OIDC_CLIENT_ID: optional.describe('What platen is called at the OpenID provider'),
  PLATEN_OIDC_CLIENT_SECRET: optional
    .describe('Its secret there; none where the provider knows platen as a public client')
    .meta({ secret: true }),
  PLATEN_OIDC_NAME: text
    .default('campus account')
    .describe('What people call the account that they sign in with there'),
  PLATEN_OIDC_EMAIL: z
    .enum(['verified', 'any'])
    .default('verified')
    .describe(
      'Which e-mail address of the provider finds the account here at the first sign-in; `any`: also one that it has not verified',
    ),
  PLATEN_CONSOLE: z
    .enum(['auto', 'on', 'off'])
    .default('auto')
    .describe('The dashboard: `auto` is on where standard output is a terminal'),
  PLATEN_CONSOLE_LAYOUT: z
    .enum([...layoutWishes, 'wall'])
    .default('auto')
    .describe(
      'How the dashboard is laid out: `auto` by the size of the screen, one of the sizes, or `wall`, big and without keys',
    ),
  PLATEN_CONSOLE_WALL_MINUTES: whole(0, 1440)
    .default(5)
    .describe('Minutes without a key after which the dashboard turns into the wall; 0: never'),
  PLATEN_CONSOLE_NIGHT: text
    .trim()
    .regex(
      /^(off|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$/,
      'is no span of time like 22:00-06:00, nor off',
    )
    .default('22:00-06:00')
    .describe('When the wall is drawn dim, in PLATEN_TIME_ZONE; `off`: never'),
  PLATEN_CONSOLE_NAMES: z
    .enum(['initials', 'full'])
    .default('initials')
    .describe('How people are named on the dashboard, which hangs in a room with students'),
  PLATEN_CONSOLE_PIN: text
    .regex(/^\d{4,12}$/, 'is no number of 4 to 12 digits')
    .nullable()
    .default(null)
    .describe('Asked on the dashboard before anything is changed there; looking needs none')
    .meta({ secret: true }),
  PLATEN_CONSOLE_BELL: z
    .enum(['off', 'on'])
    .default('off')
    .describe("The terminal's bell for a new error or ticket, once a minute at most"),
  PLATEN_TIME_ZONE: timeZone
    .nullable()
    .default(null)
    .describe("Time zone that people are shown times in; the system's where missing"),
  PLATEN_LOG_LEVEL: text
    .refine((given) => readLogLevels(given) !== null, 'is no level like info, nor info snmp=debug')
    .default('info')
    .describe(
      'How much is logged: `debug`, `info`, `warn`, `error` or `silent`; behind it rooms that say more or less: `info snmp=debug`',
    ),
  PLATEN_PORTAL_STATUS: z
    .enum(['none', 'coarse'])
    .default('none')
    .describe("What the QR page tells of the printer's state"),
  PLATEN_PORTAL_NAME: z
    .enum(['required', 'optional', 'off'])
    .default('optional')
    .describe('Whether the QR page asks for a name'),
  PLATEN_PORTAL_EMAIL: z
    .enum(['required', 'optional', 'off'])
    .default('optional')
    .describe('Whether the QR page asks for an e-mail address'),
  PLATEN_PORTAL_REPORTS_PER_HOUR: whole(1, 1_000_000)
    .default(300)
    .describe('Reports that the QR pages of all printers take together in an hour'),
  PLATEN_SUMMARY_TIME: timeOfDay
    .default('07:00')
    .describe('When the daily summary of tickets is sent, in PLATEN_TIME_ZONE'),
  PLATEN_REPORTER_DAYS: whole(1, 3650)
    .default(180)
    .describe('Days after which a settled ticket forgets who reported it, and their words'),
  PLATEN_TICKET_DAYS: whole(1, 36_500)
    .default(1095)
    .describe('Days after which a settled ticket goes; the journal keeps what was done'),
  PLATEN_BACKUP_TIME: timeOfDay
    .default('03:00')
    .describe('When the daily backup is made, in PLATEN_TIME_ZONE'),
  PLATEN_BACKUP_DIR: optional.describe(
    'Folder elsewhere, a mounted share say, that each backup is copied to',
  ),
  PLATEN_BACKUP_LETTERS: z
    .enum(['failures', 'always'])
    .default('failures')
    .describe('Which backups EMAIL_TO is told of'),
  SNMP_COMMUNITY: text
    .default('public')
    .describe('Community of printers that have none of their own')
    .meta({ secret: true }),
  SNMP_VERSION: z
    .enum(['auto', '1', '2c', '3'])
    .default('auto')
    .describe('Version of printers that have none of their own: `auto` asks for 2c, then 1'),
  SNMP_USERS: optional
    .describe(
      'Users of SNMP 3, with `;` or a line each: `NAME`, `NAME SHA256 PASSPHRASE` or ' +
        '`NAME SHA256 PASSPHRASE AES PASSPHRASE`',
    )
    .meta({ secret: true }),
  SNMP_TIMEOUT: z.coerce
    .number()
    .min(0.1)
    .max(60)
    .default(3)
    .describe('Seconds to wait for an answer'),
  SNMP_RETRIES: whole(0, 10).default(1).describe('How often an unanswered request is sent again'),
  SNMP_POLL_INTERVAL_SECONDS: whole(5, 86_400)
    .default(300)
    .describe('Seconds between two readings of a printer'),
  SNMP_ERROR_INTERVAL_SECONDS: whole(5, 86_400)
    .default(60)
    .describe('Seconds between two readings of a printer that stands still, or whose alarm waits'),
  SNMP_TRAP_PORT: whole(0, 65535)
    .default(162)
    .describe(
      'Port that traps of printers are heard on: each is a hint to read that one now; 0: none',
    ),
  SNMP_CONCURRENCY: whole(1, 1024).default(128).describe('Printers that are read at the same time'),
  SUPPLY_WARNING_PERCENT: whole(0, 100).default(20).describe('Below this a supply is a warning'),
  SUPPLY_ERROR_PERCENT: whole(0, 100).default(10).describe('Below this a supply is an error'),
  ALARM_READINGS: whole(1, 10)
    .default(2)
    .describe(
      'Readings in a row that an alarm takes to count, and to go; what stops the printer counts at once',
    ),
  IPP_PORT: whole(0, 65535)
    .default(631)
    .describe('Port of IPP, asked where SNMP leaves a gap; 0: never asked'),
  EMAIL_HOST: optional.describe('Mail server; without one letters wait and the pages say so'),
  EMAIL_PORT: whole(1, 65535).default(587).describe('Port of the mail server'),
  EMAIL_USE_TLS: yesOrNo
    .default(true)
    .describe('STARTTLS before anything else is said; port 465 speaks TLS from the start'),
  EMAIL_CA_FILE: optional.describe(
    "Certificates (PEM) of a house's own authority that signed the mail server's; it is always verified",
  ),
  EMAIL_HOST_USER: optional.describe('Account at the mail server'),
  EMAIL_HOST_PASSWORD: optional.describe('Its password').meta({ secret: true }),
  DEFAULT_FROM_EMAIL: sender
    .nullable()
    .default(null)
    .describe("Sender of letters; platen@ and the site's host where missing"),
  EMAIL_TO: addresses
    .nullable()
    .default(null)
    .describe('Who gets letters that are for nobody in particular; several with commas between'),
  ISSUE_SUMMARY_RECIPIENT: addresses
    .nullable()
    .default(null)
    .describe('Who gets the daily summary; EMAIL_TO where missing'),
} as const

export type SettingName = keyof typeof settings

export const isSecret = (name: SettingName): boolean => settings[name].meta()?.secret === true

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function isHttpUrl(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
}

function isWithoutName(address: string): boolean {
  if (!URL.canParse(address)) return true
  const { username, password } = new URL(address)
  return username === '' && password === ''
}
