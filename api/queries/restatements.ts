import { identifier } from '../../data/quote.ts'
import type { Row, Session, Warehouse } from '../../data/warehouse.ts'
import { contractOf, isEntityName, sourceColumns, type EntityName } from '../../entities/entities.ts'
import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import { asKnown, knownSince } from '../../models/builder/past.ts'
import type { Answer, Catalogue, Filter, MetricQuery } from '../../models/metrics/metric.ts'
import type { Restatement, RestatingRow, RestatingRows } from '../../models/metrics/restatement.ts'

export interface RestatementQuestion {
  readonly metric: string
  /** The moment to compare with: a day or an instant. */
  readonly knownAt: string
  readonly where: readonly Filter[]
}

/** The figure of each month that was over at a moment, where it differs from what is known now. Throws RequestError. */
export async function restatementOf(
  ask: (query: MetricQuery) => Promise<Answer>,
  { metric, knownAt, where }: RestatementQuestion,
): Promise<Restatement> {
  const question = { metrics: [metric], by: ['month'], where, order: ['-month'], limit: 1_200 }
  const [was, is] = await Promise.all([ask({ ...question, knownAt }), ask(question)])
  const figure = ({ [metric]: value }: Row): number | null => (typeof value === 'number' ? value : null)
  const before = new Map(was.rows.map((row) => [String(row['month']), figure(row)]))
  const now = new Map(is.rows.map((row) => [String(row['month']), figure(row)]))
  const over = [...new Set([...now.keys(), ...before.keys()])].filter((month) => isOver(month, was.evidence.as_of))
  return {
    metric,
    was_known_at: was.evidence.known_at,
    was_as_of: was.evidence.as_of,
    is_known_at: is.evidence.known_at,
    warehouse_version: is.evidence.warehouse_version,
    months: over
      .map((month) => ({ month, was: before.get(month) ?? null, is: now.get(month) ?? null }))
      .filter((each) => each.was !== each.is)
      .toSorted((one, other) => (one.month < other.month ? 1 : -1)),
  }
}

/** Whether the month that begins on that day had ended by the end of the business date. */
function isOver(month: string, asOf: string): boolean {
  const next = new Date(`${month}T00:00:00Z`)
  next.setUTCMonth(next.getUTCMonth() + 1)
  return Date.parse(`${asOf}T00:00:00Z`) + 86_400_000 >= next.getTime()
}

interface RowsDeps {
  readonly warehouse: Warehouse
  /** Of whom asks. */
  readonly catalogue: Catalogue
  readonly signal: AbortSignal
}

export interface RowsQuestion {
  readonly metric: string
  /** ISO 8601 instant, UTC. */
  readonly knownAt: string
  /** First day of the month the rows are about. */
  readonly month: string
  readonly limit: number
}

/**
 * The rows behind a restatement: those of the entities a metric stands on that happened in the month, then or now, and whose
 * fields that it stands on were not known then as they are now. Only for who may see rows of sources: they do not carry what row
 * rules compare.
 */
export async function restatingRows(
  { warehouse, catalogue, signal }: RowsDeps,
  question: RowsQuestion,
): Promise<RestatingRows> {
  const metric = Object.hasOwn(catalogue.metrics, question.metric) ? catalogue.metrics[question.metric] : undefined
  if (metric === undefined)
    throw new RequestError(
      fault('unknown_word', { what: 'metric', word: question.metric, valid: Object.keys(catalogue.metrics) }),
      { field: 'metric' },
    )
  const fields = Map.groupBy(metric.standsOn, (field) => field.split('.')[0] ?? '')
  return warehouse.snapshot(
    async (session) => {
      const found: RestatingRow[] = []
      for (const [entity, names] of fields) {
        if (!isEntityName(entity)) continue
        const columns = names.map((name) => name.slice(entity.length + 1))
        found.push(...(await rowsOf(session, { entity, columns }, question)))
      }
      const rows = found.toSorted((one, other) => (one.known_from < other.known_from ? 1 : -1))
      return { rows: rows.slice(0, question.limit), total: rows.length }
    },
    { signal },
  )
}

interface Part {
  readonly entity: EntityName
  readonly columns: readonly string[]
}

