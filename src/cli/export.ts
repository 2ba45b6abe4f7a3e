import { parseArgs } from 'node:util'
import { type Verb, WrongUsage } from './verb.ts'

export const exportVerb: Verb = {
  help: `platen export printers|tickets [--out FILE]

  printers   the printers and their groups as the CSV that import takes, communities included: keep
             the file to yourself
  tickets    all that are kept, with who reported them, as a CSV for a spreadsheet; times in UTC

  --out FILE   write to this file, not to standard output
`,
  async run(args, desk) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: 'string' } },
    })
    const [what, ...more] = positionals
    if (more.length > 0 || (what !== 'printers' && what !== 'tickets'))
      throw new WrongUsage('Say what to export: printers or tickets.')
    const csv = await desk.ask(`${what} export`, {})
    if (values.out) desk.writeFile(values.out, csv)
    else desk.out(csv)
    return 0
  },
}
