import { Hono, type MiddlewareHandler } from 'hono'
import { COMPRESSIBLE_CONTENT_TYPE_REGEX, compress } from 'hono/compress'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { pace } from '../pace.ts'
import { fault } from '../entities/faults.ts'
import type { AlertDesk } from '../models/metrics/alert.ts'
import type { Explorations } from '../models/metrics/exploration.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import type { BatchStatus, PipelineStatus } from '../models/metrics/status.ts'
import type { Access } from './access.ts'
import type { Env } from './env.ts'
import { MEDIA_TYPES } from './formats/format.ts'
import { answerProblem, headersOf, languageOf, problem, problemOf, type OnFault } from './problems.ts'
import type { Queries } from './queries/queries.ts'
import { alerts } from './routes/alerts.ts'
import { batches } from './routes/batches.ts'
import { catalog } from './routes/catalog.ts'
import { changes } from './routes/changes.ts'
import { deliveries, type SendAgain } from './routes/deliveries.ts'
import { explorations } from './routes/explorations.ts'
import { health } from './routes/health.ts'
import { mcp } from './routes/mcp.ts'
import { openapi } from './routes/openapi.ts'
import { pipelines } from './routes/pipelines.ts'
import { policy, type AskPolicies } from './routes/policy.ts'
import { query } from './routes/query.ts'
import { restatements } from './routes/restatements.ts'
import { runs, type StartRun } from './routes/runs.ts'
import { loopbackOnly, sameSite, securityHeaders } from './security.ts'
import { knownViewer } from './viewer.ts'

export interface ApiDeps {
  readonly queries: Queries
  readonly status: (viewer: Viewer) => Promise<PipelineStatus>
  /** Version of Trueworth. */
  readonly version: string
  /** The server listens on this machine only: other host names are refused. */
  readonly loopback: boolean
  readonly onFault: OnFault
  /** Who sends a request; undefined: nobody who is known. Default: the local viewer. */
  readonly viewer?: (request: Request) => Viewer | undefined | Promise<Viewer | undefined>
  /** Where nobody need be known; absent: nowhere. */
  readonly open?: (path: string) => boolean
  /** The page on which one signs in; absent: none. */
  readonly signInPage?: string
  /** Told of every request that was answered to somebody, with the status. */
  readonly seen?: (viewer: Viewer, request: Request, status: number) => void
  readonly access?: Access
  /** What was read from the sources; absent: it cannot be asked for. */
  readonly batches?: () => Promise<BatchStatus[]>
  /** The policy and drafts of it; absent: neither can be asked for. */
  readonly policies?: AskPolicies
  /** Saved explorations; absent: none can be kept. */
  readonly explorations?: Explorations
  /** Absent: what was not taken cannot be sent again over HTTP. */
  readonly sendAgain?: SendAgain
  /** What is watched; absent: nothing is. */
  readonly alerts?: AlertDesk
  /** Absent: runs cannot be started over HTTP. */
  readonly startRun?: StartRun
}

/**
 * The API, and the frame of the whole server: routes that are added to it stand behind the same headers, checks and viewer,
 * and their errors become problem details where they do not handle them.
 */
export function createApi(deps: ApiDeps): Hono<Env> {
  const app = new Hono<Env>()
  app.onError((error, c) =>
    answerProblem(
      c,
      problemOf(error, { onFault: c.req.raw.signal.aborted ? () => undefined : deps.onFault, language: languageOf(c) }),
      headersOf(error),
    ),
  )
  app.notFound((c) => answerProblem(c, problem(404, fault('nothing_here', { path: c.req.path }), languageOf(c))))
  app.use(inPace)
  app.use(securityHeaders)
  if (deps.loopback) app.use(loopbackOnly)
  app.use(sameSite)
  app.use(
    compress({ contentTypeFilter: (type) => COMPRESSIBLE_CONTENT_TYPE_REGEX.test(type) || type === MEDIA_TYPES.arrow }),
  )
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (c, methods) => notAllowed(c, methods) }))
  app.use(knownViewer(deps))
  app.route('/api/query', query(deps))
  app.route('/api/changes', changes(deps))
  app.route('/api/restatements', restatements(deps))
  app.route('/api/catalog', catalog(deps))
  app.route('/api/pipelines', pipelines(deps))
  if (deps.batches) app.route('/api/batches', batches({ batches: deps.batches, access: deps.access }))
  if (deps.policies) app.route('/api/policy', policy({ policies: deps.policies }))
  if (deps.explorations) app.route('/api/explorations', explorations({ explorations: deps.explorations }))
  if (deps.sendAgain) app.route('/api/deliveries', deliveries({ sendAgain: deps.sendAgain, access: deps.access }))
  if (deps.alerts) app.route('/api/alerts', alerts({ alerts: deps.alerts }))
  if (deps.startRun) app.route('/api/runs', runs({ ...deps, startRun: deps.startRun }))
  app.route('/healthz', health(deps))
  app.route('/mcp', mcp(app, deps.version))
  app.route('/openapi.json', openapi(app, { version: deps.version, isOpen: deps.viewer === undefined }))
  return app
}

/** Of many requests that come at once, some are begun in each turn of the event loop. */
const inPace: MiddlewareHandler = async (_c, next) => {
  await pace()
  await next()
}

function notAllowed(c: Parameters<typeof answerProblem>[0], methods: readonly string[]): Response {
  const allow = methods.join(', ')
  return answerProblem(
    c,
    problem(405, fault('method_not_allowed', { method: c.req.method, allowed: allow }), languageOf(c)),
    { Allow: allow },
  )
}
