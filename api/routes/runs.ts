import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { describeRoute, validator } from 'hono-openapi'
import { fault } from '../../entities/faults.ts'
import type { z } from 'zod'
import { AccessError } from '../../errors.ts'
import type { Viewer } from '../../models/metrics/metric.ts'
import { localAccess, rulesOf, type Access } from '../access.ts'
import type { Env } from '../env.ts'
import { languageOf, problemOfRun, type Answering, type OnFault } from '../problems.ts'
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
    ...problems(400, 403, 413, 415),
  },
})

export const runs = (deps: RunsDeps) =>
  new Hono<Env>().post(
    '/',
    description,
    sameSiteJson,
    bodyLimit({ maxSize: 65_536 }),
    validator('json', RunOrder, refuse),
    (c) => {
      if (rulesOf(deps.access ?? localAccess, c.var.viewer) !== 'all')
        throw new AccessError(fault('run_not_allowed', {}))
      const start: Start = (tell) => deps.startRun(c.req.valid('json'), c.var.viewer, tell)
      return c.body(progressOf(start, { onFault: deps.onFault, language: languageOf(c) }), 200, {
        'Content-Type': 'application/x-ndjson',
        'Cache-Control': 'no-store',
      })
    },
  )

/** Readers give up on an answer that is silent for minutes, as a long extraction is. */
const SILENCE = 30_000

type Start = (tell: (progress: unknown) => void) => Promise<unknown>

function progressOf(start: Start, { onFault, language }: Answering): ReadableStream<Uint8Array> {
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
      void start((progress) => say({ progress })).then(
        (report) => end({ report }),
        (error: unknown) => end({ problem: problemOfRun(error, { onFault, language }) }),
      )
    },
    cancel() {
      open = false
    },
  })
}
