import { createApi, type ApiDeps } from '../../api/app.ts'
import { Queries } from '../../api/queries/queries.ts'
import { Warehouse } from '../../data/warehouse.ts'
import type { ApiDocument } from '../../dashboards/pages/api-document.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'

/** Nothing of what has routes may be left out: what is not served is not described. */
type Served = Required<Omit<ApiDeps, 'viewer' | 'open' | 'signInPage' | 'seen' | 'access'>>

/** What the API says of itself where everything can be asked for. */
export async function apiDocument(): Promise<ApiDocument> {
  const warehouse = await Warehouse.open(':memory:')
  const nothing = (): Promise<never> => Promise.reject(new Error('only described'))
  const queries = new Queries({ warehouse, catalogue: { metrics, dimensions }, sources: [], now: () => new Date() })
  const app = createApi({
    queries,
    status: nothing,
    version: '0.1.0',
    loopback: false,
    onFault: () => undefined,
    batches: nothing,
    policies: { status: nothing, whatIf: nothing },
    explorations: { roles: [], list: nothing, find: nothing, add: nothing, change: nothing, remove: nothing },
    alerts: { list: nothing, log: nothing, acknowledge: nothing, snooze: nothing },
    sendAgain: nothing,
    startRun: nothing,
  } satisfies Served)
  try {
    return (await (await app.request('/openapi.json')).json()) as ApiDocument
  } finally {
    warehouse.close()
  }
}
