import type { Doubt } from '../models/metrics/report.ts'
import type { PipelineStatus } from '../models/metrics/status.ts'

/** Why the published figures are not to be relied on as a whole; none: they are as good as they get. */
export function doubtsOf({ runs, feeds, audits }: Pick<PipelineStatus, 'runs' | 'feeds' | 'audits'>): Doubt[] {
  const last = runs.find(({ status }) => status !== 'running')
  const stale = [...new Set(feeds.filter((feed) => feed.stale).map(({ source }) => source))].toSorted()
  const failed = audits.filter(({ passed, severity }) => !passed && severity === 'error').length
  const at = last?.started_at ?? ''
  return [
    ...(last?.status === 'failed' || last?.status === 'interrupted' ? [{ code: 'run_failed', at } as const] : []),
    ...(last?.status === 'partial' ? [{ code: 'run_partial', at } as const] : []),
    ...(stale.length === 0 ? [] : [{ code: 'stale', sources: stale } as const]),
    ...(failed === 0 ? [] : [{ code: 'audits', count: failed } as const]),
  ]
}
