import type { Alert, AlertSettings, BuiltInAlert } from '../config/alerts.ts'
import type { Words } from '../entities/entity.ts'

/** An alert that every company has: a figure, or what no figure tells. */
export type BuiltIn = { readonly title: Words } & (
  | ({ readonly watches: 'figure' } & Omit<Alert, 'name' | 'title'>)
  | ({ readonly watches: 'pipelines' | 'conservation' } & Omit<AlertSettings, 'when' | 'where' | 'period'>)
)

/** Told when work begins, on working days. */
const MORNING = { from: '18:00', to: '08:00', workingDays: true } as const

/** `operator` and `owner` stand for the addresses of the configuration. */
export function builtIn(addresses: {
  readonly operator: string
  readonly owner: string
}): Readonly<Record<BuiltInAlert, BuiltIn>> {
  const { operator, owner } = addresses
  const both = [...new Set([operator, owner])]
  return {
    promise_breaking: {
      watches: 'figure',
      title: { en: 'Promise about to break', zh: '承诺即将违约' },
      metric: 'promise_minutes_left',
      by: 'request',
      with: ['customer', 'holder', 'priority', 'response_calendar'],
      where: ['response_calendar:ne:none', 'promise_minutes_left:gte:0'],
      clock: 'response_calendar',
      when: { below: 120 },
      to: [{ person: 'holder' }],
      quietHours: false,
    },
    customer_unprofitable: {
      watches: 'figure',
      title: { en: 'Customer turned unprofitable', zh: '客户由盈转亏' },
      metric: 'profit',
      by: 'customer',
      with: ['sales_owner', 'crm_class'],
      period: 'trailing_12',
      when: { below: 0, crossing: 'previous' },
      quietHours: MORNING,
    },
    key_customer_quiet: {
      watches: 'figure',
      title: { en: 'Key customer gone quiet', zh: '大客户沉默' },
      metric: 'order_silence',
      by: 'customer',
      with: ['sales_owner', 'crm_class'],
      where: ['crm_class:in:key,VIP'],
      when: { above: 2, clearBelow: 1 },
      to: [{ person: 'sales_owner' }],
      quietHours: MORNING,
    },
    record_debts: {
      watches: 'figure',
      title: { en: 'Records you owe', zh: '您欠缺的记录' },
      metric: 'open_record_faults',
      by: 'person',
      where: ['person:ne:nobody', 'mendable:eq:true'],
      when: { above: 0 },
      to: [{ person: 'person' }],
      repeatAfter: 1,
      quietHours: MORNING,
      list: {
        metrics: ['fault_age_days'],
        by: ['rule', 'record', 'customer', 'happened_on', 'remedy'],
        where: ['mendable:eq:true'],
        order: ['-fault_age_days'],
        limit: 25,
      },
    },
    contract_ending: {
      watches: 'figure',
      title: { en: 'Contract about to end', zh: '合约即将到期' },
      metric: 'contract_days_left',
      by: 'contract',
      with: ['customer', 'sales_owner', 'contract_kind', 'ends_on'],
      where: ['running:eq:true'],
      when: { below: 31, clearAbove: 60 },
      to: [{ person: 'sales_owner' }],
      quietHours: MORNING,
    },
    warranty_ending: {
      watches: 'figure',
      title: { en: 'Warranty about to end', zh: '保修即将到期' },
      metric: 'warranty_days_left',
      by: 'machine',
      with: ['customer', 'sales_owner', 'warranty_until'],
      when: { below: 31, clearAbove: 60 },
      to: [{ person: 'sales_owner' }],
      quietHours: MORNING,
    },
    pipeline_down: {
      watches: 'pipelines',
      title: { en: 'Pipeline or source down', zh: '管道或数据源中断' },
      to: [operator],
      quietHours: false,
    },
    conservation_broken: {
      watches: 'conservation',
      title: { en: 'Conservation of cost broken', zh: '费用守恒被破坏' },
      to: both,
      quietHours: false,
    },
    costs_not_conserved: {
      watches: 'figure',
      title: { en: 'Allocated is not what was to be allocated', zh: '分摊金额与待分摊金额不符' },
      metric: 'conservation_gap',
      by: 'month',
      period: 'all_time',
      when: { above: 0.005 },
      to: both,
      quietHours: false,
    },
  }
}
