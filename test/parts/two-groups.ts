import { aGroup, aPrinter } from './records.ts'
import { aVisitor, type Visitor } from './visitor.ts'
import { type RunningWeb, startWeb } from './web.ts'

/** Two groups of a printer each, `lib` and `gym`; Ben looks after the gym, Ada after all. Both are signed in. */
export async function startTwoGroups(): Promise<{ web: RunningWeb; ada: Visitor; ben: Visitor }> {
  const web = await startWeb()
  await web.store.update((tx) => {
    for (const [id, name, ipAddress] of [
      ['lib', 'Library', '10.0.0.1'],
      ['gym', 'Gym', '10.0.0.2'],
    ] as const) {
      const [group, label] = [`g-${id}`, `${id.toUpperCase()}-1`]
      tx.put('groups', aGroup({ id: group, name }))
      tx.put('printers', aPrinter({ id, label, group, ipAddress }))
    }
  })
  await web.person('ada', 'administrator')
  await web.person('ben', 'manager', ['Gym'])
  const [ada, ben] = [aVisitor(web), aVisitor(web)]
  await ada.signIn('ada')
  await ben.signIn('ben')
  return { web, ada, ben }
}
