import { createDesk } from '../../alerts/desk.ts'
import { Evaluator, lookedAtIn } from '../../alerts/evaluate.ts'
import type { AlertMessage } from '../../alerts/message.ts'
import type { Person } from '../../alerts/recipients.ts'
import { resolveAlerts } from '../../alerts/resolve.ts'
import { workingClock } from '../../alerts/working-clock.ts'
import { defaultAccess, type Access } from '../../config/access.ts'
import type { Alert, Alerts } from '../../config/alerts.ts'
import type { Viewer } from '../../models/metrics/metric.ts'
import type { PipelineStatus } from '../../models/metrics/status.ts'
import { catalogue, openCompany, publish } from '../api/company.ts'

export const OWNER = 'owner@example.com'
const access: Access = {
  owner: defaultAccess['owner'] as Access[string],
  head: { rows: 'all', may: ['acknowledge_alerts', 'see_sources'] },
  region: { rows: { region: { own: 'region' } }, may: ['acknowledge_alerts'] },
  looker: { rows: 'all' },
  narrow: { rows: 'all', hides: ['region', 'people'], may: ['see_sources'] },
}
export const head: Viewer = { id: 'h', name: 'Ann', roles: ['head'] }
/** Of all rows, but neither where they are nor who works here. */
export const narrow: Viewer = { id: 'n', name: 'Nan', roles: ['narrow'] }
export const inRegion = (...regions: readonly string[]): Viewer => ({
  id: `r${regions.join()}`,
  name: 'Bo',
  roles: ['region'],
  attributes: { region: regions },
})

const WORKING_DAYS = `CREATE SCHEMA staging; CREATE TABLE staging.working_days AS
  SELECT CAST(day AS DATE) AS day FROM range(DATE '2025-01-01', DATE '2027-01-01', INTERVAL 1 DAY) AS days(day) WHERE isodow(day) < 6`

interface Watching {
  readonly watch?: readonly Alert[]
  readonly more?: Partial<Alerts>
  readonly users?: readonly Person[]
  readonly locked?: readonly string[]
  readonly status?: Partial<PipelineStatus>
  /** Those who take messages refuse them. */
  readonly refuses?: () => boolean
}

/** The small company of the API's tests with alerts, a clock that is set, and everything that is handed over. */
async function openWatched({
  watch = [],
  more = {},
  users = [],
  locked = [],
  status = {},
  refuses = () => false,
}: Watching) {
  const company = await openCompany({ access })
  await company.warehouse.write((session) => session.run(WORKING_DAYS))
  const alerts = resolveAlerts({ owner: OWNER, builtIn: false, ...more, watch })
  const sent: AlertMessage[] = []
  const faults: unknown[] = []
  let clock = new Date('2025-03-20T12:00:00Z')
  let version = 1
  const { queries, state, warehouse } = company
  const shared = {
    alerts,
    state,
    catalogue,
    now: () => clock,
    ask: (viewer: Viewer, query: Parameters<typeof queries.ask>[1]) => queries.ask(viewer, query),
    sight: (viewer: Viewer) => queries.sight(viewer),
    edition: () => queries.edition(),
  }
  const evaluator = new Evaluator({
    ...shared,
    keeping: { days: 30, evaluations: 100_000 },
    change: (viewer, question) => queries.change(viewer, question),
    status: () =>
      Promise.resolve({
        as_of: null,
        known_at: null,
        warehouse_version: version,
        next_run_at: null,
        runs: [],
        feeds: [],
        rejects: [],
        recoveries: [],
        drift: [],
        decisions: [],
        audits: [],
        deliveries: [],
        ...status,
      }),
    clock: workingClock(warehouse),
    lookedAt: lookedAtIn('Asia/Shanghai'),
    runsTo: () => clock,
    setting: { company: { name: 'Test works', currency: 'CNY', timeZone: 'Asia/Shanghai' }, catalogue },
    directory: () => Promise.resolve({ users, locked, people: more.people ?? {} }),
    send: (messages) => {
      if (refuses()) return Promise.reject(new Error('nobody takes them'))
      sent.push(...messages)
      return Promise.resolve()
    },
    onFault: (error) => faults.push(error),
  })
  const recorded: string[] = []
  const desk = createDesk({
    ...shared,
    record: (viewer, action, subject) => Promise.resolve(void recorded.push(`${viewer.name} ${action} ${subject}`)),
    alone: (work) => evaluator.alone(work),
  })
  return {
    ...company,
    desk,
    sent,
    faults,
    recorded,
    evaluate: (trigger: 'run' | 'tick' = 'run') => evaluator.evaluate(trigger),
    /** A new build after a change of the marts. */
    build: async (change = 'SELECT 1'): Promise<void> => {
      version += 1
      clock = new Date(clock.getTime() + 60_000)
      await publish(warehouse, version, change)
      await evaluator.evaluate('run')
    },
    setClock: (at: string): void => {
      clock = new Date(at)
    },
    /** What is handed over since the last time. */
    taken: (): AlertMessage[] => sent.splice(0),
  }
}

export type Watched = Awaited<ReturnType<typeof openWatched>>

export async function within(watching: Watching, work: (company: Watched) => Promise<void>): Promise<void> {
  const company = await openWatched(watching)
  try {
    await work(company)
  } finally {
    await company.close()
  }
}
