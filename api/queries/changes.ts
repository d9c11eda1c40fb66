import type { Kysely } from 'kysely'
import type { Parameter, Row, Session, Warehouse } from '../../data/warehouse.ts'
import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import {
  changeMetrics,
  explained,
  EFFECTS,
  type Change,
  type ChangeComponent,
  type ChangePart,
  type ChangePeriod,
  type ChangeQuestion,
  type ChangeSplit,
  type Effect,
} from '../../models/metrics/change.ts'
import type { Catalogue, Dimension } from '../../models/metrics/metric.ts'
import { resolvePeriod } from '../../models/metrics/period.ts'
import type { Sight } from '../access.ts'
import { BASIS, splitStatement, type SplitScope } from './change-split.ts'
import type { Edition } from './edition.ts'
import { dimensionCondition } from './filters.ts'
import type { OpenPast, Past } from './past.ts'
import { unknownWord } from './refusals.ts'

export interface ChangeDeps {
  readonly snapshot: Warehouse['snapshot']
  readonly builder: Kysely<unknown>
  readonly past: OpenPast
  readonly published: Edition
  readonly within: (session: Session, commits?: number) => Promise<Edition>
}

/**
 * Splits the change of a metric between two periods into its causes. Undefined where something newer than `published` was
 * published meanwhile. Throws RequestError.
 */
export async function changeOf(deps: ChangeDeps, sight: Sight, question: ChangeQuestion): Promise<Change | undefined> {
  const { snapshot, published } = deps
  const { catalogue } = sight
  const { metric, graceDays, limit } = question
  const valid = sight.shows(BASIS) ? explained(sight.hides) : []
  const signs = valid.includes(metric) ? changeMetrics[metric] : undefined
  if (signs === undefined) throw unknownWord('metric', metric, { field: 'metric', valid })
  const by = question.by === undefined ? undefined : dimensionOf(catalogue, question.by, 'by')
  const old = monthsOf('from', question.from, published.as_of)
  const now = monthsOf('to', question.to, published.as_of)
  const filters = question.where.map((filter) =>
    dimensionCondition(filter, dimensionOf(catalogue, filter.field, 'where'), BASIS),
  )
  const [then, later] =
    graceDays === undefined
      ? [undefined, undefined]
      : [await closed(deps, old, graceDays), await closed(deps, now, graceDays)]
  const scope: SplitScope = {
    old,
    new: now,
    editions: { old: then?.database, new: later?.database },
    separatesLate: graceDays !== undefined,
    signs,
    by: by === undefined ? undefined : { column: by.columns[BASIS] ?? '', label: by.labels?.[BASIS] },
    filters,
    allowed: (database) => sight.allowed(BASIS, database),
    limit,
  }
  const { sql, parameters } = splitStatement(scope).compile(deps.builder)
  return snapshot(async (session, commits) => {
    const rows = await session.rows(sql, parameters as Parameter[])
    const edition = await deps.within(session, commits())
    if (edition.warehouse_version !== published.warehouse_version) return undefined
    return {
      metric,
      from: periodOf(old, then?.known_at ?? edition.known_at),
      to: periodOf(now, later?.known_at ?? edition.known_at),
      ...splitOf(rows.find(({ level }) => level === 'whole') ?? {}),
      components: rows
        .filter(({ level }) => level === 'component')
        .map((row) => ({ component: row['component'] as ChangeComponent, ...splitOf(row) }))
        .toSorted((one, other) => placeOf(signs, one.component) - placeOf(signs, other.component)),
      by: question.by ?? null,
      ...partsOf(
        rows.filter(({ level }) => level === 'part'),
        limit,
      ),
      grace_days: graceDays ?? null,
      as_of: edition.as_of,
      known_at: edition.known_at,
      warehouse_version: edition.warehouse_version,
    }
  })
}

function dimensionOf(catalogue: Catalogue, name: string, field: 'by' | 'where'): Dimension {
  const valid = Object.keys(catalogue.dimensions).filter((each) => {
    const { kind, columns } = catalogue.dimensions[each] as Dimension
    return kind !== 'month' && columns[BASIS] !== undefined
  })
  const dimension = valid.includes(name) ? catalogue.dimensions[name] : undefined
  if (dimension === undefined) throw unknownWord(field === 'by' ? 'dimension' : 'field', name, { field, valid })
  return dimension
}

interface Months {
  readonly from: string
  readonly until: string
}

function monthsOf(field: 'from' | 'to', words: string, asOf: string): Months {
  const { from, until } = resolvePeriod(words, asOf)
  if (from === null || until === null) throw new RequestError(fault('period_unbounded', { period: words }), { field })
  return { from, until }
}

/** The edition of the day on which the records of a period should have been there; undefined: the published one. */
async function closed({ past, published }: ChangeDeps, { until }: Months, days: number): Promise<Past | undefined> {
  const day = new Date(Date.parse(`${until}T00:00:00Z`) + (days - 1) * 86_400_000).toISOString().slice(0, 10)
  return day >= published.as_of ? undefined : past({ knownAt: day }, published)
}

function periodOf({ from, until }: Months, knownAt: string): ChangePeriod {
  const last = new Date(Date.parse(`${until}T00:00:00Z`) - 86_400_000).toISOString()
  return { first: from, last: `${last.slice(0, 7)}-01`, known_at: knownAt }
}

function placeOf(signs: object, component: string): number {
  return Object.keys(signs).indexOf(component)
}

/** Whole cents become money in one division, which gives the nearest number there is. */
function splitOf(row: Row): ChangeSplit {
  const money = (name: string): number => Number(row[name] ?? 0) / 100
  const effects = Object.fromEntries(EFFECTS.map((name) => [name, money(name)])) as Record<Effect, number>
  return { was: money('was'), is: money('is'), ...effects }
}

function partsOf(rows: readonly Row[], limit: number): Pick<Change, 'parts' | 'total' | 'leaders'> {
  const part = (row: Row): ChangePart => ({
    value: textOf(row['value']),
    label: textOf(row['label']),
    ...splitOf(row),
  })
  const leaders = EFFECTS.map((name, at): [Effect, ChangePart[]] => {
    const place = (row: Row): number => Number(row[`place_${at + 1}`])
    const near = rows.filter((row) => place(row) <= 3 && Number(row[name]) !== 0)
    return [name, near.toSorted((one, other) => place(one) - place(other)).map(part)]
  })
  return {
    parts: rows.filter((row) => Number(row['place_0']) <= limit).map(part),
    total: Number(rows[0]?.['rows'] ?? 0),
    leaders: Object.fromEntries(leaders) as Record<Effect, ChangePart[]>,
  }
}

function textOf(value: Row[string] | undefined): string | null {
  return typeof value === 'string' ? value : null
}
