import type { Policy } from '../config/policy.ts'
import type { Decision } from './decisions.ts'

/** The rules of the configuration, and what people decided beside it. */
export function rulesWith(policy: Policy, decisions: readonly Decision[]): Policy {
  return {
    ...policy,
    classDecisions: decisions
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
