import type { Session } from '../../data/warehouse.ts'
import { toJs, type Value } from '../../data/values.ts'
import { ModelError } from '../../errors.ts'
import type { PlannedModel, ReadColumns, ScriptModel } from './model.ts'

const BATCH = 10_000

/** Runs a `.ts` model: reads its inputs, calls its function, keeps the rows. Returns how many. */
export async function fillScript(session: Session, model: PlannedModel & ScriptModel): Promise<number> {
  const input: Record<string, ReadColumns> = {}
  for (const [name, sql] of Object.entries(model.reads)) input[name] = await readColumns(session, sql)
  const types = Object.entries(model.types)
  await session.run(
    `CREATE OR REPLACE TABLE ${model.name} (${types.map(([column, type]) => `${column} ${type}`).join(', ')})`,
  )
  let count = 0
  let batch: Readonly<Partial<Record<string, Value>>>[] = []
  for (const row of model.rows(input)) {
    checkRow(model, row)
    batch.push(row)
    count++
    if (batch.length < BATCH) continue
    await insert(session, model, batch)
    batch = []
  }
  if (batch.length > 0) await insert(session, model, batch)
  return count
}

async function readColumns(session: Session, sql: string): Promise<ReadColumns> {
  const reader = await session.connection.runAndReadAll(sql)
  const columns = reader.getColumns()
  return Object.fromEntries(reader.columnNames().map((name, index) => [name, (columns[index] ?? []).map(toJs)]))
}

function checkRow(model: ScriptModel, row: Readonly<Partial<Record<string, Value>>>): void {
  const stray = Object.keys(row).find((column) => !(column in model.types))
  if (stray === undefined) return
  throw new ModelError(
    `${model.file}: a row has ${stray}, which types does not name; it names ${Object.keys(model.types).join(', ')}`,
    {
      model: model.name,
      phase: 'run',
    },
  )
}

/** Rows travel as JSON and are cast to their types by DuckDB; days and instants as ISO 8601 text. */
async function insert(
  session: Session,
  model: ScriptModel,
  rows: readonly Readonly<Partial<Record<string, Value>>>[],
): Promise<void> {
  const names = Object.keys(model.types)
  const structure = JSON.stringify([Object.fromEntries(names.map((name) => [name, 'VARCHAR']))])
  const cells = names.map((name) => `CAST(cells.${name} AS ${model.types[name]})`)
  await session.run(
    `INSERT INTO ${model.name} SELECT ${cells.join(', ')} FROM (SELECT unnest(from_json($1, '${structure}')) AS cells)`,
    [JSON.stringify(rows)],
  )
}
