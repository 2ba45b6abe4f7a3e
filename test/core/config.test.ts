import { describe, expect, it } from 'vitest'
import { readConfig, WrongConfig } from '../../src/config.ts'

const noFiles = (path: string): string => {
  throw new Error(`no file ${path}`)
}

function mistakesOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env, noFiles)
  } catch (error) {
    if (error instanceof WrongConfig) return error.mistakes
    throw error
  }
  return []
}

describe('the settings', () => {
  it('are all there when nothing is set', () => {
    expect(readConfig({}, noFiles)).toMatchObject({
      PLATEN_HTTP_HOST: '0.0.0.0',
      PLATEN_HTTP_PORT: 8080,
      SNMP_COMMUNITY: 'public',
      SNMP_VERSION: 'auto',
      SNMP_TIMEOUT: 3,
      SNMP_RETRIES: 1,
      SNMP_POLL_INTERVAL_SECONDS: 300,
      SUPPLY_WARNING_PERCENT: 20,
      SUPPLY_ERROR_PERCENT: 10,
      EMAIL_HOST: null,
    })
  })

  it('count as missing when they are empty, as an untouched line of platen.env is', () => {
    expect(readConfig({ PLATEN_HTTP_PORT: '', EMAIL_HOST: '' }, noFiles)).toMatchObject({
      PLATEN_HTTP_PORT: 8080,
      EMAIL_HOST: null,
    })
  })

  it('are refused all at once, each with what is wrong', () => {
    const mistakes = mistakesOf({
      PLATEN_HTTP_PORT: '70000',
      PLATEN_COLOUR: 'blue',
      PLATEN_PUBLIC_URL: 'print.school.edu',
      PLATEN_TIME_ZONE: 'Mars/Olympus',
      SNMP_TIMEOUT: 'soon',
      SNMP_POLL_INTERVAL_SECONDS: '1',
      SUPPLY_ERROR_PERCENT: '10',
    })
    expect(mistakes).toHaveLength(6)
    for (const name of ['PORT', 'COLOUR', 'PUBLIC_URL', 'TIME_ZONE', 'TIMEOUT', 'INTERVAL'])
      expect(mistakes.some((mistake) => mistake.includes(name))).toBe(true)
  })

  it('refuse an address with a password in it, and show none of it', () => {
    const [mistake = ''] = mistakesOf({ PLATEN_PUBLIC_URL: 'https://ada:s3cret@print.school.edu' })
    expect(mistake).toContain('carries a name or a password')
    expect(mistake).toContain('https://<secret>@print.school.edu')
    expect(mistake).not.toContain('s3cret')
  })

  it('refuse a PIN that cannot be typed as digits, and do not show it', () => {
    const [mistake = ''] = mistakesOf({ PLATEN_CONSOLE_PIN: '12ab' })
    expect(mistake).toContain('PLATEN_CONSOLE_PIN is <secret>: is no number of 4 to 12 digits')
  })

  it('refuse an error threshold above the warning', () => {
    expect(mistakesOf({ SUPPLY_ERROR_PERCENT: '30' })).toHaveLength(1)
  })

  it('take a secret from a file, and never show it in a mistake', () => {
    const readFile = (path: string) => (path === '/run/community' ? 's3cret\n' : noFiles(path))
    expect(readConfig({ SNMP_COMMUNITY_FILE: '/run/community' }, readFile).SNMP_COMMUNITY).toBe(
      's3cret',
    )
    const both = mistakesOf({ SNMP_COMMUNITY: 's3cret', SNMP_COMMUNITY_FILE: '/run/community' })
    expect(both).toEqual(['SNMP_COMMUNITY and SNMP_COMMUNITY_FILE are both set; keep one'])
    expect(mistakesOf({ EMAIL_HOST_PASSWORD_FILE: '/nowhere' })).toEqual([
      'EMAIL_HOST_PASSWORD_FILE cannot be read: no file /nowhere',
    ])
  })
})
