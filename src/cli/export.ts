import { parseArgs } from 'node:util'
import { type Verb, WrongUsage } from './verb.ts'

export const exportVerb: Verb = {
  help: `platen export printers [--out FILE]

  Writes the printers and their groups as the CSV that import takes, communities included: keep the
  file to yourself.

  --out FILE   write to this file, not to standard output
`,
  async run(args, desk) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: 'string' } },
    })
    if (positionals.length !== 1 || positionals[0] !== 'printers')
      throw new WrongUsage('Say what to export: printers.')
    const csv = await desk.ask('printers export', {})
    if (values.out) desk.writeFile(values.out, csv)
    else desk.out(csv)
    return 0
  },
}
