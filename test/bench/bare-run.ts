// Child: DuckDB alone executes the statements of bare.json, in one transaction, into a fresh file.
import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Statement } from './bare-script.ts'
import { answer } from './child.ts'
import { folderOf } from './company.ts'

const folder = folderOf(Number(process.argv[2]))
const file = join(folder, 'bare.duckdb')
rmSync(file, { force: true })
rmSync(`${file}.wal`, { force: true })
const statements = JSON.parse(readFileSync(join(folder, 'bare.json'), 'utf8')) as Statement[]

const phases = { load: 0, models: 0, audits: 0, commit: 0, rest: 0 }
const each: Record<string, number> = {}
let rows = 0
const started = performance.now()
const instance = await DuckDBInstance.create(file)
const connection = await instance.connect()
await connection.run(`SET TimeZone = 'UTC'; BEGIN`)
for (const { phase, name, sql, parameters } of statements) {
  const began = performance.now()
  const result = await connection.run(sql, parameters.length === 0 ? undefined : ([...parameters] as DuckDBValue[]))
  if (phase === 'load') rows += Number((await result.getRows())[0]?.[0] ?? 0)
  const took = performance.now() - began
  phases[phase] += took
  if (phase !== 'rest') each[name] = (each[name] ?? 0) + took
}
const committing = performance.now()
await connection.run('COMMIT')
connection.closeSync()
instance.closeSync()
const ended = performance.now()
phases.commit = ended - committing
const total = ended - started
phases.rest = total - phases.load - phases.models - phases.commit
answer({ phases, each, total, rows, rejects: 0 })
