import { serve, type ServerType } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { createApi } from '../api/app.ts'
import type { RunOrderBody } from '../api/routes/runs.ts'
import { localViewer } from '../api/access.ts'
import { createPages } from '../dashboards/create-pages.ts'
import { ConfigError } from '../errors.ts'
import { isRunning } from '../pipelines/run/run.ts'
import { startScheduler } from '../pipelines/scheduler.ts'
import { describeError } from '../terminal.ts'
import { plainReport } from './plain-report.ts'
import type { Say } from './progress.ts'
import { announceServer, retractServer } from './running-server.ts'
import type { RunOrder, System } from './system.ts'

export interface Server {
  readonly url: string
  close(): Promise<void>
}

export interface ServeOptions {
  readonly host: string
  readonly port: number
  readonly version: string
  readonly say: Say
}

/** Throws ConfigError for an address that other machines reach: without users everybody there would see everything. */
export function refuseOtherHosts(host: string): void {
  if (LOOPBACK.includes(host)) return
  throw new ConfigError(
    `the server would listen on ${host}, where others can reach it, and there are no users yet; listen on 127.0.0.1`,
  )
}

const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

/** An order over HTTP in the words of a run. */
function orderOf({
  as_of: asOf,
  only,
  full,
  again,
  accept,
  correct,
  decide,
  classify,
  policy,
  lead,
}: RunOrderBody): RunOrder {
  const given = { asOf, only, full, again, accept, correct, decide, classify, policy, lead }
  return JSON.parse(JSON.stringify(given)) as RunOrder
}

/**
 * Serves pages and API and keeps the schedule. Without users it listens on this machine only.
 * Throws ConfigError for another address or a port that is taken.
 */
export async function startServer(system: System, options: ServeOptions): Promise<Server> {
  const { config } = system
  refuseOtherHosts(options.host)
  const onFault = (error: unknown, instance?: string): void =>
    options.say(`fault${instance === undefined ? '' : ` ${instance}`}: ${describeError(error)}`)
  const app = createApi({
    queries: system.queries,
    status: system.status,
    version: options.version,
    loopback: true,
    onFault,
    batches: () => system.batches(),
    policies: system.policies,
    startRun: async (order, viewer, tell) =>
      plainReport(await system.order({ ...orderOf(order), by: viewer.name }, tell)),
  })
  app.route(
    '/',
    createPages({
      ask: (viewer, query) => system.queries.ask(viewer, query),
      pipelineStatus: system.status,
      company: config.company,
      sample: config.sample !== undefined,
      policy: config.policy,
      viewer: () => localViewer,
      report: onFault,
      batches: () => system.batches(),
      changed: (viewer, question) => system.queries.change(viewer, question),
      policies: system.policies,
      restated: {
        months: (viewer, question) => system.queries.restatement(viewer, question),
        rows: (viewer, question) => system.queries.restatingRows(viewer, question),
      },
      startRun: true,
    }),
  )
  const { server, url } = await listen(app.fetch, options)
  const scheduler = startScheduler({
    schedule: config.schedule,
    state: system.state,
    now: () => new Date(),
    run: (trigger) => system.run({ trigger }),
    busy: () => isRunning(system.warehouse),
    onError: onFault,
  })
  const deliveries = setInterval(() => void system.deliver().catch(onFault), 60_000).unref()
  system.nextRun = () => scheduler.nextRunAt() ?? undefined
  await announceServer(config, url)
  return {
    url,
    close: async () => {
      clearInterval(deliveries)
      await retractServer(config)
      await scheduler.stop()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
    },
  }
}

type Fetch = Parameters<typeof serve>[0]['fetch']

async function listen(fetch: Fetch, { host, port }: ServeOptions): Promise<{ server: ServerType; url: string }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: host, port }, (address: AddressInfo) =>
      resolve({ server, url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}` }),
    )
    server.on('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE'
          ? new ConfigError(`port ${port} is taken; set another with --port or server.port in trueworth.config.ts`, {
              cause,
            })
          : new ConfigError(`the server cannot listen on ${host}:${port}: ${cause.message}`, { cause }),
      ),
    )
  })
}
