import { connect } from 'node:net'

// Connections that each ask again as soon as they have the whole answer: site-clients.mjs PORT PATH COUNT
// SECONDS [AUTHORIZATION]. It reads no more of an answer than its length, so that the server is what counts.

const [port, path, count, seconds, authorization = ''] = process.argv.slice(2)
const asked = [
  `GET ${path} HTTP/1.1`,
  'Host: 127.0.0.1',
  ...(authorization ? [`Authorization: ${authorization}`] : []),
  '\r\n',
].join('\r\n')

let answers = 0
let counting = false

function client() {
  const socket = connect(Number(port), '127.0.0.1', () => socket.write(asked))
  let head = ''
  let left = -1
  socket.on('data', (chunk) => {
    let rest = chunk.length
    if (left < 0) {
      head += chunk.toString('latin1')
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      if (!head.startsWith('HTTP/1.1 200')) throw new Error(head.slice(0, 60))
      left = Number(/content-length: (\d+)/i.exec(head)[1])
      rest = head.length - end - 4
      head = ''
    }
    left -= rest
    if (left > 0) return
    left = -1
    if (counting) answers += 1
    socket.write(asked)
  })
}

for (let at = 0; at < Number(count); at++) client()
// Half a second until all are at it.
setTimeout(() => {
  counting = true
  const started = performance.now()
  setTimeout(() => {
    process.stdout.write(String(answers / ((performance.now() - started) / 1000)))
    process.exit(0)
  }, Number(seconds) * 1000)
}, 500)
