import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { identifier, literal } from '../quote.ts'
import { writeSqlite, type SqliteWriter } from '../sqlite.ts'
import type { Session } from '../warehouse.ts'
import type { SampleOptions } from './sample.ts'

export interface WrittenFile {
  /** 'crm.sqlite/svc_task' for a table, 'erp/ledger' for a set of files. */
  readonly name: string
  readonly files: number
  readonly rows: number
}

interface FileSet {
  readonly schema: string
  readonly folder: string
  /** Text between the name of the set and its month. */
  readonly extension: string
  readonly layout: string
}

const FILE_SETS: readonly FileSet[] = [
  { schema: 'erp', folder: 'erp', extension: 'csv', layout: `FORMAT csv, HEADER, DELIMITER ';'` },
  { schema: 'phone', folder: 'phone', extension: 'ndjson.gz', layout: 'FORMAT json, COMPRESSION gzip' },
  { schema: 'dealer_cards', folder: 'dealers', extension: 'csv', layout: 'FORMAT csv, HEADER' },
]

/**
 * Writes each system's views to the files that system would give. `session` is the one that made the tables: only it
 * knows the variables that the views of the CRM draw with. The files are written beside the database by `other`.
 */
export async function writeSystems(
  { session, other }: { session: Session; other: Session },
  options: SampleOptions,
): Promise<WrittenFile[]> {
  const answers = await Promise.allSettled([writeCrm(session, options), writeFiles(other, options)])
  return answers.flatMap((answer) => {
    if (answer.status === 'rejected') throw answer.reason
    return answer.value
  })
}

async function writeFiles(session: Session, options: SampleOptions): Promise<WrittenFile[]> {
  const written: WrittenFile[] = []
  for (const set of FILE_SETS) {
    await rm(join(options.folder, set.folder), { recursive: true, force: true })
    for (const view of await viewsOf(session, set.schema)) {
      const started = performance.now()
      const file = await writeFileSet(session, set, { view, folder: options.folder })
      options.onProgress?.({ step: file.name, rows: file.rows, milliseconds: performance.now() - started })
      written.push(file)
    }
  }
  return written
}

async function writeCrm(session: Session, options: SampleOptions): Promise<WrittenFile[]> {
  const tables = await viewsOf(session, 'crm')
  return writeSqlite(join(options.folder, 'crm.sqlite'), async (writer) => {
    const written: WrittenFile[] = []
    for (const table of tables) {
      const started = performance.now()
      const rows = await writeTable(session, writer, table)
      const name = `crm.sqlite/${table}`
      options.onProgress?.({ step: name, rows, milliseconds: performance.now() - started })
      written.push({ name, files: 1, rows })
    }
    return written
  })
}

async function writeTable(session: Session, writer: SqliteWriter, table: string): Promise<number> {
  const columns = await session.rows<{ column_name: string; column_type: string }>(`DESCRIBE crm.${identifier(table)}`)
  writer.create(
    table,
    columns.map((column) => ({ name: column.column_name, type: sqliteType(column.column_type) })),
  )
  return writer.copy(table, session, `SELECT * FROM crm.${identifier(table)}`)
}

function sqliteType(type: string): string {
  if (type === 'INTEGER' || type === 'BIGINT' || type === 'HUGEINT') return 'INTEGER'
  return type === 'DOUBLE' ? 'REAL' : 'TEXT'
}

/** One file for each `file_month`, or one file where that is empty. The same rows in the same order at any number of threads. */
async function writeFileSet(
  session: Session,
  set: FileSet,
  { view, folder }: { view: string; folder: string },
): Promise<WrittenFile> {
  const relation = `${identifier(set.schema)}.${identifier(view)}`
  await session.run(`CREATE OR REPLACE TEMP TABLE writing AS SELECT * FROM ${relation}`)
  const months = await session.rows<{ file_month: string; rows: number }>(
    'SELECT file_month, count(*) AS rows FROM writing GROUP BY file_month ORDER BY file_month',
  )
  for (const { file_month: month } of months) {
    const path = join(
      folder,
      set.folder,
      month === '' ? `${view}.${set.extension}` : join(view, `${view}_${month}.${set.extension}`),
    )
    await mkdir(dirname(path), { recursive: true })
    await session.run(
      `COPY (SELECT * EXCLUDE (file_month) FROM writing WHERE file_month = ${literal(month)}) TO ${literal(path)} (${set.layout})`,
    )
  }
  await session.run('DROP TABLE writing')
  return {
    name: `${set.folder}/${view}`,
    files: months.length,
    rows: months.reduce((sum, month) => sum + month.rows, 0),
  }
}

async function viewsOf(session: Session, schema: string): Promise<string[]> {
  const views = await session.rows<{ view_name: string }>(
    'SELECT view_name FROM duckdb_views() WHERE schema_name = $1 AND NOT internal ORDER BY view_name',
    [schema],
  )
  return views.map((view) => view.view_name)
}
