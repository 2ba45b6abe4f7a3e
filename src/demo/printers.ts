// The printers of the demo: made-up ones, a walk of ours for each in walks/, and where they stand.

export const demoPrinters = {
  'mono-laser': { label: 'LIB-1F-1', building: 'Library', location: '1st floor', group: 'Library' },
  'colour-laser': {
    label: 'LIB-2F-1',
    building: 'Library',
    location: '2nd floor',
    group: 'Library',
  },
  'multi-function': {
    label: 'LIB-2F-2',
    building: 'Library',
    location: 'Staff room',
    group: 'Library',
  },
  sleeper: { label: 'LIB-3F-1', building: 'Library', location: 'Reading', group: 'Library' },
  chinese: { label: 'ADM-201', building: '行政楼', location: '二层', group: 'Library' },
  'old-v1': { label: 'SCI-101', building: 'Science', location: '101', group: 'Science' },
  'vague-levels': { label: 'SCI-102', building: 'Science', location: '102', group: 'Science' },
  jams: { label: 'SCI-HALL', building: 'Science', location: 'Hall', group: 'Science' },
  dead: { label: 'SCI-204', building: 'Science', location: '204', group: 'Science' },
} as const

export type DemoPrinter = keyof typeof demoPrinters

export const demoNames = Object.keys(demoPrinters) as DemoPrinter[]
