import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openConsole } from './terminal.ts'

it('leaves platen time for its work while somebody pastes a page', async () => {
  const console = openConsole({ columns: 240, rows: 67 })
  await console.settled()
  const began = performance.now()
  console.input.write(`/${'jk'.repeat(2000)}`)
  await turn()
  expect(performance.now() - began).toBeLessThan(1000)
})
