import { serve, type ServerType } from '@hono/node-server'
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import stringWidth from 'string-width'
import { createApi } from '../api/app.ts'
import { createExplorations } from '../api/explorations.ts'
import { asCaller } from '../api/as-caller.ts'
import type { RunOrderBody } from '../api/routes/runs.ts'
import { OWNER } from '../entities/actions.ts'
import { createPages } from '../dashboards/create-pages.ts'
import type { ApiDocument } from '../dashboards/pages/api-document.ts'
import { ConfigError } from '../errors.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import { isRunning } from '../pipelines/run/run.ts'
import { startScheduler } from '../pipelines/scheduler.ts'
import { describeError } from '../terminal.ts'
import { guardOf } from './guard.ts'
import { doorOf, goneRoleWarnings, openPeople, type Door } from './people.ts'
import { plainReport } from './plain-report.ts'
import type { Say } from './progress.ts'
import { rendering } from './rendering.ts'
import { createReports } from './reports.ts'
import { announceServer, retractServer } from './running-server.ts'
import type { RunOrder, System } from './system.ts'

export interface Server {
  readonly url: string
  readonly door: Door
  close(): Promise<void>
}

export interface ServeOptions {
  readonly host: string
  readonly port: number
  readonly version: string
  readonly say: Say
}

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
  const now = (): Date => new Date()
  const door = await doorOf(config, options.host)
  const key = randomBytes(32).toString('base64url')
  const people = openPeople(config, system.state, now)
  if (door === 'users') for (const line of await goneRoleWarnings(config, people)) options.say(line)
  const onFault = (error: unknown, instance?: string): void =>
    options.say(`fault${instance === undefined ? '' : ` ${instance}`}: ${describeError(error)}`)
  const listening = Promise.withResolvers<string>()
  const guard =
    door === 'users'
      ? guardOf(config, { people, state: system.state, key, onFault, url: listening.promise, now })
      : undefined
  const explorations = createExplorations({
    state: system.state,
    ask: (viewer, query) => system.queries.ask(viewer, query),
    sight: (viewer) => system.queries.sight(viewer),
    roles: Object.keys(config.access).filter((role) => role !== OWNER),
    now,
    record: (viewer, action, subject) => people.audit.record(viewer, 'ordered', `${action} ${subject}`),
  })
  const reports = createReports(system, people)
  const app = createApi({
    queries: system.queries,
    status: system.status,
    version: options.version,
    loopback: guard === undefined,
    ...guard?.frame,
    onFault,
    access: config.access,
    batches: () => system.batches(),
    policies: system.policies,
    explorations,
    sendAgain: async (viewer, ids) => {
      await people.audit.record(viewer, 'ordered', JSON.stringify({ send_again: ids ?? 'all' }))
      const revived = await system.outbox.revive(ids)
      // Whoever asked need not wait for mail servers; what fails stands on the page.
      void system.outbox.sendDue().catch(onFault)
      return revived
    },
    ...(system.alerts && { alerts: system.alerts.desk }),
    startRun: async (order, viewer, tell) => {
      await people.audit.record(viewer, 'ordered', JSON.stringify(order))
      return plainReport(await system.order({ ...orderOf(order), by: viewer.name }, tell))
    },
  })
  app.route(
    '/',
    createPages({
      ask: (viewer, query) => system.queries.ask(viewer, query),
      pipelineStatus: system.status,
      company: config.company,
      sample: config.sample !== undefined,
      policy: config.policy,
      viewer: (c) => c.get('viewer') as Viewer,
      sight: (viewer) => system.queries.sight(viewer),
      ...(guard && { people: guard.pages }),
      report: onFault,
      batches: () => system.batches(),
      changed: (viewer, question) => system.queries.change(viewer, question),
      policies: system.policies,
      explorations,
      reports,
      draw: rendering.draw,
      catalogue: (viewer) => system.queries.sight(viewer).catalogue,
      restated: {
        months: (viewer, question) => system.queries.restatement(viewer, question),
        rows: (viewer, question) => system.queries.restatingRows(viewer, question),
      },
      ...(system.alerts && { alerts: system.alerts.desk }),
      apiDocument: async (c) => (await asCaller(app, c)('/openapi.json')).json() as Promise<ApiDocument>,
      startRun: true,
    }),
  )
  // What the first requests would hold all others up with: routes are sorted, the rules for the width of text compiled.
  app.router.match('GET', '/')
  stringWidth('宽')
  const { server, url } = await listen(app.fetch, options)
  listening.resolve(url)
  const scheduler = startScheduler({
    schedule: config.schedule,
    state: system.state,
    now,
    run: (trigger) => system.run({ trigger }),
    busy: () => isRunning(system.warehouse),
    onError: onFault,
  })
  let working: Promise<void> = Promise.resolve()
  const work = (first: () => Promise<void>): void => {
    working = working
      .then(first)
      .then(() => system.outbox.sendDue())
      .catch(onFault)
  }
  const minutes = setInterval(() => work(() => reports.makeDue()), 60_000).unref()
  if (config.sample !== undefined) work(() => reports.showSamples())
  let looking: Promise<void> | undefined
  const look = (): void => void (looking = system.alerts?.evaluate('tick').catch(onFault))
  const ticking = setInterval(look, 60_000).unref()
  const tidy = async (): Promise<void> => {
    await people.audit.trim()
    await people.users.tidy()
    await system.outbox.tidy()
  }
  const tidying = setInterval(() => void tidy().catch(onFault), 3_600_000).unref()
  await tidy()
  system.nextRun = () => scheduler.nextRunAt() ?? undefined
  await announceServer(config, { url: hereOf(url), key })
  return {
    url,
    door,
    close: async () => {
      clearInterval(ticking)
      clearInterval(minutes)
      await Promise.all([working, looking])
      clearInterval(tidying)
      await retractServer(config)
      await scheduler.stop()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
    },
  }
}

/** The same server as this machine reaches it, where it listens everywhere. */
function hereOf(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
}

type Fetch = Parameters<typeof serve>[0]['fetch']

async function listen(fetch: Fetch, { host, port }: ServeOptions): Promise<{ server: ServerType; url: string }> {
  return new Promise((resolve, reject) => {
    // Longer than proxies keep a connection: one that was just closed here fails the request on it.
    const serverOptions = { keepAliveTimeout: 75_000 }
    const server = serve({ fetch, hostname: host, port, serverOptions }, (address: AddressInfo) =>
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
