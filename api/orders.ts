import type { Action } from '../entities/actions.ts'
import { fault } from '../entities/faults.ts'
import { RequestError } from '../errors.ts'
import type { MetricQuery, Viewer } from '../models/metrics/metric.ts'
import { refuse, type Access } from './access.ts'
import type { Queries } from './queries/queries.ts'
import type { RunOrderBody } from './routes/runs.ts'

/**
 * Refuses what a viewer may not order. A lead or a customer that this viewer may not see is one that is not there.
 * Throws AccessError, RequestError.
 */
export async function checkOrder(
  order: RunOrderBody,
  viewer: Viewer,
  { access, queries }: { access: Access; queries: Queries },
): Promise<void> {
  for (const action of actionsOf(order)) refuse(access, viewer, action)
  const { lead, classify } = order
  if (queries.sight(viewer).seesAllRows) return
  const sees = async (metric: string, field: string, value: string): Promise<boolean> => {
    const where: MetricQuery['where'] = [{ field, operator: 'eq', values: [value] }]
    return (await queries.ask(viewer, { metrics: [metric], by: [field], where, order: [], limit: 1 })).total > 0
  }
  if (lead !== undefined) {
    const isDeal = lead.kind === 'confirmed' || lead.kind === 'rejected'
    if (!(await sees(isDeal ? 'hidden_deals' : 'leads', 'lead', lead.lead_id)))
      throw new RequestError(fault('lead_unknown', { lead: lead.lead_id }), { field: 'lead' })
  }
  if (classify !== undefined && !(await sees('classed_customers', 'customer', classify.customer_id)))
    throw new RequestError(fault('class_no_customer', { customer: classify.customer_id }), {
      field: 'classify.customer_id',
    })
}

/** What an order takes leave for: each decision its own, all else a run. */
function actionsOf({ lead, classify, policy, ...run }: RunOrderBody): Action[] {
  const decisions = [
    ...(lead === undefined ? [] : (['decide_leads'] as const)),
    ...(classify === undefined ? [] : (['set_classes'] as const)),
    ...(policy === undefined ? [] : (['save_policy'] as const)),
  ]
  return decisions.length > 0 && Object.values(run).every((each) => each === undefined)
    ? decisions
    : [...decisions, 'run']
}
