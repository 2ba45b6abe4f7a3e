import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'

// The least that a disk allows: lines appended and flushed, so many together. bare.mjs FILE BYTES TOGETHER COUNT

const [path, bytes, together, count] = process.argv.slice(2)
const file = openSync(path, 'a')
const lines = Buffer.alloc(Number(bytes) * Number(together), 'x')
const started = performance.now()
for (let at = 0; at < Number(count); at += Number(together)) {
  writeSync(file, lines)
  fdatasyncSync(file)
}
const seconds = (performance.now() - started) / 1000
closeSync(file)
process.stdout.write(JSON.stringify({ seconds }))
