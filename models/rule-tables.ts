import type { Policy } from '../config/policy.ts'
import type { Parameter } from '../data/warehouse.ts'
import { isSame, scoresOf, spansOf } from './policy-versions.ts'
import { supportShares } from './support-shares.ts'

export interface RuleTable {
  readonly columns: string
  readonly rows: readonly (readonly Parameter[])[]
}

const DAYS = 'valid_from DATE, valid_until DATE'

/** Tables of schema `policy` whose rows a person can change without the configuration. Those with days have a row for each span: until is the first day on which it no longer holds. */
export function ruleTables(policy: Policy): Readonly<Record<string, RuleTable>> {
  const scores = scoresOf(policy)
  return {
    scores: {
      columns:
        'version VARCHAR, valid_from DATE, vip_from DOUBLE, key_from DOUBLE, hysteresis DOUBLE, new_months BIGINT',
      rows: scores.map(({ version, from, bands, hysteresis, newMonths }) => [
        version,
        from,
        bands.VIP,
        bands.key,
        hysteresis,
        newMonths,
      ]),
    },
    score_components: {
      columns: 'version VARCHAR, is_indirect BOOLEAN, measure VARCHAR, weight DOUBLE, sign BIGINT',
      rows: scores.flatMap(({ version, components, indirect = components }) =>
        [false, true].flatMap((isIndirect) =>
          (isIndirect ? indirect : components).map(({ measure, weight, better }) => [
            version,
            isIndirect,
            measure,
            weight,
            better === 'more' ? 1 : -1,
          ]),
        ),
      ),
    },
    cost_pools: {
      columns: `place BIGINT, department VARCHAR, category VARCHAR, driver VARCHAR, ${DAYS}`,
      rows: spansOf(policy, ({ costPools }) => costPools).flatMap(({ rule, from, until }) =>
        rule.map(({ department, category, driver }, at) => [
          at + 1,
          department ?? null,
          category ?? null,
          driver,
          from,
          until,
        ]),
      ),
    },
    support_shares: {
      columns: `method VARCHAR, is_chosen BOOLEAN, from_department VARCHAR, to_department VARCHAR, share DOUBLE, ${DAYS}`,
      rows: spansOf(policy, ({ supportMethod }) => supportMethod).flatMap(({ rule, from: since, until }) =>
        supportShares(policy.support).map(({ method, from, to, share }) => [
          method,
          method === rule,
          from,
          to,
          share,
          since,
          until,
        ]),
      ),
    },
    capacities: {
      columns: `practical_capacity DOUBLE, ${DAYS}`,
      rows: spansOf(policy, ({ practicalCapacity }) => practicalCapacity).map(({ rule, from, until }) => [
        rule,
        from,
        until,
      ]),
    },
    hourly_costs: {
      columns: `factor DOUBLE, ${DAYS}`,
      rows: spansOf(policy, ({ hourlyCostFactor }) => hourlyCostFactor).map(({ rule, from, until }) => [
        rule,
        from,
        until,
      ]),
    },
    class_promises: {
      columns: `crm_class VARCHAR, promise_kind VARCHAR, promise_hours DOUBLE, ${DAYS}`,
      rows: spansOf(policy, ({ promises }) => promises).flatMap(({ rule, from, until }) =>
        Object.entries(rule).map(([name, promise]) => [
          name,
          promise.kind,
          'hours' in promise ? promise.hours : null,
          from,
          until,
        ]),
      ),
    },
    visit_charges: {
      columns: `crm_class VARCHAR, amount DECIMAL(18, 2), ${DAYS}`,
      rows: spansOf(policy, ({ visitCharges }) => visitCharges).flatMap(({ rule, from, until }) =>
        Object.entries(rule).map(([name, amount]) => [name, amount, from, until]),
      ),
    },
    class_decisions: {
      columns: `decision_id VARCHAR, customer_id VARCHAR, override_class VARCHAR, reason VARCHAR, decided_by VARCHAR, decided_at TIMESTAMP,
        valid_from DATE, valid_until DATE`,
      rows: policy.classDecisions.map(({ decisionId, customer, class: given, reason, by, at, from, until }) => [
        decisionId,
        customer,
        given ?? null,
        reason,
        by,
        at.replace(/Z$/, ''),
        from,
        until ?? null,
      ]),
    },
  }
}

/** The tables that differ between two policies, as 'policy.cost_pools': all else that is built stays as it is. */
export function changedTables(one: Policy, other: Policy): string[] {
  const [before, after] = [ruleTables(one), ruleTables(other)]
  return Object.keys(after)
    .filter((name) => !isSame(before[name]?.rows, after[name]?.rows))
    .map((name) => `policy.${name}`)
}
