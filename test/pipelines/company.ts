import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Feed, Source, SqliteSource } from '../../config/source.ts'
import { literal } from '../../data/quote.ts'
import { openState, type State } from '../../data/state.ts'
import { Warehouse, type Row, type Session } from '../../data/warehouse.ts'
import { AuditError } from '../../errors.ts'
import { runPipelines, type RunDeps, type RunOptions, type RunReport } from '../../pipelines/run/run.ts'
import type { Extracted, SourceReader } from '../../pipelines/sources/reader.ts'
import { configAround } from './landed.ts'

/** Feeds of two systems: one read by cursor with a lag, one whole with deletions, one whole. */
export const feeds: Readonly<Record<'requests' | 'customers' | 'orders', Feed>> = {
  requests: {
    entity: 'requests',
    from: 'tickets',
    columns: { request_id: 'id', customer_id: 'customer', opened_at: 'opened', status: 'status' },
    cursor: { column: 'changed', lag: { hours: 1 } },
    version: 'changed',
  },
  customers: {
    entity: 'customers',
    from: 'clients',
    columns: { customer_id: 'id', name: 'name', kind: `'direct'` },
    deletions: true,
  },
  orders: {
    entity: 'orders',
    from: 'sales',
    columns: { order_id: 'id', customer_id: 'customer', ordered_at: 'ordered' },
  },
}

export const sources: readonly SqliteSource[] = [
  { kind: 'sqlite', name: 'crm', file: 'crm.db', feeds: [feeds.requests, feeds.customers] },
  { kind: 'sqlite', name: 'erp', file: 'erp.db', feeds: [feeds.orders] },
]

const audit = { audit_zh: null, model: 'marts.requests_by_customer', severity: 'error' as const }

/** A company with a few requests, customers and orders, for one test. */
export async function within(work: (company: Company) => Promise<void>): Promise<void> {
  const company = await Company.open()
  try {
    await company.change(`
      INSERT INTO crm.tickets SELECT 'R' || i, 'C' || i % 3, '2026-01-01 08:00:00', 'open', '2026-02-01 0' || i % 10 || ':00:00' FROM range(20) AS t(i);
      INSERT INTO crm.clients SELECT 'C' || i, 'Client ' || i FROM range(3) AS t(i);
      INSERT INTO erp.sales SELECT 'O' || i, 'C' || i % 3, '2026-01-05' FROM range(5) AS t(i)`)
    await work(company)
  } finally {
    await company.close()
  }
}

/** A company with its systems (tables of a database of their own), its landing, warehouse and state, and a clock to turn. */
export class Company {
  readonly folder: string
  readonly systems: Warehouse
  warehouse: Warehouse
  state: State
  deps: RunDeps
  clock = Date.UTC(2026, 3, 1)
  /** Throws where a test wants a source to fail. */
  beforeExtract: (source: Source, feed: Feed) => void = () => undefined
  builds: { changed: readonly string[] | undefined }[] = []
  /** Runs at the end of a build, in its transaction. */
  afterBuild: (session: Session) => Promise<void> = () => Promise.resolve()
  /** A limit the audit of the one model holds the number of requests to. */
  mostRequests = 1_000_000

  private constructor(folder: string, systems: Warehouse, warehouse: Warehouse) {
    this.folder = folder
    this.systems = systems
    this.warehouse = warehouse
    this.state = openState(join(folder, 'state.sqlite'))
    this.deps = this.#deps()
  }

  static async open(at?: string): Promise<Company> {
    const folder = at ?? (await mkdtemp(join(tmpdir(), 'trueworth-run-')))
    const systems = await Warehouse.open(join(folder, 'systems.duckdb'))
    await systems.write(async (session) => {
      await session.run(`CREATE SCHEMA IF NOT EXISTS crm; CREATE SCHEMA IF NOT EXISTS erp;
        CREATE TABLE IF NOT EXISTS crm.tickets (id VARCHAR, customer VARCHAR, opened VARCHAR, status VARCHAR, changed VARCHAR);
        CREATE TABLE IF NOT EXISTS crm.clients (id VARCHAR, name VARCHAR);
        CREATE TABLE IF NOT EXISTS erp.sales (id VARCHAR, customer VARCHAR, ordered VARCHAR)`)
    })
    return new Company(folder, systems, await Warehouse.open(join(folder, 'warehouse.duckdb')))
  }

