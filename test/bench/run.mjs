// npm run bench: ratios against a named rival or limit in the same run; absolute times say nothing.
import { benchFeed } from './feed.mjs'
import { benchStore } from './store.mjs'
import { benchSweep } from './sweep.mjs'

const all = { sweep: benchSweep, feed: benchFeed, store: benchStore }
const wanted = process.argv.slice(2)
for (const name of wanted.length > 0 ? wanted : Object.keys(all)) await all[name]()
process.exit(0)
