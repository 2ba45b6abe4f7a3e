import type { Printer } from '../../core/printers/printer.ts'

/** 'Library, Room 12'; empty where nobody wrote it down. */
export function placeOf({ building, location }: Printer): string {
  return [building, location].filter(Boolean).join(', ')
}