  async close(): Promise<void> {
    await this.leave()
    await rm(this.folder, { recursive: true, force: true })
  }

  /** Closes everything and leaves the folder. */
  async leave(): Promise<void> {
    this.systems.close()
    this.warehouse.close()
    await this.state.close()
  }

  /** Closes the warehouse and opens it again, as a new process would. */
  async reopen(): Promise<void> {
    this.warehouse.close()
    this.warehouse = await Warehouse.open(join(this.folder, 'warehouse.duckdb'))
    this.deps = this.#deps()
  }

  /** Changes what the company's systems hold. */
  change(sql: string): Promise<void> {
    return this.systems.write((session) => session.run(sql))
  }

  rows(sql: string): Promise<Row[]> {
    return this.warehouse.read((session) => session.rows(sql))
  }

  /** A run, a day after the last one. */
  run(options: Partial<RunOptions> = {}): Promise<RunReport> {
    this.clock += 24 * 3_600_000
    return runPipelines(this.deps, { trigger: 'command', ...options })
  }

  async landed(): Promise<string[]> {
    const folder = join(this.folder, 'landing')
    const entries = existsSync(folder) ? await readdir(folder, { recursive: true, withFileTypes: true }) : []
    return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
  }

  #deps(): RunDeps {
    return {
      warehouse: this.warehouse,
      state: this.state,
      config: configAround(this.folder, sources),
      now: () => new Date(this.clock),
      open: (source) => this.#reader(source),
      build: async (session, { changed }) => {
        this.builds.push({ changed })
        await session.run(`CREATE SCHEMA IF NOT EXISTS marts;
          CREATE OR REPLACE TABLE marts.requests_by_customer AS
          SELECT customer_id, count(*) AS requests FROM raw.requests GROUP BY customer_id`)
        const { n } = (await session.one<{ n: number }>('SELECT count(*) AS n FROM raw.requests'))!
        const outcomes = [
          { ...audit, audit: 'at most', rows_at_fault: n > this.mostRequests ? n : 0, passed: n <= this.mostRequests },
          { ...audit, audit: 'even', rows_at_fault: n % 2, passed: n % 2 === 0 || n <= this.mostRequests },
          { ...audit, audit: 'at least', rows_at_fault: 0, passed: true },
        ]
        await this.afterBuild(session)
        const failed = outcomes.find(({ passed }) => !passed)
        if (failed) throw new AuditError('too many requests', { ...failed, count: n, outcomes })
        return outcomes
      },
      modelsFingerprint: () => 'one model',
      wait: () => Promise.resolve(),
    }
  }

  /** Reads tables of the systems. The window is compared as text. */
  #reader(source: Source): SourceReader {
    return {
      tables: () => Promise.resolve([]),
      columns: () => Promise.resolve([]),
      extract: async (feed, window, { parquet }): Promise<Extracted> => {
        this.beforeExtract(source, feed)
        const cursor = feed.cursor?.column
        const bounds = [
          ...(window.since === null
            ? []
            : [`${cursor} ${window.until === undefined ? '>' : '>='} ${literal(window.since)}`]),
          ...(window.until === undefined ? [] : [`${cursor} < ${literal(window.until)}`]),
        ]
        const since = cursor !== undefined && bounds.length > 0 ? `WHERE ${bounds.join(' AND ')}` : ''
        return this.systems.read(async (session) => {
          const from = `FROM ${source.name}.${feed.from} ${since}`
          const found = (await session.one<{ n: number; top: string | null }>(
            `SELECT count(*) AS n, ${cursor ? `max(${cursor})` : 'NULL'} AS top ${from}`,
          ))!
          if (found.n > 0) await session.run(`COPY (SELECT * ${from}) TO ${literal(parquet)} (FORMAT parquet)`)
          return { rows: found.n, cursor: found.top, files: [], unreadable: [] }
        })
      },
      close: () => Promise.resolve(),
    }
  }
}