async function rowsOf(session: Session, part: Part, { knownAt, month }: RowsQuestion): Promise<RestatingRow[]> {
  const { entity } = part
  const key = contractOf(entity).key
  const happened = happenedOf(entity)
  const own = happened?.column === undefined ? [] : [happened.column]
  // Whose it is decides where every figure counts.
  const compared = [...new Set([...part.columns, ...own, 'customer_id'])].filter(
    (column) => column in sourceColumns(entity) && !key.includes(column),
  )
  const kept = [...new Set([...key, ...compared])].map(identifier).join(', ')
  const then = 'CAST($2 AS TIMESTAMP)'
  const seen = [...new Set([...key, ...compared])]
    .map((column) => `${asKnown(entity, column, then)} AS ${identifier(column)}`)
    .join(', ')
  const since = [...new Set(compared.flatMap((column) => knownSince(entity, column)))]
  const later = since.map((column) => `CASE WHEN ${identifier(column)} > ${then} THEN ${identifier(column)} END`)
  const on = key.map((column) => `was.${identifier(column)} = now.${identifier(column)}`).join(' AND ')
  const text = (of: string, column: string): string => `CAST(${of}.${identifier(column)} AS VARCHAR)`
  const record = key.map((column) => `COALESCE(${text('now', column)}, ${text('was', column)})`)
  const day = (of: string): string => happened?.day(of) ?? 'CAST($1 AS DATE)'
  const rows = await session.rows(
    `WITH
       was AS (
         SELECT ${seen}, TRUE AS is_there FROM raw.${entity} WHERE known_from <= CAST($2 AS TIMESTAMP)
         UNION ALL
         SELECT ${seen}, TRUE FROM history.${entity}
         WHERE known_from <= CAST($2 AS TIMESTAMP) AND known_to > CAST($2 AS TIMESTAMP)
       ),
       now AS (SELECT ${kept}, GREATEST(${['known_from', ...later].join(', ')}) AS known_from, TRUE AS is_there FROM raw.${entity})
     SELECT
       concat_ws(' / ', ${record.join(', ')}) AS record,
       CASE WHEN was.is_there IS NULL THEN 'new' WHEN now.is_there IS NULL THEN 'deleted' ELSE 'changed' END AS change,
       COALESCE(now.known_from, (
         SELECT max(known_to) FROM history.${entity} AS past
         WHERE ${key.map((column) => `past.${identifier(column)} = was.${identifier(column)}`).join(' AND ')}
       )) AS known_from,
       ${['NULL AS nothing', ...compared.map((column, at) => `${text('was', column)} AS was_${at}, ${text('now', column)} AS now_${at}`)].join(', ')}
     FROM was FULL JOIN now ON ${on} ${happened?.join ?? ''}
     WHERE (${[
       'was.is_there IS NULL',
       'now.is_there IS NULL',
       ...compared.map((column) => `was.${identifier(column)} IS DISTINCT FROM now.${identifier(column)}`),
     ].join(' OR ')})
       AND (date_trunc('month', ${day('was')}) = CAST($1 AS DATE) OR date_trunc('month', ${day('now')}) = CAST($1 AS DATE))`,
    [month, knownAt.replace(/Z$/, '')],
  )
  return rows.map((row) => ({
    entity,
    record: textOf(row['record']) ?? '',
    change: row['change'] as RestatingRow['change'],
    known_from: textOf(row['known_from']) ?? '',
    fields: compared
      .map((column, at) => ({ field: column, was: textOf(row[`was_${at}`]), is: textOf(row[`now_${at}`]) }))
      .filter(({ was, is }) => was !== is),
  }))
}

function textOf(value: Row[string] | undefined): string | null {
  return typeof value === 'string' ? value : null
}

/** The day a row is about: by its own clock, else by that of the thing it is a part of. */
function happenedOf(entity: EntityName): { column?: string; join: string; day: (of: string) => string } | undefined {
  const { happened: clock, key, columns } = contractOf(entity)
  const happened = clock ?? key.find((column) => columns[column]?.type === 'day')
  if (happened !== undefined) {
    const type = columns[happened]?.type
    const value = (of: string): string => `${of}.${identifier(happened)}`
    return { column: happened, join: '', day: (of) => (type === 'day' ? value(of) : `local_date(${value(of)})`) }
  }
  const link = key.find((column) => columns[column]?.references !== undefined)
  const whole = link === undefined ? undefined : columns[link]?.references
  if (link === undefined || whole === undefined || !isEntityName(whole)) return undefined
  const { happened: at, columns: theirs } = contractOf(whole)
  if (at === undefined) return undefined
  const value = `whole.${identifier(at)}`
  return {
    join: `LEFT JOIN raw.${whole} AS whole ON whole.${identifier(contractOf(whole).key[0] ?? '')} = COALESCE(now.${identifier(link)}, was.${identifier(link)})`,
    day: () => (theirs[at]?.type === 'day' ? value : `local_date(${value})`),
  }
}
