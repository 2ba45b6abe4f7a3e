import { readFileSync } from 'node:fs'
import { connect } from 'node:net'

// Students: so many connections that each report one trouble after the other, as fast as they are told
// that it is kept. Own sockets and no HTTP library: the machine's time is for platen.
// ticket-clients.mjs PORT CLIENTS FILE: each line of the file is `TOKEN MATTER FORM`.

const [port, clients, file] = process.argv.slice(2)
const reports = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => {
    const [token, matter, form] = line.split(' ')
    const words = 'It+makes+a+grinding+noise+and+then+stops.'
    const body = `matter=${matter}&words=${words}&name=Sam&email=sam%40school.example&form=${form}`
    const type = 'application/x-www-form-urlencoded'
    return `POST /p/${token} HTTP/1.1\r\nHost: bench\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  })
const told = {}
let next = 0

const started = performance.now()
await Promise.all(Array.from({ length: Number(clients) }, one))
const seconds = (performance.now() - started) / 1000
process.stdout.write(JSON.stringify({ seconds, told }))

function one() {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', ask)
    socket.setNoDelay(true).setEncoding('latin1').on('error', reject)
    let heard = ''
    socket.on('data', (text) => {
      heard += text
      if (!heard.endsWith('\r\n\r\n')) return
      const status = heard.slice(9, 12)
      told[status] = (told[status] ?? 0) + 1
      heard = ''
      ask()
    })
    function ask() {
      const report = reports[next++]
      if (report) return socket.write(report)
      socket.destroy()
      resolve()
    }
  })
}
