#!/usr/bin/env node
// The `platen` of a checkout. npm links a bin only where its file is there at `npm ci`, and dist/ is not yet.
import { existsSync } from 'node:fs'

const main = new URL('../dist/main.js', import.meta.url)
if (existsSync(main)) await import(main.href)
else {
  process.stderr.write('platen is not built yet: npm run build\n')
  process.exitCode = 1
}
