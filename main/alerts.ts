import { join } from 'node:path'
import type { Queries } from '../api/queries/queries.ts'
import { checkAlerts } from '../alerts/check.ts'
import { createDesk } from '../alerts/desk.ts'
import { Evaluator, lookedAtIn, type Trigger } from '../alerts/evaluate.ts'
import type { SendAlerts } from '../alerts/message.ts'
import type { Directory } from '../alerts/recipients.ts'
import { resolveAlerts } from '../alerts/resolve.ts'
import { workingClock } from '../alerts/working-clock.ts'
import type { Config } from '../config/define.ts'
import { openState, type State } from '../data/state.ts'
import type { Warehouse } from '../data/warehouse.ts'
import type { Outbox } from '../deliveries/outbox.ts'
import type { AlertDesk } from '../models/metrics/alert.ts'
import { dimensions, metrics } from '../models/metrics/catalogue.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import type { PipelineStatus } from '../models/metrics/status.ts'
import { viewerOf } from '../users/user.ts'
import { openPeople } from './people.ts'

/** Alerts of one configuration. */
export interface AlertSystem {
  readonly desk: AlertDesk
  readonly evaluate: (trigger: Trigger) => Promise<void>
}

interface Around {
  readonly config: Config
  readonly state: State
  readonly warehouse: Warehouse
  readonly queries: Queries
  readonly status: (viewer: Viewer) => Promise<PipelineStatus>
  readonly now: () => Date
  readonly send: SendAlerts | undefined
  readonly onFault: (error: unknown) => void
}

const DAYS = 180
const EVALUATIONS = 1_000_000

/** Undefined: nothing is watched. Throws ConfigError for an alert that cannot be. */
export function openAlerts(around: Around): AlertSystem | undefined {
  const { config, state, warehouse, queries, status, now, send, onFault } = around
  if (config.alerts === undefined) return undefined
  const { keep = {}, people: addresses = {} } = config.alerts
  const catalogue = { metrics, dimensions }
  const alerts = resolveAlerts(config.alerts)
  checkAlerts(alerts, { catalogue, access: config.access })
  const people = openPeople(config, state, now)
  const lookedAt = lookedAtIn(config.company.timeZone)
  const shared = {
    alerts,
    state,
    catalogue,
    now,
    ask: (viewer: Viewer, query: Parameters<Queries['ask']>[1]) => queries.ask(viewer, query),
    sight: (viewer: Viewer) => queries.sight(viewer),
    edition: () => queries.edition(),
  }
  const evaluator = new Evaluator({
    ...shared,
    keeping: { days: keep.days ?? DAYS, evaluations: keep.evaluations ?? EVALUATIONS },
    change: (viewer, question) => queries.change(viewer, question),
    status,
    clock: workingClock(warehouse),
    lookedAt,
    // Time stands still in books that are closed.
    runsTo: config.asOf === undefined ? now : lookedAt,
    setting: { company: config.company, catalogue, url: config.signIn?.url },
    directory: async (): Promise<Directory> => {
      const all = await people.users.list()
      return {
        people: addresses,
        users: all.filter(({ locked }) => !locked).map((user) => ({ address: user.email, viewer: viewerOf(user) })),
        locked: all.filter(({ locked }) => locked).map(({ email }) => email),
      }
    },
    send,
    onFault,
  })
  const desk = createDesk({
    ...shared,
    record: (viewer, action, subject) => people.audit.record(viewer, action, subject),
    alone: (work) => evaluator.alone(work),
  })
  return { desk, evaluate: (trigger) => evaluator.evaluate(trigger) }
}

/** Opens the alerts as they were left, beside a server that may be running. */
export function openKeptAlerts(config: Config): {
  readonly state: State
  readonly alerts: ReturnType<typeof resolveAlerts>
} {
  const state = openState(join(config.folder, 'state.sqlite'))
  return { state, alerts: config.alerts === undefined ? [] : resolveAlerts(config.alerts) }
}

/** Alerts as mail, each recipient's once. */
export function sendByMail(outbox: Pick<Outbox, 'put' | 'sendDue'>): SendAlerts {
  return async (messages) => {
    await outbox.put(
      messages.flatMap(({ key, alert, to, subject, text, html }) =>
        to.map(({ address, name }) => ({
          key: `alert:${key}:${address}`,
          kind: 'alert' as const,
          about: alert,
          channel: { via: 'mail' as const, to: address, ...(name !== undefined && { name }) },
          message: { subject, text, html, inline: [], attachments: [] },
        })),
      ),
    )
    await outbox.sendDue()
  }
}
