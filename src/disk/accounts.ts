import { existsSync, readFileSync } from 'node:fs'

// The accounts of this machine, for sentences that say who has to do something.

/** The number of the account that this process acts as. */
export function ourNumber(): number {
  return process.geteuid?.() ?? 0
}

/** By its name where /etc/passwd tells one, else as `sudo -u` takes a number. */
export function accountName(number: number): string {
  const accounts = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : []
  const fields = accounts.map((line) => line.split(':')).find((of) => of[2] === String(number))
  return fields?.[0] || `#${number}`
}
