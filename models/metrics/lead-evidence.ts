import type { Metric } from './metric.ts'

/** The records that leads stand on. */
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
} as const satisfies Record<string, Metric>
