// npm run bench [PART …]: ratios against a named rival or limit in the same run; absolute times say
// nothing. BENCH_PRINTERS, BENCH_ROUNDS, BENCH_RUNS, BENCH_SECONDS and BENCH_GROWTH make it shorter.
import { benchBusy } from './busy.mjs'
import { benchConsole } from './console.mjs'
import { benchEffort } from './effort.mjs'
import { benchFeed } from './feed.mjs'
import { benchMemory } from './memory.mjs'
import { benchRecovery } from './recovery.mjs'
import { benchSite } from './site.mjs'
import { benchStore } from './store.mjs'
import { benchTickets } from './tickets.mjs'
import { benchTruth } from './truth.mjs'
import { benchWall } from './wall.mjs'
import { benchWear } from './wear.mjs'
import { benchWidth } from './width.mjs'

const sweep = {
  effort: benchEffort,
  wall: benchWall,
  memory: benchMemory,
  busy: benchBusy,
  truth: benchTruth,
  width: benchWidth,
}
const card = { store: benchStore, tickets: benchTickets, recovery: benchRecovery, wear: benchWear }
const all = { ...sweep, feed: benchFeed, site: benchSite, console: benchConsole, ...card }
const asked = process.argv.slice(2)
const wanted = asked.flatMap((name) => (name === 'sweep' ? Object.keys(sweep) : name))
for (const name of wanted.length > 0 ? wanted : Object.keys(all)) {
  if (!Object.hasOwn(all, name)) throw new Error(`no part is named ${name}`)
  await all[name]()
}
process.exit(0)
