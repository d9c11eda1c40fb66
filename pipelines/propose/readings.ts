import type { Reading } from '../../config/source.ts'
import { sourceColumns } from '../../entities/entities.ts'
import type { Candidate, Match } from './match.ts'
import type { ColumnProfile } from './profile.ts'

/** How the values of a proposed feed are to be read, and what of that a person has to decide. */
export interface ProposedReading {
  readonly reading: Pick<Reading, 'dates' | 'decimal' | 'thousands' | 'nulls' | 'signs'>
  readonly doubts: readonly string[]
}

/** From what the sample holds, the least that reads it all. */
export function readingOf({ entity, matches }: Candidate): ProposedReading {
  const typed = (types: readonly string[]): Match[] =>
    matches.filter(({ column }) => types.includes(sourceColumns(entity)[column]?.type ?? ''))
  const times = typed(['day', 'instant'])
  const numbers = typed(['money', 'rate', 'number', 'integer']).map(({ from }) => from)
  const dates = [...new Set(times.flatMap(({ from }) => layoutsOf(from)))]
  const commas = numbers.some(({ commas: comma, grouped }) => comma > grouped)
  const grouped = !commas && numbers.some((each) => each.grouped > 0)
  const nulls = [...new Set(matches.flatMap(({ from }) => from.nulls))]
  const signs = [...new Set(numbers.flatMap((each) => each.signs))]
  return {
    reading: {
      ...(dates.length > 0 && { dates }),
      ...(commas && { decimal: ',' as const, thousands: '.' }),
      ...(grouped && { thousands: ',' }),
      ...(nulls.length > 0 && { nulls }),
      ...(signs.length > 0 && { signs }),
    },
    doubts: times.filter(({ from }) => isEither(from)).map(({ from }) => doubt(from)),
  }
}

/** The layouts that read most of what ISO 8601 does not, until all is read. */
function layoutsOf({ filled, isos, layouts }: ColumnProfile): string[] {
  const chosen: string[] = []
  let left = filled - isos
  for (const [layout, rows] of Object.entries(layouts).toSorted((one, other) => other[1] - one[1])) {
    if (left <= 0 || rows === 0) break
    if (chosen.some((each) => swapped(each) === layout)) continue
    chosen.push(layout)
    left -= rows
  }
  return chosen
}

function swapped(layout: string): string {
  const places: Readonly<Record<string, string>> = { '%d': '%m', '%m': '%d' }
  return layout.replaceAll(/%[dm]/g, (part) => places[part] ?? part)
}

/** No value tells whether days or months stand first. */
function isEither({ layouts }: ColumnProfile): boolean {
  return Object.entries(layouts).some(
    ([layout, rows]) => rows > 0 && layouts[swapped(layout)] === rows && swapped(layout) !== layout,
  )
}

function doubt({ name }: ColumnProfile): string {
  return `'${name}': nothing in the sample tells whether days or months stand first. Days are taken first; swap %d and %m in dates where that is wrong.`
}
