import { createApi } from '../../../api/app.ts'
import type { Env } from '../../../api/env.ts'
import { localAccess, localViewer } from '../../../api/access.ts'
import { createPipelineStatus } from '../../../api/queries/pipeline-status.ts'
import { Queries } from '../../../api/queries/queries.ts'
import type { RunOrderBody } from '../../../api/routes/runs.ts'
import type { Access } from '../../../config/access.ts'
import { createPages } from '../../../dashboards/create-pages.ts'
import { openState, type State } from '../../../data/state.ts'
import type { Warehouse } from '../../../data/warehouse.ts'
import { dimensions, metrics } from '../../../models/metrics/catalogue.ts'
import type { Viewer } from '../../../models/metrics/metric.ts'
import type { BatchStatus } from '../../../models/metrics/status.ts'
import type { Context } from 'hono'

const now = (): Date => new Date('2026-07-01T00:00:00Z')
const state: State = openState(':memory:')

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer
}

/** The whole server over one warehouse, as `main/server.ts` puts it together: API and pages behind one frame. */
export function openServer(warehouse: Warehouse, { access, viewer }: { access: Access; viewer: Viewer }) {
  const ordered: RunOrderBody[] = []
  const faults: unknown[] = []
  const whole = { ...access, ...localAccess }
  const past = (): Promise<undefined> => Promise.resolve(undefined)
  const queries = new Queries({ warehouse, catalogue: { metrics, dimensions }, sources: [], now, past, access: whole })
  const status = createPipelineStatus({ warehouse, state, sources: [], now, nextRun: () => undefined, access: whole })
  const batches = () =>
    warehouse.read((session) =>
      session.rows<BatchStatus>(
        `SELECT
          batch_id, original AS source, entity, origin, '2026-03-01T00:00:00Z' AS extracted_at, 1 AS rows, 0 AS loaded, 1 AS rejected,
          'loaded' AS state, NULL AS corrected_by
        FROM meta.rejects`,
      ),
    )
  const app = createApi({
    queries,
    status,
    version: '0',
    loopback: true,
    onFault: (error) => faults.push(error),
    viewer: (request) => (request.headers.get('x-who') === 'owner' ? localViewer : viewer),
    access: whole,
    batches,
    startRun: (order) => {
      ordered.push(order)
      return Promise.resolve({ status: 'succeeded', published: true, steps: ['r0q'], error: null })
    },
  })
  app.route(
    '/',
    createPages({
      ask: (who, query) => queries.ask(who, query),
      pipelineStatus: status,
      company: { name: 'Works', currency: 'CNY', timeZone: 'Asia/Shanghai' },
      sample: false,
      policy: { coverageThreshold: 0.7 },
      viewer: (c: Context<Env>) => c.var.viewer,
      sight: (who) => queries.sight(who),
      report: (error) => faults.push(error),
      batches,
      changed: (who, question) => queries.change(who, question),
      restated: {
        months: (who, question) => queries.restatement(who, question),
        rows: (who, question) => queries.restatingRows(who, question),
      },
      startRun: true,
    }),
  )
  const ask = async (address: string, headers: Record<string, string> = {}, body?: object): Promise<Answered> => {
    const sent = body && { method: 'POST', body: JSON.stringify(body) }
    const type = body && { 'content-type': 'application/json' }
    const answer = await app.request(address, { headers: { ...headers, ...type }, ...sent })
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      bytes: Buffer.from(await answer.arrayBuffer()),
    }
  }
  return { queries, ask, faults, ordered }
}
