import type { Metric } from './metric.ts'

/** The records that leads stand on, and what was decided of them. */
export const leadEvidenceMetrics = {
  lead_evidence_records: {
    mart: 'marts.lead_evidence',
    words: { en: 'Records of evidence', zh: '依据记录数' },
    about: { en: 'Records that leads stand on.', zh: '线索所依据的记录数。' },
    unit: 'count',
    direction: 'none',
    standsOn: ['order_lines.amount', 'assets.installed_on', 'contracts.ends_on', 'requests.summary'],
    sql: 'COUNT(*)',
  },
  lead_decisions: {
    mart: 'marts.lead_decisions',
    words: { en: 'Decisions on leads', zh: '线索处理次数' },
    about: {
      en: 'How often sales decided on a lead, or on a deal that service may have brought.',
      zh: '销售对线索或可能由客服带来的商机作出处理的次数。',
    },
    unit: 'count',
    direction: 'none',
    standsOn: ['customers.customer_id'],
    sql: 'COUNT(*)',
  },
} as const satisfies Record<string, Metric>
