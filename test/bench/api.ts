// Child: questions over HTTP beside the same SQL in the same process, from one client and from many, and how long the event loop is held.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Worker } from 'node:worker_threads'
import { localAccess, localViewer, Sights } from '../../api/access.ts'
import { compileQuery } from '../../api/queries/compile.ts'
import type { Statement } from '../../api/queries/statement.ts'
import { openKysely } from '../../data/dialect.ts'
import { startServer } from '../../main/server.ts'
import { openSystem, type System } from '../../main/system.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import { parseMetricQuery } from '../../models/metrics/query-string.ts'
import type { Asked } from './api-clients.ts'
import type { ApiReading, Measure } from './api-report.ts'
import { answer } from './child.ts'
import { companyOf, folderOf } from './company.ts'
import { median } from './figures.ts'

const TIMES = 50
const CLIENTS = 50
const EACH = 4
const AS_OF = '2026-06-30'

const QUESTIONS: Readonly<Record<string, string>> = {
  'revenue by month': 'metrics=revenue,sales_margin&by=month&order=month',
  'rank drops of customers':
    'metrics=revenue,revenue_rank,profit_before_allocation,profit_rank,rank_drop&by=customer&period=trailing_12&order=-rank_drop',
  'profit by region and quarter, with last year':
    'metrics=profit,service_hours&by=region&grain=quarter&period=trailing_12&compare=last_year',
  'ten customers, the rest and the total': 'metrics=profit,revenue&by=customer&period=trailing_12&top=10&totals=true',
}
const LARGE = 'metrics=revenue,profit,service_hours&by=customer,month&limit=100000'

const scale = Number(process.argv[2])
const built = [join(folderOf(scale), 'full-run'), companyOf(scale).folder].find((folder) =>
  existsSync(join(folder, 'warehouse.duckdb')),
)
const system = await openSystem({ ...companyOf(scale), ...(built && { folder: built }) })
const server = await startServer(system, { host: '127.0.0.1', port: 0, version: '', say: () => undefined })
const clients = new Worker(new URL('api-clients.ts', import.meta.url))
const questions: ApiReading['questions'] = []
for (const [what, search] of Object.entries(QUESTIONS)) questions.push({ what, ...(await measured(system, search)) })
const large: ApiReading['large'] = []
for (const format of ['json', 'csv', 'arrow', 'parquet', 'xlsx']) {
  const { taken, held } = await asked([[`${LARGE}&format=${format}`]])
  large.push({ format, taken: median(taken), held })
}
await clients.terminate()
await server.close()
await system.close()
answer({ questions, large } satisfies ApiReading)

/** Another limit is another question, so it is not answered from what was kept. */
function limits(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => 5_000 - from - i)
}

async function measured({ warehouse }: System, search: string): Promise<Omit<Measure, 'what'>> {
  const builder = openKysely<unknown>(warehouse)
  const context = { builder, sight: new Sights(localAccess, { metrics, dimensions }).of(localViewer), asOf: AS_OF }
  const compiled = (limit: number): Statement[] => {
    const query = parseMetricQuery(new URLSearchParams(`${search}&limit=${limit}`))
    const { page, coverage } = compileQuery(query, context)
    return [page(), ...(coverage === undefined ? [] : [coverage])]
  }
  const timed = async (statements: readonly Statement[]): Promise<number> => {
    const started = performance.now()
    await warehouse.read(async (session) => {
      for (const { sql, parameters } of statements) await session.rows(sql, parameters)
    })
    return performance.now() - started
  }
  const byHand = async (lists: readonly number[][]): Promise<Taken> => {
    const prepared = lists.map((list) => list.map(compiled))
    return watched(async () => {
      const taken = await Promise.all(
        prepared.map(async (list) => {
          const each: number[] = []
          for (const statements of list) each.push(await timed(statements))
          return each
        }),
      )
      return taken.flat()
    })
  }
  const over = (lists: readonly number[][]): Asked =>
    lists.map((list) => list.map((limit) => `${search}&limit=${limit}`))
  const [first, one, other] = [limits(0, TIMES), limits(TIMES, TIMES), limits(2 * TIMES, TIMES)]
  const many = Array.from({ length: CLIENTS }, (_, i) => limits(3 * TIMES + i * EACH, EACH))
  // A server is measured as it runs, not as it starts.
  await byHand([first])
  const starting = await asked(over([first]))
  const alone = []
  // In turns, so that neither has the quieter half of the machine.
  for (const [i, limit] of one.entries())
    alone.push({ bare: await byHand([[limit]]), cold: await asked(over([[other[i] ?? 0]])) })
  const cold = joined(alone.map((each) => each.cold))
  const kept = await asked(over([other]))
  const bareMany = await byHand(many)
  const coldMany = await asked(over(many))
  const keptMany = await asked(over(many))
  const bare = joined(alone.map((each) => each.bare))
  return {
    bare: median(bare.taken),
    cold: median(cold.taken),
    kept: median(kept.taken),
    bareMany: median(bareMany.taken),
    coldMany: median(coldMany.taken),
    keptMany: median(keptMany.taken),
    heldBare: Math.max(bare.held, bareMany.held),
    held: joined([starting, cold, kept, coldMany, keptMany]).held,
  }
}

interface Taken {
  /** Milliseconds of each question. */
  readonly taken: readonly number[]
  /** The longest that the event loop was held meanwhile, in milliseconds. */
  readonly held: number
}

function joined(parts: readonly Taken[]): Taken {
  return { taken: parts.flatMap(({ taken }) => taken), held: Math.max(...parts.map(({ held }) => held)) }
}

async function watched(work: () => Promise<readonly number[]>): Promise<Taken> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const taken = await work()
  delay.disable()
  return { taken, held: delay.max / 1e6 }
}

/** What clients waited. */
async function asked(searches: Asked): Promise<Taken> {
  return watched(
    () =>
      new Promise<number[]>((resolve, reject) => {
        clients.once('message', (each: number[]) => {
          clients.off('error', reject)
          resolve(each)
        })
        clients.once('error', reject)
        clients.postMessage(
          searches.map((list) => list.map((search) => `${server.url}/api/query?${search}`)),
          [],
        )
      }),
  )
}
