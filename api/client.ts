import { hc, type ClientRequestOptions, type InferRequestType } from 'hono/client'
import type { Answer } from '../models/metrics/metric.ts'
import type { Problem } from './problems.ts'
import type { batches } from './routes/batches.ts'
import type { catalog } from './routes/catalog.ts'
import type { changes } from './routes/changes.ts'
import type { health } from './routes/health.ts'
import type { pipelines } from './routes/pipelines.ts'
import type { policy } from './routes/policy.ts'
import type { query } from './routes/query.ts'
import type { restatements } from './routes/restatements.ts'
import type { RunOrderBody, runs } from './routes/runs.ts'

/** What the API refused, with its words. */
export class Refusal extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'Refusal'
    this.problem = problem
  }
}

/**
 * The API for a program in TypeScript. What goes in and out has the types of the routes themselves. Every call throws a Refusal
 * where the API answers with a problem.
 *
 * `url`: where the server answers, http://127.0.0.1:4600. `options.headers`: who asks, `{ authorization: 'Bearer …' }`.
 */
export function trueworth(url: string, options: ClientRequestOptions = {}) {
  const at = (path: string): [string, ClientRequestOptions] => [new URL(path, url).href, options]
  const figures = hc<ReturnType<typeof query>>(...at('/api/query')).index
  const changed = hc<ReturnType<typeof changes>>(...at('/api/changes')).index
  const restated = hc<ReturnType<typeof restatements>>(...at('/api/restatements'))
  const rules = hc<ReturnType<typeof policy>>(...at('/api/policy'))
  const started = hc<ReturnType<typeof runs>>(...at('/api/runs')).index
  return {
    /** Figures by name, with their evidence. */
    query: (query: Omit<InferRequestType<typeof figures.$get>['query'], 'format' | 'lang'>) =>
      told(figures.$get({ query: { ...query, format: 'json' } }) as Promise<Told<Answer>>),
    /** The same as a file of any size, streamed: CSV, XLSX, Arrow, Parquet. */
    file: async (query: InferRequestType<typeof figures.$get>['query']): Promise<Response> =>
      taken(await figures.$get({ query })),
    /** Why a metric changed between two periods. */
    change: (query: InferRequestType<typeof changed.$get>['query']) => told(changed.$get({ query })),
    /** How the months of a metric were restated since a moment. */
    restatement: (query: InferRequestType<typeof restated.index.$get>['query']) => told(restated.index.$get({ query })),
    /** The rows of sources that made the difference in a month. */
    restatingRows: (query: InferRequestType<typeof restated.rows.$get>['query']) => told(restated.rows.$get({ query })),
    catalog: () => told(hc<ReturnType<typeof catalog>>(...at('/api/catalog')).index.$get()),
    pipelines: () => told(hc<ReturnType<typeof pipelines>>(...at('/api/pipelines')).index.$get()),
    batches: () => told(hc<ReturnType<typeof batches>>(...at('/api/batches')).index.$get()),
    policy: () => told(rules.index.$get()),
    /** What another policy would make of the figures: nothing is kept. */
    whatIf: (json: InferRequestType<(typeof rules)['what-if']['$post']>['json']) =>
      told(rules['what-if'].$post({ json })),
    health: () => told(hc<ReturnType<typeof health>>(...at('/healthz')).index.$get()),
    /** Starts a run, or gives an order: each line as soon as something happens, the report or the problem last. */
    run: async function* (json: RunOrderBody): AsyncGenerator<RunLine> {
      yield* linesOf(await taken(await started.$post({ json })))
    },
  }
}

export interface RunLine {
  readonly progress?: unknown
  readonly report?: unknown
  readonly problem?: Problem
}

interface Told<T> {
  readonly ok: boolean
  json(): Promise<T>
}

async function told<T>(asking: Promise<Told<T>>): Promise<T> {
  return (await taken(await asking)).json()
}

async function taken<R extends Told<unknown>>(answer: R): Promise<R> {
  if (answer.ok) return answer
  throw new Refusal((await answer.json()) as Problem)
}

async function* linesOf({ body }: Response): AsyncGenerator<RunLine> {
  let rest = ''
  for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + part).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as RunLine
  }
}
