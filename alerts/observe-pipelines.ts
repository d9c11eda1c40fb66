import { fault, type Details, type Fault } from '../entities/faults.ts'
import type { AuditStatus, PipelineStatus, RunStatus } from '../models/metrics/status.ts'
import type { Observation } from './observe.ts'
import type { Verdict } from './conditions.ts'

const RUN = 'run'

/** The last run that ended, and each source. */
export function observePipelines({ runs, feeds }: PipelineStatus): Observation[] {
  const ended = runs.find(({ status }) => status !== 'running')
  const sources = [...new Set(feeds.map(({ source }) => source))]
  return [
    ...(ended === undefined ? [] : [observation(RUN, runFound(ended))]),
    ...sources.map((source) => observation(source, sourceFound(feeds.filter((feed) => feed.source === source)))),
  ]
}

/** Models whose audits hold that no cent is lost or made. */
const CONSERVING = ['core.cost_balance', 'marts.cost_months', 'core.allocations', 'core.cost_pools']

/** The audits of the last run that conserve money. */
export function observeConservation({ audits }: PipelineStatus): Observation[] {
  return audits
    .filter(({ model, audit }) => CONSERVING.includes(model) && !/^(unique|not_null)\b/.test(audit))
    .map((audit) => observation(`${audit.model}: ${audit.audit}`, auditFound(audit)))
}

function observation(group: string, { met, found }: { met: boolean; found: Fault }): Observation {
  const verdict: Verdict = { outcome: met ? 'met' : 'clear', value: null, limit: null, found }
  return { group, label: group, verdict, asked: null, row: {} }
}

function runFound({ status, error, faults }: RunStatus): { met: boolean; found: Fault } {
  const met = status === 'failed' || status === 'interrupted'
  const said = faults.find(({ fault: one }) => one !== undefined)?.fault
  return { met, found: met ? fault('alert_run_failed', { text: textOf(said, error) }) : fault('alert_run_well', {}) }
}

function sourceFound(feeds: PipelineStatus['feeds']): { met: boolean; found: Fault } {
  const failed = feeds.find(({ error }) => error !== null)
  if (failed !== undefined)
    return { met: true, found: fault('alert_source_failed', { text: textOf(failed.fault ?? undefined, failed.error) }) }
  const stale = feeds.find((feed) => feed.stale)
  if (stale !== undefined) return { met: true, found: fault('alert_source_stale', { at: stale.read_at }) }
  return { met: false, found: fault('alert_source_well', {}) }
}

function auditFound({ model, passed, rows_at_fault: rows }: AuditStatus): { met: boolean; found: Fault } {
  return {
    met: !passed,
    found: passed ? fault('alert_audit_passed', { model }) : fault('alert_audit_failed', { model, rows }),
  }
}

function textOf(said: Fault | undefined, words: string | null): Details[string] {
  return said === undefined ? (words ?? undefined) : [said]
}
