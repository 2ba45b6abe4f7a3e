import { accountRoutes } from './account.ts'
import type { Route } from './answer.ts'
import { accountOperations } from './api/account.ts'
import { groupOperations } from './api/groups.ts'
import { importOperations } from './api/imports.ts'
import { labelOperations } from './api/labels.ts'
import { personOperations } from './api/people.ts'
import { pollOperations } from './api/polls.ts'
import { printerActOperations } from './api/printer-acts.ts'
import { printerOperations } from './api/printers.ts'
import { reportOperations } from './api/reports.ts'
import { systemOperations } from './api/system.ts'
import { ticketOperations } from './api/tickets.ts'
import type { Events } from './events.ts'
import { exportRoutes } from './exports.ts'
import { firstRunRoutes } from './first-run.ts'
import { groupRoutes } from './groups.ts'
import { healthRoutes } from './health.ts'
import { importRoutes } from './imports.ts'
import { labelRoutes } from './labels.ts'
import { openIdRoutes } from './openid.ts'
import { peopleRoutes } from './people.ts'
import { portalRoutes } from './portal.ts'
import { printerRoutes } from './printers.ts'
import { receiptRoutes } from './receipt.ts'
import { reportRoutes } from './reports.ts'
import type { Searches } from './searches.ts'
import type { WebParts } from './server.ts'
import type { SignIn } from './session.ts'
import { settingRoutes } from './settings.ts'
import { signInRoutes } from './sign-in.ts'
import { statusRoutes } from './status.ts'
import { systemRoutes } from './system.ts'
import { ticketRoutes } from './tickets.ts'
import type { FleetParts } from './views.ts'

/** Every room's ways in, one line each: pages first, then `/api/v1`, then what is open to anybody. */
export function roomsOf(
  parts: WebParts & FleetParts & { readonly searches: Searches },
  { signIn, events }: { readonly signIn: SignIn; readonly events: Pick<Events, 'routes'> },
): Route[] {
  const signedIn = { ...parts, signIn }
  return [
    ...healthRoutes(parts),
    ...statusRoutes(parts),
    ...signInRoutes(signedIn),
    ...firstRunRoutes(signedIn),
    ...openIdRoutes(signedIn),
    ...importRoutes(parts),
    ...exportRoutes(parts),
    ...labelRoutes(parts),
    ...printerRoutes(parts),
    ...groupRoutes(parts),
    ...ticketRoutes(parts),
    ...reportRoutes(parts),
    ...peopleRoutes(signedIn),
    ...accountRoutes(signedIn),
    ...settingRoutes(parts),
    ...systemRoutes(parts),
    ...printerOperations(parts),
    ...printerActOperations(parts),
    ...pollOperations(parts),
    ...groupOperations(parts),
    ...ticketOperations(parts),
    ...reportOperations(parts),
    ...personOperations(signedIn),
    ...accountOperations(parts),
    ...importOperations(parts),
    ...labelOperations(parts),
    ...systemOperations(parts),
    ...portalRoutes(parts),
    ...receiptRoutes(parts),
    ...events.routes,
  ]
}
