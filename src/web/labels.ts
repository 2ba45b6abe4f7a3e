import type { Html } from '../core/html.ts'
import { visiblePrinters } from '../core/people/access.ts'
import { type LabelJob, sheets } from '../core/printers/label-sheets.ts'
import { type LabelSettings, labelUrl, labelWarning } from '../core/printers/label-url.ts'
import { labelsOf } from '../core/printers/labels.ts'
import { Refusal } from '../core/refusal.ts'
import { type Answer, page, type Route, type SignedAsk } from './answer.ts'
import { drawnSheets, pdfAnswer, zplAnswer, zplOf } from './label-files.ts'
import { chosenPrinters, formQuery, jobOf } from './label-wish.ts'
import { labelsPage, type Typed } from './pages/labels.ts'
import { labelsToPrint } from './pages/labels-print.ts'
import { readQuery } from './query.ts'
import { showAgain } from './show-again.ts'
import { type BoardParts, viewOf } from './views.ts'

// Labels with QR codes: a page to print, a PDF, ZPL.

export interface LabelParts extends BoardParts, LabelSettings {
  readonly labelPdf: (job: LabelJob) => Promise<Uint8Array>
}

export function labelRoutes(parts: LabelParts): Route[] {
  const room = createRoom(parts)
  const look = { method: 'GET', as: 'page', who: 'signed in', needs: 'printers look' } as const
  return [
    { ...look, path: '/labels', answer: room.choose },
    { ...look, path: '/labels/print', answer: room.print },
    { ...look, path: '/labels.pdf', answer: room.pdf },
    { ...look, path: '/labels.zpl', answer: room.zpl },
  ]
}

function createRoom(parts: LabelParts) {
  const { store } = parts

  /** What is wrong stands above what was typed, on whichever page it was asked for. */
  function orAgain(ask: SignedAsk, work: () => Answer | Promise<Answer>): Promise<Answer> {
    return showAgain(work, ({ message }) => chooser(ask, typedIn(ask.query), message))
  }

  function chooser(ask: SignedAsk, typed: Typed, trouble: string | null): Html {
    const { state } = store
    const inReach = visiblePrinters(state, ask.person).filter(({ isActive }) => isActive)
    return labelsPage(viewOf(parts, ask), typed, {
      printers: trouble === null ? chosenPrinters(state, ask.person, typed) : [],
      nothing: inReach.length > 0 ? null : ask.person.reach === 'all' ? 'site' : 'person',
      groups: Object.values(state.groups)
        .filter(({ id }) => inReach.some(({ group }) => group === id))
        .map(({ id, name }) => [id, name] as const),
      buildings: [...new Set(inReach.flatMap(({ building }) => building ?? []))].toSorted(),
      trouble,
      refused: whyRefused(parts),
      warning: labelWarning(parts),
    })
  }

  const wished = ({ query }: SignedAsk) => readQuery(query, formQuery)
  const jobFor = (ask: SignedAsk): LabelJob => {
    const wish = wished(ask)
    return jobOf(wish, chosenPrinters(store.state, ask.person, wish), parts)
  }

  return {
    choose: (ask: SignedAsk) =>
      orAgain(ask, () => {
        const wish = wished(ask)
        // Only what stands on a sheet is shown on one.
        jobOf({ ...wish, calibration: '1' }, [], parts)
        return page(200, chooser(ask, typedIn(ask.query), null))
      }),
    print: (ask: SignedAsk) =>
      orAgain(ask, async () => {
        const job = jobFor(ask)
        const drawn = await drawnSheets(job)
        return page(200, labelsToPrint(viewOf(parts, ask), sheets[job.sheet], drawn))
      }),
    pdf: (ask: SignedAsk) =>
      orAgain(ask, async () => {
        const job = jobFor(ask)
        const name = job.isCalibration ? `calibration-${job.sheet}.pdf` : 'labels.pdf'
        return pdfAnswer(await parts.labelPdf(job), name)
      }),
    zpl: (ask: SignedAsk) =>
      orAgain(ask, async () => {
        const wish = wished(ask)
        const printers = chosenPrinters(store.state, ask.person, wish)
        return zplAnswer(await zplOf(labelsOf(printers, parts), wish))
      }),
  }
}

/** Why none is printed now; null where nothing stands against it. */
function whyRefused(settings: LabelSettings): string | null {
  try {
    labelUrl(settings, '')
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

/** As it was typed, right or wrong. */
function typedIn(query: URLSearchParams): Typed {
  const of = (field: keyof Typed, otherwise = '') => query.get(field) ?? otherwise
  return {
    ...{ printer: of('printer'), group: of('group'), building: of('building'), q: of('q') },
    ...{
      sheet: of('sheet', 'avery-5160'),
      start: of('start', '1'),
      x: of('x', '0'),
      y: of('y', '0'),
    },
    ...{ dpmm: of('dpmm', '8'), width: of('width', '57'), height: of('height', '32') },
  }
}
