import { definePage, kpi, table } from '../page.ts'

/** The records that leads stand on. */
export const leadEvidence = definePage({
  path: '/leads/evidence',
  title: 'evidence_page_title',
  intro: 'evidence_page_intro',
  filters: [
    { name: 'lead', field: 'lead' },
    { name: 'signal', field: 'lead_signal' },
    { name: 'region', field: 'region' },
  ],
  rows: [
    [kpi('lead_evidence_records')],
    [
      table({
        title: 'evidence_table_title',
        about: 'evidence_table_about',
        counted: 'table_shown_rows',
        links: { customer: { to: '/customer', as: 'customer' } },
        asking: {
          metrics: ['lead_evidence_records'],
          by: ['customer', 'lead_signal', 'evidence_entity', 'evidence_record', 'evidence_on', 'evidence_text'],
          order: ['-evidence_on', 'customer', 'lead_signal', 'evidence_entity', 'evidence_record'],
        },
        pageSize: 50,
      }),
    ],
  ],
})
