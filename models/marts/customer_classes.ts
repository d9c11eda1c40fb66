import type { Value } from '../../data/values.ts'
import { defineModel } from '../builder/model.ts'

/** From the lowest to the highest, as far as scores decide. */
const LADDER = ['regular', 'key', 'VIP'] as const
type Scored = (typeof LADDER)[number]

interface Bands {
  readonly VIP: number
  readonly key: number
  readonly hysteresis: number
  readonly newMonths: number
}

const classOf = (score: number, { VIP, key }: Pick<Bands, 'VIP' | 'key'>): Scored =>
  score >= VIP ? 'VIP' : score >= key ? 'key' : 'regular'

/** The class a score leads to from the class before: an edge is passed only by so many points. */
export function nextClass(score: number, before: Scored | undefined, bands: Bands): Scored {
  if (before === undefined) return classOf(score, bands)
  const { VIP, key, hysteresis } = bands
  const up = classOf(score, { VIP: VIP + hysteresis, key: key + hysteresis })
  const down = classOf(score, { VIP: VIP - hysteresis, key: key - hysteresis })
  if (LADDER.indexOf(up) > LADDER.indexOf(before)) return up
  return LADDER.indexOf(down) < LADDER.indexOf(before) ? down : before
}

const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '')

export const model = defineModel({
  description:
    'Score and class of each customer at the end of each of the last 24 months, under the policy of that day. Classes follow scores with hysteresis; who leaves less than it costs is on watch. What a person decided goes before what was computed.',
  grain: ['month', 'customer_id'],
  columns: {
    month: 'First day of the month.',
    customer_id: 'The customer.',
    score: '0 to 100: the percentiles of its measures, weighted.',
    computed_class: 'VIP, key, regular, watch (leaves less than it costs) or new (too little history).',
    class_since: 'First month of the class it has, as far back as 24 months.',
    policy_version: 'Version of the policy that held.',
    override_class: 'Class that a person set, as long as it holds; empty where nobody did.',
    effective_class: 'The class that counts: the one set by a person, else the computed one.',
    override_reason: 'Why it was set.',
    override_by: 'Who set it.',
    override_until: 'Last day on which it holds.',
  },
  audits: [{ unique: ['month', 'customer_id'] }, { not_null: ['score', 'computed_class', 'effective_class'] }],
  reads: {
    bands: 'SELECT version, vip_from, key_from, hysteresis, new_months FROM policy.scores',
    scores: `SELECT month, customer_id, MAX(policy_version) AS policy_version, CAST(SUM(CAST(points AS DECIMAL(18, 6))) AS DOUBLE) AS score,
        CAST(MAX(trailing_profit) AS DOUBLE) AS profit, MAX(months_known) AS months_known
      FROM marts.score_components GROUP BY month, customer_id ORDER BY customer_id, month`,
    decisions: `SELECT months.month, decisions.customer_id, MAX_BY(decisions.override_class, decisions.decision_id) AS override_class,
        MAX_BY(decisions.reason, decisions.decision_id) AS reason, MAX_BY(decisions.decided_by, decisions.decision_id) AS decided_by,
        MAX_BY(decisions.valid_until, decisions.decision_id) AS valid_until
      FROM staging.months INNER JOIN core.class_decisions AS decisions
        ON decisions.valid_from <= months.last_on AND decisions.held_until >= months.last_on
      GROUP BY months.month, decisions.customer_id`,
  },
  types: {
    month: 'DATE',
    customer_id: 'VARCHAR',
    score: 'DOUBLE',
    computed_class: 'VARCHAR',
    class_since: 'DATE',
    policy_version: 'VARCHAR',
    override_class: 'VARCHAR',
    effective_class: 'VARCHAR',
    override_reason: 'VARCHAR',
    override_by: 'VARCHAR',
    override_until: 'DATE',
  },
  *rows({ bands, scores, decisions }) {
    const decided = new Map(
      (decisions['customer_id'] ?? []).map((id, at) => [`${textOf(decisions['month']?.[at])} ${textOf(id)}`, at]),
    )
    const policies = new Map<string, Bands>(
      (bands['version'] ?? []).map((version, at) => {
        const number = (name: string): number => Number(bands[name]?.[at] ?? 0)
        return [
          textOf(version),
          {
            VIP: number('vip_from'),
            key: number('key_from'),
            hysteresis: number('hysteresis'),
            newMonths: number('new_months'),
          },
        ]
      }),
    )
    let customer: unknown
    let scored: Scored | undefined
    let told: string | undefined
    let since: string | undefined
    for (const [at, id] of (scores['customer_id'] ?? []).entries()) {
      if (id !== customer) [customer, scored, told, since] = [id, undefined, undefined, undefined]
      const month = textOf(scores['month']?.[at])
      const version = textOf(scores['policy_version']?.[at])
      const policy = policies.get(version)
      if (policy === undefined) continue
      const score = Number(scores['score']?.[at])
      scored = nextClass(score, scored, policy)
      const found =
        Number(scores['months_known']?.[at]) < policy.newMonths
          ? 'new'
          : Number(scores['profit']?.[at]) < 0
            ? 'watch'
            : scored
      if (found !== told) [told, since] = [found, month]
      const place = decided.get(`${month} ${textOf(id)}`)
      const decision = (name: string): Value => (place === undefined ? null : (decisions[name]?.[place] ?? null))
      yield {
        month,
        customer_id: textOf(id),
        score,
        computed_class: found,
        class_since: since ?? month,
        policy_version: version,
        override_class: decision('override_class'),
        effective_class: textOf(decision('override_class')) || found,
        override_reason: decision('reason'),
        override_by: decision('decided_by'),
        override_until: decision('valid_until'),
      }
    }
  },
})
