import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Warehouse, type Row } from '../../data/warehouse.ts'
import type { RunReport } from '../../pipelines/run/run.ts'
import { root, trueworth } from '../support/command-line.ts'

/** Where the public data sets lie, beside the project. */
export const data = resolve(root, '../shared/data')

/** Says why a test of this data set cannot run, or false. */
export function lacking(set: string): string | false {
  return existsSync(join(data, set)) ? false : `the data set ${set} is not in ${data}; see examples/README.md`
}

/** A configuration of examples/ as it is written, with a warehouse of its own, used through the command line. */
export class Example {
  readonly folder: string
  readonly #env: Readonly<Record<string, string>>

  private constructor(folder: string, env: Readonly<Record<string, string>>) {
    this.folder = folder
    this.#env = env
  }

  static async open(name: string, env: Readonly<Record<string, string>> = {}): Promise<Example> {
    const folder = await mkdtemp(join(tmpdir(), `trueworth-${name}-`))
    const written = pathToFileURL(join(root, 'examples', `${name}.config.ts`)).href
    await writeFile(
      join(folder, 'trueworth.config.ts'),
      `import example from '${written}'\nexport default { ...example, folder: 'warehouse', threads: 1 }\n`,
    )
    return new Example(folder, { EXAMPLE_DATA: data, ...env })
  }

  /** Runs a command that must go well and answers what it printed as JSON. */
  async command<Answer>(...args: readonly string[]): Promise<Answer> {
    const { code, stdout, stderr } = await this.attempt(...args, '--json')
    assert.equal(code, 0, `${args.join(' ')} ended with ${code}: ${stderr}${stdout.slice(0, 2000)}`)
    return JSON.parse(stdout) as Answer
  }

  attempt(...args: readonly string[]): ReturnType<typeof trueworth> {
    return trueworth(['--config', join(this.folder, 'trueworth.config.ts'), ...args], this.#env)
  }

  run(...args: readonly string[]): Promise<RunReport> {
    return this.command('run', ...args)
  }

  /** The figures of one row, by name. */
  async figures(metrics: readonly string[], ...args: readonly string[]): Promise<Row> {
    const [row, ...more] = (await this.answer(metrics, ...args)).rows
    assert.ok(row !== undefined && more.length === 0, 'one row was asked for')
    return row
  }

  answer(metrics: readonly string[], ...args: readonly string[]): Promise<{ rows: Row[]; evidence: Evidence }> {
    return this.command('query', ...metrics, '--period', 'all_time', ...args)
  }

  /** Reads the warehouse, which no command has open. */
  async rows<T extends object = Row>(sql: string): Promise<T[]> {
    const warehouse = await Warehouse.open(join(this.folder, 'warehouse', 'warehouse.duckdb'))
    try {
      return await warehouse.read((session) => session.rows<T>(sql))
    } finally {
      warehouse.close()
    }
  }

  async row<T extends object = Row>(sql: string): Promise<T> {
    const [row] = await this.rows<T>(sql)
    assert.ok(row !== undefined, sql)
    return row
  }

  /** Rows and a checksum over all of them, whatever their order, of each table that is filled and can be rebuilt. */
  async tables(): Promise<Record<string, string>> {
    const names = await this.rows<{ name: string }>(
      `SELECT schema_name || '.' || table_name AS name FROM duckdb_tables()
       WHERE schema_name IN ('raw', 'history', 'core', 'marts') AND estimated_size > 0 ORDER BY name`,
    )
    const contents = [
      ...names.map(({ name }) => ({ name, from: name })),
      { name: 'meta.rejects', from: '(SELECT * EXCLUDE (rejected_at) FROM meta.rejects)' },
      { name: 'meta.watermarks', from: '(SELECT source, entity, origin, cursor, batch_id FROM meta.watermarks)' },
    ]
    const sums = await this.rows<{ name: string; sum: string }>(
      contents
        .map(
          ({ name, from }) =>
            `SELECT '${name}' AS name, count(*) || ' rows, ' || sum(CAST(hash(t) AS HUGEINT)) AS sum FROM ${from} AS t`,
        )
        .join(' UNION ALL '),
    )
    return Object.fromEntries(sums.map(({ name, sum }) => [name, sum]))
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true })
  }
}

interface Evidence {
  readonly coverage: Readonly<Record<string, { readonly share: number | null }>>
}

/** Loads of a run in a form that a test can hold against what it expects. */
export function loads({ steps }: RunReport): Record<string, number> {
  return Object.fromEntries(steps.filter(({ step }) => step === 'load').map(({ entity, rows }) => [entity ?? '', rows]))
}
