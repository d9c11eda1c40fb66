import { rm } from 'node:fs/promises'
import { identifier } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import type { FileRows } from './csv.ts'
import type { SourceFile } from './file-list.ts'
import { joinParquet } from './parquet-join.ts'
import { writeParquet } from './parquet.ts'

export interface Relation extends FileRows {
  readonly file: SourceFile
  /** Rows it must give; undefined: whatever it gives. */
  readonly expected: number | undefined
  /** Columns, all of them text; undefined where the file has types. */
  readonly columns?: readonly string[]
}

export interface Target {
  readonly parquet: string
  /** Condition on the rows; '' for all. */
  readonly where: string
  readonly limit: number | undefined
}

/** So many files are read at once: each that is open takes memory. */
const FILES_AT_ONCE = 32

/** Writes the rows of all files as one Parquet file, columns united by name. Answers the number of rows; none: no file. */
export async function writeUnion(session: Session, relations: readonly Relation[], to: Target): Promise<number> {
  const full = relations.filter(({ relation: sql }) => sql !== '')
  const columns = unionOf(full)
  if (full.length <= FILES_AT_ONCE || columns === undefined || to.limit !== undefined)
    return writeSome(session, full, to)
  const parts: string[] = []
  let rows = 0
  try {
    for (let start = 0; start < full.length; start += FILES_AT_ONCE) {
      const part = `${to.parquet}.part${start}`
      const some = full.slice(start, start + FILES_AT_ONCE)
      const written = await writeSome(session, some, { ...to, parquet: part, columns })
      rows += written
      if (written > 0) parts.push(part)
    }
    await joinParquet(parts, to.parquet)
    return rows
  } finally {
    await Promise.all(parts.map((part) => rm(part, { force: true })))
  }
}

/** Every column that one of these files has, in the order they come; undefined where a file has types of its own. */
function unionOf(relations: readonly Relation[]): readonly string[] | undefined {
  const all = new Map<string, string>()
  for (const { columns } of relations) {
    if (columns === undefined) return undefined
    for (const name of columns) if (!all.has(name.toLowerCase())) all.set(name.toLowerCase(), name)
  }
  return [...all.values()]
}

async function writeSome(
  session: Session,
  relations: readonly Relation[],
  { parquet, where, limit, columns }: Target & { readonly columns?: readonly string[] },
): Promise<number> {
  if (relations.length === 0) return 0
  const shape =
    columns === undefined
      ? []
      : [`SELECT ${columns.map((name) => `CAST(NULL AS VARCHAR) AS ${identifier(name)}`).join(', ')} WHERE false`]
  const union = [...shape, ...relations.map(({ relation: sql }) => sql)].join(' UNION ALL BY NAME ')
  const condition = where === '' ? '' : ` WHERE ${where}`
  const end = limit === undefined ? '' : ` LIMIT ${limit}`
  return writeParquet(
    session,
    `SELECT * EXCLUDE (_file, _line), _file, _line FROM (${union})${condition}${end}`,
    parquet,
  )
}
