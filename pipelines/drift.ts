import { identifier, literal } from '../data/quote.ts'
import type { Session } from '../data/warehouse.ts'
import type { Feed, Source } from '../config/source.ts'
import type { Manifest } from './landing.ts'
import { timestamp } from './load/meta.ts'

/** What a column of a batch was like: its type, and of text what it held. */
export interface ColumnProfile {
  readonly type: string
  /** Of the first rows. `empty`: nothing at all. */
  readonly kind: 'number' | 'time' | 'text' | 'empty' | 'typed'
  /** Share of the first rows that have no value. */
  readonly nulls: number
}

export type Profile = Readonly<Record<string, ColumnProfile>>

/** What differs from the batch before. `held`: the batch waits until a person accepts it. */
export interface Drift {
  readonly kind: 'column_added' | 'column_removed' | 'type_changed' | 'nulls_jumped' | 'fewer_rows' | 'file_shrank'
  readonly column?: string
  readonly before: string
  readonly after: string
  readonly severity: 'info' | 'warn' | 'held'
}

/** So many rows are looked at: what a column holds shows in the first of them. */
const LOOKED_AT = 10_000
/** Fewer rows than this say nothing about a share. */
const FEW = 20
/** A whole reading, or a file, of less than this share of the one before is suspicious. */
const DROP = 0.5
/** The share of values that makes a column of text one of numbers or of days. */
const NEARLY_ALL = 0.95
const NULLS_JUMP = 0.5

/** Looks at the first rows of a batch, one pass over them. */
export async function profileOf(session: Session, parquet: string): Promise<Profile> {
  const relation = `read_parquet(${literal(parquet)})`
  const described = await session.rows<{ column_name: string; column_type: string }>(`DESCRIBE FROM ${relation}`)
  const columns = described.filter(({ column_name }) => column_name !== '_file' && column_name !== '_line')
  if (columns.length === 0) return {}
  const counts = columns.flatMap(({ column_name, column_type }, index) => {
    const name = identifier(column_name)
    const text = column_type === 'VARCHAR' ? `nullif(trim(${name}), '')` : name
    const tried = (type: string): string =>
      column_type === 'VARCHAR' ? `count(TRY_CAST(${text} AS ${type}))` : 'CAST(0 AS BIGINT)'
    return [
      `count(${text}) AS filled${index}`,
      `${tried('DOUBLE')} AS numbers${index}`,
      `${tried('TIMESTAMP')} AS times${index}`,
    ]
  })
  const row = await session.one<Record<string, number>>(
    `SELECT count(*) AS looked, ${counts.join(', ')} FROM (FROM ${relation} LIMIT ${LOOKED_AT})`,
  )
  return Object.fromEntries(
    columns.map(({ column_name, column_type: type }, index) => {
      const [looked, filled, numbers, times] = ['looked', `filled${index}`, `numbers${index}`, `times${index}`].map(
        (name) => row?.[name] ?? 0,
      )
      const nulls = looked ? Math.round((1 - (filled ?? 0) / looked) * 1000) / 1000 : 0
      return [
        column_name,
        { type, kind: kindOf(type, { filled: filled ?? 0, numbers: numbers ?? 0, times: times ?? 0 }), nulls },
      ]
    }),
  )
}

function kindOf(
  type: string,
  { filled, numbers, times }: { filled: number; numbers: number; times: number },
): ColumnProfile['kind'] {
  if (filled === 0) return 'empty'
  if (type !== 'VARCHAR') return 'typed'
  if (numbers >= NEARLY_ALL * filled) return 'number'
  return times >= NEARLY_ALL * filled ? 'time' : 'text'
}

interface Compared {
  readonly source: Source
  readonly feed: Feed
  /** The last batch of the feed that counts. */
  readonly before: Manifest
  readonly after: Pick<Manifest, 'rows' | 'files' | 'window' | 'profile'>
}

/** What differs between two batches of one feed. Nothing where a batch has no rows to look at, or the mapping was changed. */
export function driftBetween({ source, feed, before, after }: Compared): Drift[] {
  const columns = before.profile === undefined || after.profile === undefined ? [] : columnDrift(feed, before, after)
  return [...columns, ...fewerRows(source, feed, { before, after }), ...shrunkFiles(before, after)]
}

