import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { someFacts } from './fleet.ts'
import { openConsole } from './terminal.ts'

it('leaves platen time for its work between any two keys while somebody pastes a page', async () => {
  let drawings = 0
  const facts = () => {
    drawings += 1
    return someFacts()
  }
  const console = openConsole({ facts })
  await console.settled()
  drawings = 0
  console.input.write(`/${'jk'.repeat(2000)}`)
  for (let turns = 1; turns <= 20; turns += 1) {
    await turn()
    expect(drawings).toBeLessThan(2 * turns + 2)
  }
  while (drawings <= 990) await turn()
}, 120_000)
