import type { Source } from '../../config/source.ts'
import type { State } from '../../data/state.ts'
import type { Session, Warehouse } from '../../data/warehouse.ts'
import type { Fault } from '../../entities/faults.ts'
import type { Viewer } from '../../models/metrics/metric.ts'
import type {
  AuditStatus,
  DecisionStatus,
  DeliveryStatus,
  DriftStatus,
  FeedStatus,
  PipelineStatus,
  RecoveredRow,
  RejectedRow,
  RunFault,
  RunStatus,
} from '../../models/metrics/status.ts'
import { localAccess, may, type Access } from '../access.ts'
import { feedKey } from './edition.ts'

export interface PipelineStatusDeps {
  readonly warehouse: Warehouse
  readonly state: State
  readonly sources: readonly Source[]
  readonly now: () => Date
  /** When the schedule runs next; undefined: no schedule. */
  readonly nextRun: () => Date | undefined
  /** What goes out and was not taken; absent: nothing goes out. */
  readonly deliveries?: () => Promise<readonly DeliveryStatus[]>
  readonly access?: Access
}

const NOTHING_MORE = {
  runs: [],
  feeds: [],
  rejects: [],
  recoveries: [],
  drift: [],
  decisions: [],
  audits: [],
  deliveries: [],
}

const MOST_RUNS = 50
const MOST_REJECTS = 200

/** How the figures got here; to who may not see rows of sources, which errors and counts tell of too, only how fresh they are. */
export function createPipelineStatus(deps: PipelineStatusDeps): (viewer: Viewer) => Promise<PipelineStatus> {
  return async (viewer) => {
    const [runs, errors, deliveries, loaded] = await Promise.all([
      runsOf(deps.state),
      feedErrors(deps.state),
      deps.deliveries?.() ?? [],
      deps.warehouse.snapshot((session) => loadedOf(session, deps.now())),
    ])
    const { as_of, known_at, warehouse_version } = loaded
    const published = { as_of, known_at, warehouse_version, next_run_at: deps.nextRun()?.toISOString() ?? null }
    if (!may(deps.access ?? localAccess, viewer, 'see_sources')) return { ...NOTHING_MORE, ...published }
    return {
      ...published,
      runs,
      feeds: deps.sources.flatMap((source) =>
        source.feeds.map((feed) => feedStatus(source.name, feed, { loaded, errors })),
      ),
      rejects: loaded.rejects,
      recoveries: loaded.recoveries,
      drift: loaded.drift,
      decisions: loaded.decisions,
      audits: loaded.audits,
      deliveries,
    }
  }
}

async function runsOf({ tables }: State): Promise<RunStatus[]> {
  const runs = await tables
    .selectFrom('runs')
    .selectAll()
    .orderBy('started_at', 'desc')
    .orderBy('run_id', 'desc')
    .limit(MOST_RUNS)
    .execute()
  return runs.map(({ run_trigger, status, faults, ...run }) => ({
    ...run,
    faults: faults === null ? [] : (JSON.parse(faults) as RunFault[]),
    trigger: run_trigger as RunStatus['trigger'],
    status: status as RunStatus['status'],
  }))
}

/** What each feed's latest step failed with; feeds whose latest step went well are absent. */
async function feedErrors({ tables }: State): Promise<Map<string, FeedError>> {
  // SQLite takes the other columns from the row that has the maximum.
  const steps = await tables
    .selectFrom('run_steps')
    .select(({ fn }) => ['source', 'entity', 'origin', 'error', 'fault', fn.max('started_at').as('latest')])
    .where('entity', 'is not', null)
    .groupBy(['source', 'entity', 'origin'])
    .execute()
  const failed = steps.filter(({ error }) => error !== null)
  return new Map(
    failed.map(({ source, entity, origin, error, fault }) => [
      feedKey(source ?? '', entity ?? '', origin ?? ''),
      { error: error ?? '', fault: faultOf(fault) },
    ]),
  )
}

interface Loaded extends Pick<PipelineStatus, 'as_of' | 'known_at' | 'warehouse_version'> {
  readonly feeds: ReadonlyMap<string, Pick<FeedStatus, 'read_at' | 'rows' | 'rejects' | 'stale'>>
  readonly rejects: readonly RejectedRow[]
  readonly recoveries: readonly RecoveredRow[]
  readonly drift: readonly DriftStatus[]
  readonly decisions: readonly DecisionStatus[]
  readonly audits: readonly AuditStatus[]
}

