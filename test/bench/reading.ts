// Child: large answers as Arrow and Parquet, three questions with and without Trueworth, one page.
import { existsSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { localViewer } from '../../api/access.ts'
import { compileQuery } from '../../api/queries/compile.ts'
import { arrowStream } from '../../data/arrow.ts'
import { openKysely } from '../../data/dialect.ts'
import { literal } from '../../data/quote.ts'
import { Warehouse } from '../../data/warehouse.ts'
import { openSystem, type System } from '../../main/system.ts'
import { startServer } from '../../main/server.ts'
import type { MetricQuery } from '../../models/metrics/metric.ts'
import { answer } from './child.ts'
import { companyOf, folderOf } from './company.ts'
import { median } from './figures.ts'
import type { Reading } from './reading-report.ts'

const TIMES = 20
const scale = Number(process.argv[2])
const built = [join(folderOf(scale), 'full-run'), companyOf(scale).folder].find((folder) =>
  existsSync(join(folder, 'warehouse.duckdb')),
)
const arrow = await largeAnswers()
const system = await openSystem({ ...companyOf(scale), ...(built && { folder: built }) })
const questions = await typicalQuestions(system)
const page = await customersPage(system)
await system.close()
answer({ arrow, questions, page } satisfies Reading)

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

async function repeated(work: (turn: number) => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let turn = 0; turn < TIMES; turn++) taken.push(await timed(() => work(turn)))
  return median(taken)
}

async function largeAnswers(): Promise<Reading['arrow']> {
  const file = join(folderOf(scale), 'wide.duckdb')
  const parquet = join(folderOf(scale), 'wide.parquet')
  await rm(file, { force: true })
  const warehouse = await Warehouse.open(file)
  const session = await warehouse.session()
  await session.run(`
    CREATE TYPE kind AS ENUM ('fault', 'inquiry', 'complaint', 'maintenance');
    CREATE TABLE wide AS SELECT i AS id, CAST(hash(i) % 100000 AS INTEGER) AS customer, (hash(i) % 1000000) / 7.0 AS hours,
      CAST((hash(i) % 10000000) / 100 AS DECIMAL(18,2)) AS amount, DATE '2020-01-01' + CAST(i % 2000 AS INTEGER) AS day,
      TIMESTAMP '2020-01-01' + INTERVAL 1 MINUTE * i AS at, i % 3 = 0 AS urgent,
      CAST(['fault', 'inquiry', 'complaint', 'maintenance'][1 + i % 4] AS kind) AS kind
    FROM range(10000000) AS t(i);
    CHECKPOINT`)
  const measured: Reading['arrow'] = []
  for (const [what, kind] of [
    ['ENUM', 'kind'],
    ['VARCHAR', 'CAST(kind AS VARCHAR) AS kind'],
  ] as const) {
    const sql = `SELECT * REPLACE (${kind}) FROM wide`.replace('REPLACE (kind)', '')
    let bytes = 0
    const taken = { arrow: [] as number[], parquet: [] as number[] }
    for (let turn = 0; turn < 3; turn++) {
      taken.parquet.push(await timed(() => session.run(`COPY (${sql}) TO ${literal(parquet)} (FORMAT parquet)`)))
      taken.arrow.push(
        await timed(async () => {
          bytes = 0
          for await (const piece of arrowStream(session, sql)) bytes += piece.byteLength
        }),
      )
    }
    measured.push({ what, arrow: median(taken.arrow), parquet: median(taken.parquet), bytes })
  }
  await stat(parquet)
  session.close()
  warehouse.close()
  await Promise.all([rm(file, { force: true }), rm(parquet, { force: true })])
  return measured
}

async function typicalQuestions({ queries, warehouse }: System): Promise<Reading['questions']> {
  const period = { field: 'period', operator: 'eq' as const, values: ['trailing_12'] }
  const asked: Record<string, Omit<MetricQuery, 'limit'>> = {
    'revenue by month': { metrics: ['revenue', 'sales_margin'], by: ['month'], where: [], order: ['month'] },
    'rank drops of customers': {
      metrics: ['revenue', 'revenue_rank', 'profit_before_allocation', 'profit_rank', 'rank_drop'],
      by: ['customer'],
      where: [period],
      order: ['-rank_drop'],
    },
    'requests by month': { metrics: ['requests', 'service_hours'], by: ['month'], where: [period], order: ['month'] },
  }
  const builder = openKysely<unknown>(warehouse)
  const measured: Reading['questions'] = []
  for (const [what, question] of Object.entries(asked)) {
    // Another limit is another question, so it is not answered from what was kept.
    const limited = (turn: number): MetricQuery => ({ ...question, limit: 100 - turn })
    const context = { builder, sight: queries.sight(localViewer), asOf: '2026-06-30' }
    const statements = Array.from({ length: TIMES }, (_, turn) => compileQuery(limited(turn), context).page())
    await queries.ask(localViewer, { ...question, limit: 101 })
    const bare = await repeated((turn) =>
      warehouse.read((session) => session.rows(statements[turn]?.sql ?? '', statements[turn]?.parameters)),
    )
    const cold = await repeated((turn) => queries.ask(localViewer, limited(turn)))
    const kept = await repeated(() => queries.ask(localViewer, limited(0)))
    measured.push({ what, bare, cold, kept })
  }
  return measured
}

async function customersPage(open: System): Promise<Reading['page']> {
  const say = (): void => undefined
  const server = await startServer(open, { host: '127.0.0.1', port: 0, version: '', say })
  let bytes = 0
  const fetchPage = async (): Promise<void> => {
    const page = await fetch(new URL('/customers', server.url))
    if (!page.ok) throw new Error(`/customers answered ${page.status}: ${await page.text()}`)
    bytes = (await page.arrayBuffer()).byteLength
  }
  const first = await timed(fetchPage)
  const warm = await repeated(fetchPage)
  await server.close()
  return { first, warm, bytes }
}
