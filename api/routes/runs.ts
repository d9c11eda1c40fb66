import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { describeRoute, validator } from 'hono-openapi'
import type { z } from 'zod'
import type { Viewer } from '../../models/metrics/metric.ts'
import { localAccess, may, type Access } from '../access.ts'
import type { Env } from '../env.ts'
import { checkOrder } from '../orders.ts'
import { languageOf, problemOf, problemOfRun, type Answering, type OnFault } from '../problems.ts'
import type { Queries } from '../queries/queries.ts'
import { problems, refuse } from '../requests.ts'
import { RunOrder } from '../schemas.ts'
import { sameSiteJson } from '../security.ts'

/** What a run is asked to do, in the words of the API. */
export type RunOrderBody = z.infer<typeof RunOrder>

/** Starts a run and waits for its end. `tell` takes what happens meanwhile; the report is anything JSON can hold. */
export type StartRun = (order: RunOrderBody, viewer: Viewer, tell: (progress: unknown) => void) => Promise<unknown>

export interface RunsDeps {
  readonly startRun: StartRun
  readonly onFault: OnFault
  readonly queries: Queries
  readonly access?: Access | undefined
}

const description = describeRoute({
  operationId: 'run',
  summary: 'Extracts, loads and builds now, and tells how it goes',
  responses: {
    200: {
      description:
        'NDJSON, a line as soon as something happens: {"progress": …}, at the end {"report": …} or {"problem": …}; {} where nothing happened for a while. The run goes on when the reader leaves.',
      content: { 'application/x-ndjson': { schema: { type: 'string' } } },
    },
    ...problems(400, 413, 415),
  },
})

export const runs = ({ startRun, onFault, queries, access = localAccess }: RunsDeps) =>
  new Hono<Env>().post(
    '/',
    description,
    sameSiteJson,
    bodyLimit({ maxSize: 65_536 }),
    validator('json', RunOrder, refuse),
    async (c) => {
      const { viewer } = c.var
      await checkOrder(c.req.valid('json'), viewer, { access, queries })
      const start: Start = (tell) => startRun(c.req.valid('json'), viewer, tell)
      const answering = { onFault, language: languageOf(c), whole: may(access, viewer, 'see_sources') }
      return c.body(progressOf(start, answering), 200, {
        'Content-Type': 'application/x-ndjson',
        'Cache-Control': 'no-store',
      })
    },
  )

/** Readers give up on an answer that is silent for minutes, as a long extraction is. */
const SILENCE = 30_000

type Start = (tell: (progress: unknown) => void) => Promise<unknown>

/** To who may not see rows of sources, which counts and errors tell of, nothing but how it ended. */
function progressOf(
  start: Start,
  { whole, ...answering }: Answering & { readonly whole: boolean },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let open = true
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const say = (line: unknown): void => {
        if (open) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
      }
      const sign = setInterval(() => say({}), SILENCE).unref()
      const end = (line: unknown): void => {
        clearInterval(sign)
        say(line)
        if (open) controller.close()
        open = false
      }
      void start((progress) => (whole ? say({ progress }) : undefined)).then(
        (report) => end({ report: whole ? report : endOf(report) }),
        (error: unknown) => end({ problem: whole ? problemOfRun(error, answering) : problemOf(error, answering) }),
      )
    },
    cancel() {
      open = false
    },
  })
}

function endOf(report: unknown): unknown {
  const { status, published } = report as { readonly status?: unknown; readonly published?: unknown }
  return { status, published, error: null }
}
