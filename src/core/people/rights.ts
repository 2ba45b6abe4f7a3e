import { z } from 'zod'
import type { DeepReadonly } from '../readonly.ts'

// What a person may do: in each area nothing, look, or change; and of which printers.

export const areas = [
  'printers',
  'tickets',
  'inventory',
  'contracts',
  'reports',
  'jobs',
  'people',
  'system',
] as const
export type Area = (typeof areas)[number]

/** From the least to the most. */
export const degrees = ['none', 'look', 'change'] as const
export type Degree = (typeof degrees)[number]

/** 'tickets change': what a page or an act asks of whoever wants it. */
export type Needs = `${Area} ${Exclude<Degree, 'none'>}`

export const rights = z.record(z.enum(areas), z.enum(degrees))
export type Rights = DeepReadonly<z.infer<typeof rights>>

/** `groups`: the printers of the groups that name the person among their managers. */
export const reaches = ['all', 'groups'] as const
export type Reach = (typeof reaches)[number]

export interface Role {
  readonly reach: Reach
  readonly rights: Rights
}

export const noRights: Rights = everywhere('none')

/** What is usually given together, under the name that the office has for it. */
export const roles = {
  administrator: { reach: 'all', rights: everywhere('change') },
  manager: {
    reach: 'groups',
    rights: { ...noRights, printers: 'change', tickets: 'change', reports: 'look' },
  },
  reader: {
    reach: 'all',
    rights: { ...everywhere('look'), people: 'none', system: 'none' },
  },
} as const satisfies Record<string, Role>
export type RoleName = keyof typeof roles
export const roleNames = Object.keys(roles) as RoleName[]

/** The name of what somebody may do, where it has one. */
export function roleNameOf({ reach, rights }: Role): RoleName | null {
  const found = roleNames.find((name) => {
    const role: Role = roles[name]
    return role.reach === reach && areas.every((area) => role.rights[area] === rights[area])
  })
  return found ?? null
}

/** The lesser of both in each area. */
export function lesserOf(a: Rights, b: Rights): Rights {
  const pairs = areas.map((area) => [area, isEnough(a[area], b[area]) ? b[area] : a[area]] as const)
  return Object.fromEntries(pairs) as Rights
}

/** Whether what somebody has is enough for what is wanted. */
export function isEnough(has: Degree, wanted: Degree): boolean {
  return degrees.indexOf(has) >= degrees.indexOf(wanted)
}

function everywhere(degree: Degree): Rights {
  return Object.fromEntries(areas.map((area) => [area, degree])) as Rights
}
