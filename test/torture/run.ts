import { searchAgain, searchForLong } from './crashes.ts'
import { fleetMemory } from './fleet-memory.ts'
import { growth } from './growth.ts'
import { search } from './search.ts'

// npm run torture [-- COUNT [SEED]]: damaged answers, as many as are wanted.
// npm run torture -- growth [ROUNDS]: what 60 printers of each kind leave behind.
// npm run torture -- memory [PRINTERS]: what a simulated fleet takes ($PRINTER_FLEET, $RECORDINGS).
// npm run torture -- crashes [COUNT [SEED]]: power cuts, as many states of the disk as are wanted.
// npm run torture -- crash SEED [MOMENT CHOICES]: one history again, or one crash of it.

const [what = '2000000', more, ...rest] = process.argv.slice(2)
const someSeed = Date.now() % 2 ** 31
const wrong = await run()
if (wrong !== null) console.error(wrong)
process.exit(wrong === null ? 0 : 1)

function run(): Promise<string | null> {
  const [third, fourth = ''] = rest
  switch (what) {
    case 'growth':
      return growth(Number(more ?? 200))
    case 'memory':
      return fleetMemory(Number(more ?? 1000))
    case 'crashes':
      return searchForLong(Number(more ?? 1_000_000), Number(third ?? someSeed))
    case 'crash': {
      const choices = fourth === '' ? [] : fourth.split('.').map(Number)
      return searchAgain(
        Number(more),
        third === undefined ? null : { moment: Number(third), choices },
      )
    }
    default: {
      const seed = Number(more ?? someSeed)
      return search(Number(what), seed).then((found) => found && `seed ${seed}, ${found}`)
    }
  }
}