async function loadedOf(session: Session, now: Date): Promise<Loaded> {
  const made = await session.rows<{ name: string }>(
    `SELECT table_name AS name FROM duckdb_tables() WHERE schema_name = 'meta'`,
  )
  if (!made.some(({ name }) => name === 'versions'))
    return { ...NEVER_PUBLISHED, feeds: new Map(), rejects: [], recoveries: [], drift: [], decisions: [], audits: [] }
  return {
    ...((await session.one<typeof NEVER_PUBLISHED>(
      'SELECT as_of, known_at, version AS warehouse_version FROM meta.versions ORDER BY version DESC LIMIT 1',
    )) ?? NEVER_PUBLISHED),
    feeds: await feedsOf(session, now),
    rejects: await rejectsOf(session),
    recoveries: await session.rows<RecoveredRow>(
      `SELECT source, entity, origin, line, rule, before, after, recovered_at FROM meta.recoveries
       ORDER BY recovered_at DESC, source, entity, origin, line LIMIT ${MOST_REJECTS}`,
    ),
    drift: await session.rows<DriftStatus>(
      `SELECT batch_id, source, entity, origin, kind, column_name AS "column", before, after, severity, found_at,
         severity = 'held' AND batch_id NOT IN (SELECT batch_id FROM meta.batches)
           AND batch_id > COALESCE((SELECT max(mark.batch_id) FROM meta.watermarks AS mark
             WHERE (mark.source, mark.entity, mark.origin) = (drift.source, drift.entity, drift.origin)), '') AS waits
       FROM meta.drift AS drift ORDER BY waits DESC, found_at DESC, batch_id, kind, column_name LIMIT ${MOST_REJECTS}`,
    ),
    decisions: await session.rows<DecisionStatus>(
      `SELECT decided_at, decided_by, kind, batch_id, source, entity, origin, reason FROM meta.decisions WHERE batch_id IS NOT NULL
       UNION ALL
       SELECT DISTINCT resolved_at, resolved_by, 'correct', resolved_by_batch, source, entity, origin, NULL FROM meta.rejects
         WHERE resolved_at IS NOT NULL
       ORDER BY decided_at DESC LIMIT ${MOST_REJECTS}`,
    ),
    audits: await session.rows<AuditStatus>(
      `SELECT model, audit, audit_zh, severity, rows_at_fault, passed FROM meta.audits
       ORDER BY passed, severity, model, audit`,
    ),
  }
}

async function rejectsOf(session: Session): Promise<RejectedRow[]> {
  const rejects = await session.rows<Omit<RejectedRow, 'fault'> & { code: string | null; details: string | null }>(
    `SELECT reject_id, batch_id, source, entity, origin, line, column_name AS "column", value, reason, remedy, rejected_at, original,
       fault AS code, CAST(details AS VARCHAR) AS details
     FROM meta.rejects WHERE resolved_at IS NULL ORDER BY rejected_at DESC, batch_id DESC, line LIMIT ${MOST_REJECTS}`,
  )
  return rejects.map(({ code, details, ...reject }) => ({
    ...reject,
    fault: code === null ? null : { code, details: JSON.parse(details ?? '{}') as Fault['details'] },
  }))
}

interface FeedError {
  readonly error: string
  readonly fault: Fault | null
}

function faultOf(json: string | null): Fault | null {
  return json === null ? null : (JSON.parse(json) as Fault)
}

const NEVER_PUBLISHED: Pick<PipelineStatus, 'as_of' | 'known_at' | 'warehouse_version'> = {
  as_of: null,
  known_at: null,
  warehouse_version: 0,
}

/** Rows and rejects are those of all batches so far; a feed is read without error each time its watermark moves. */
async function feedsOf(session: Session, now: Date): Promise<Loaded['feeds']> {
  const settings = await session.rows(
    `SELECT 1 FROM duckdb_tables() WHERE schema_name = 'policy' AND table_name = 'settings'`,
  )
  const hours = settings.length === 0 ? 'NULL' : '(SELECT MAX(stale_after_hours) FROM policy.settings)'
  const feeds = await session.rows<FeedStatus>(
    `WITH read AS (SELECT source, entity, origin, MAX(read_at) AS read_at FROM meta.watermarks GROUP BY ALL),
       batches AS (SELECT source, entity, origin, SUM(rows) AS rows, SUM(rejected) AS rejects FROM meta.batches GROUP BY ALL)
     SELECT source, entity, origin, read_at, COALESCE(rows, 0) AS rows, COALESCE(rejects, 0) AS rejects,
       COALESCE(read_at < CAST($1 AS TIMESTAMP) - to_seconds(${hours} * 3600), FALSE) AS stale
     FROM read FULL JOIN batches USING (source, entity, origin)`,
    [now.toISOString().replace('T', ' ').replace('Z', '')],
  )
  return new Map(feeds.map((feed) => [feedKey(feed.source, feed.entity, feed.origin), feed]))
}

function feedStatus(
  source: string,
  feed: Source['feeds'][number],
  { loaded, errors }: { loaded: Loaded; errors: ReadonlyMap<string, FeedError> },
): FeedStatus {
  const key = feedKey(source, feed.entity, feed.from)
  const { read_at, rows, rejects, stale } = loaded.feeds.get(key) ?? { read_at: null, rows: 0, rejects: 0, stale: true }
  return {
    source,
    entity: feed.entity,
    origin: feed.from,
    read_at,
    rows,
    rejects,
    stale: stale || read_at === null,
    error: errors.get(key)?.error ?? null,
    fault: errors.get(key)?.fault ?? null,
  }
}
