import { literal } from '../../data/quote.ts'
import type { DayMarks } from '../mapping/day-marks.ts'

/** A column with days as 03/04/2025, of which the layouts do not say – or say against what it holds – whether the day comes first. */
export interface DayOrder extends Pick<
  DayMarks,
  'column' | 'from' | 'rows' | 'ambiguous' | 'day_first' | 'month_first' | 'examples'
> {
  /** What the other rows of the sample say. `mixed`: both. */
  readonly settled: Order | 'mixed' | 'open'
  /** Sentences for the operator. */
  readonly reason: string
  readonly remedy: string
}

type Order = 'day_first' | 'month_first'

/** The columns whose order of day and month needs a word of the operator. `dates` are the layouts declared now. */
export function unclearOrders(marks: readonly DayMarks[], dates: readonly string[]): DayOrder[] {
  return marks.filter(isUnclear).map((found) => {
    const { column, from, rows, ambiguous, day_first, month_first, examples } = found
    const settled = settledBy(found)
    const words = { reason: reasonOf(found, settled), remedy: remedyOf(found, settled, dates) }
    return { column, from, rows, ambiguous, day_first, month_first, examples, settled, ...words }
  })
}

function isUnclear({ open, against, day_first, month_first, ambiguous }: DayMarks): boolean {
  return open > 0 || against > 0 || (ambiguous === 0 && day_first > 0 && month_first > 0)
}

function settledBy({ day_first, month_first }: DayMarks): DayOrder['settled'] {
  if (day_first > 0 && month_first > 0) return 'mixed'
  if (day_first > 0) return 'day_first'
  return month_first > 0 ? 'month_first' : 'open'
}

function reasonOf(found: DayMarks, settled: DayOrder['settled']): string {
  const { column, from, rows, ambiguous, examples, day_first, month_first } = found
  const days = rows === 1 ? '1 day' : `${rows} days`
  const read = examples.map(({ text, day }) => `'${text}' is ${day === null ? 'not read' : `read as ${day}`}`)
  const doubt =
    `${column} from ${from}: of ${days}, ${ambiguous} may have the day first or the month` +
    (read.length === 0 ? '.' : `: ${read.join(', ')}.`)
  const day = `${counted(day_first)} the day first ('${found.a_day_first}')`
  const month = `${counted(month_first)} the month first ('${found.a_month_first}')`
  if (settled === 'mixed')
    return `MIXED DAYS: ${doubt} ${day}, ${month}: some of the others are bound to be read wrong.`
  if (settled === 'open') return `${doubt} No other row settles it.`
  return `${doubt} ${settled === 'day_first' ? day : month}, which settles it.`
}

function counted(rows: number): string {
  return rows === 1 ? '1 row has' : `${rows} rows have`
}

function remedyOf(found: DayMarks, settled: DayOrder['settled'], dates: readonly string[]): string {
  const option = (order: Order): string => `dates: [${layoutsFor(found, order, dates).map(literal).join(', ')}]`
  switch (settled) {
    case 'mixed': {
      const [day, month] = (['day_first', 'month_first'] as const).map(
        (order) => `strptime(${found.from}, ${literal(layoutOf(found.shapes[0] ?? '', order))})`,
      )
      return `No layout tells the two apart. Have the source write 2024-12-31, or, where another column tells them apart, map it as CASE WHEN … THEN ${month} ELSE ${day} END.`
    }
    case 'open':
      return `Ask who keeps that system, then set ${option('day_first')} or ${option('month_first')} for the feed.`
    default:
      return `Set ${option(settled)} for the feed.`
  }
}

/** The layouts declared now without those of the other order, and one for each look of the texts. */
function layoutsFor({ mark, shapes }: DayMarks, order: Order, dates: readonly string[]): string[] {
  const other = order === 'day_first' ? /^%-?m(.)%-?d/ : /^%-?d(.)%-?m/
  const kept = dates.filter((layout) => other.exec(layout)?.[1] !== mark)
  return [...new Set([...kept, ...shapes.map((shape) => layoutOf(shape, order))])]
}

const HALF_OF_DAY = /[ap]m|[上下]午/i

/** '99/99/9999 99:99' with the day first is '%d/%m/%Y %H:%M'. */
function layoutOf(shape: string, order: Order): string {
  const [, mark = '/', year = '', after = ''] = /^9+(\D)9+\D(9+)(.*)$/.exec(shape) ?? []
  const parts = order === 'day_first' ? ['%d', '%m'] : ['%m', '%d']
  const half = HALF_OF_DAY.test(after)
  const time = after
    .replace(/[+-]99:?99$/, '%z')
    .replace(HALF_OF_DAY, '%p')
    .replace(/9+:9+/, half ? '%I:%M' : '%H:%M')
    .replace(/(%M):9+/, '$1:%S')
    .replace(/(%S)\.9+/, (_, seconds: string) => `${seconds}.%f`)
  // A Z, or a word, that a layout would skip: what it means must not be lost.
  const known = /^[^a-z]*$/i.test(time.replaceAll(/%[a-z]|^T/gi, ''))
  return [...parts, year.length === 4 ? '%Y' : '%y'].join(mark) + (known ? time : ' …')
}
