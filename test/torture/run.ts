import { fleetMemory } from './fleet-memory.ts'
import { growth } from './growth.ts'
import { search } from './search.ts'

// npm run torture [-- COUNT [SEED]]: damaged answers, as many as are wanted.
// npm run torture -- growth [ROUNDS]: what 60 printers of each kind leave behind.
// npm run torture -- memory [PRINTERS]: what a simulated fleet takes ($PRINTER_FLEET, $RECORDINGS).

const [what = '2000000', more] = process.argv.slice(2)
const seed = Number(more ?? Date.now() % 2 ** 31)
const wrong =
  what === 'growth'
    ? await growth(Number(more ?? 200))
    : what === 'memory'
      ? await fleetMemory(Number(more ?? 1000))
      : await search(Number(what), seed).then((found) => found && `seed ${seed}, ${found}`)
if (wrong !== null) console.error(wrong)
process.exit(wrong === null ? 0 : 1)
