import type { Policy } from '../config/policy.ts'
import type { Decision } from './decisions.ts'

/** The rules of the configuration, and what people had decided beside it at an instant. Default: everything. */
export function rulesWith(policy: Policy, decisions: readonly Decision[], knownAt?: string): Policy {
  const known = decisions.filter(({ at }) => knownAt === undefined || Date.parse(at) <= Date.parse(knownAt))
  return {
    ...policy,
    versions: known.flatMap((one) => (one.kind === 'policy' ? [one.policy] : [])),
    classDecisions: known
      .filter((one) => 'customer_id' in one)
      .map(({ decision_id, at, by, customer_id, class: given, from, until, reason }) => ({
        decisionId: decision_id,
        at,
        by,
        customer: customer_id,
        ...(given !== undefined && { class: given }),
        from,
        ...(until !== undefined && { until }),
        reason,
      })),
  }
}