function columnDrift(feed: Feed, before: Manifest, after: Compared['after']): Drift[] {
  const [old, now] = [before.profile ?? {}, after.profile ?? {}]
  const mapping = JSON.stringify(feed.columns) + (feed.where ?? '') + (feed.version ?? '')
  const added = Object.keys(now).filter((name) => !(name in old))
  const removed = Object.keys(old).filter((name) => !(name in now))
  const both = Object.keys(now).filter((name) => name in old)
  return [
    ...added.map((column): Drift => ({
      kind: 'column_added',
      column,
      before: '',
      after: now[column]?.type ?? '',
      severity: 'info',
    })),
    ...removed.map((column): Drift => {
      const severity = mapping.includes(column) ? 'warn' : 'info'
      return { kind: 'column_removed', column, before: old[column]?.type ?? '', after: '', severity }
    }),
    ...both.flatMap((column) => changed(column, { old: old[column], now: now[column], rows: after.rows, mapping })),
  ]
}

function changed(
  column: string,
  {
    old,
    now,
    rows,
    mapping,
  }: { old: ColumnProfile | undefined; now: ColumnProfile | undefined; rows: number; mapping: string },
): Drift[] {
  if (old === undefined || now === undefined) return []
  const severity = mapping.includes(column) ? 'warn' : 'info'
  const [before, after] = [old, now].map(({ type, kind }) => (kind === 'typed' || kind === 'empty' ? type : kind))
  const differs = old.type !== now.type || (old.kind !== now.kind && old.kind !== 'empty' && now.kind !== 'empty')
  if (differs && rows >= FEW && before !== undefined && after !== undefined && before !== after)
    return [{ kind: 'type_changed', column, before, after, severity }]
  if (rows >= FEW && now.nulls - old.nulls >= NULLS_JUMP)
    return [{ kind: 'nulls_jumped', column, before: percent(old.nulls), after: percent(now.nulls), severity }]
  return []
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}

/** Only a reading of everything can be compared with another one: what changed since then is as much as it is. */
function fewerRows(
  source: Source,
  feed: Feed,
  { before, after }: { before: Manifest; after: Compared['after'] },
): Drift[] {
  const readWhole = feed.cursor === undefined && (source.kind !== 'files' || feed.deletions === true)
  const whole = readWhole || (before.window.full && after.window.full && after.window.until === undefined)
  if (!whole || before.rows < FEW || after.rows >= DROP * before.rows) return []
  return [{ kind: 'fewer_rows', before: String(before.rows), after: String(after.rows), severity: 'held' }]
}

function shrunkFiles(before: Manifest, after: Compared['after']): Drift[] {
  return after.files.flatMap(({ path, size }): Drift[] => {
    const old = before.files.find((file) => file.path === path)
    if (old === undefined || old.size < 1_000 || size >= DROP * old.size) return []
    return [
      { kind: 'file_shrank', column: path, before: `${old.size} bytes`, after: `${size} bytes`, severity: 'held' },
    ]
  })
}

/** Writes what differed in these batches to `meta.drift`, in the caller's transaction: of held and refused ones too. */
export async function writeDrift(session: Session, manifests: readonly Manifest[]): Promise<void> {
  const drifted = manifests.filter(({ drift = [] }) => drift.length > 0)
  if (drifted.length === 0) return
  const ids = drifted.map(({ batch_id }) => literal(batch_id)).join(', ')
  const values = drifted.flatMap(({ batch_id, run_id, source, entity, origin, extracted_at, drift = [] }) =>
    drift.map(
      ({ kind, column, before, after, severity }) =>
        `(${[batch_id, run_id, source, entity, origin, kind].map(literal).join(', ')}, ${column === undefined ? 'NULL' : literal(column)},
          ${[before, after, severity, timestamp(extracted_at)].map(literal).join(', ')})`,
    ),
  )
  await session.run(
    `DELETE FROM meta.drift WHERE batch_id IN (${ids}); INSERT INTO meta.drift VALUES ${values.join(', ')}`,
  )
}
