import { defineEntity } from './entity.ts'

export const lead_decisions = defineEntity({
  words: { en: 'Lead decisions', zh: '线索处理' },
  about: 'What sales decided of a lead or of a deal that service may have brought. The newest one holds.',
  key: ['decision_id'],
  happened: 'decided_at',
  columns: {
    decision_id: { type: 'id', required: true, words: { en: 'Decision', zh: '处理编号' } },
    lead_id: {
      type: 'id',
      required: true,
      words: { en: 'Lead', zh: '线索编号' },
      about: 'A lead of marts.leads, or hidden/ and an opportunity.',
    },
    customer_id: { type: 'id', references: 'customers', words: { en: 'Customer', zh: '客户编号' } },
    kind: {
      type: 'text',
      required: true,
      values: ['taken', 'dismissed', 'converted', 'confirmed', 'rejected'],
      words: { en: 'Decision kind', zh: '处理方式' },
    },
    reason: { type: 'text', words: { en: 'Reason', zh: '理由' } },
    opportunity_id: {
      type: 'id',
      references: 'opportunities',
      words: { en: 'Opportunity', zh: '机会编号' },
      about: 'What the lead was turned into.',
    },
    decided_by: { type: 'text', required: true, words: { en: 'Decided by', zh: '处理人' } },
    decided_at: { type: 'instant', required: true, words: { en: 'Decided at', zh: '处理时间' } },
  },
})
