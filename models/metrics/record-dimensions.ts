import { contractOf, entityNames } from '../../entities/entities.ts'
import { rules } from '../rules.generated.ts'
import { inMarts } from './in-marts.ts'
import type { Dimension } from './metric.ts'
import { yesNo } from './value-words.ts'

const RECORDS = 'marts.record_months'
const FAULTS = 'marts.record_faults'
const LAGS = 'marts.entry_lags'
const HOLDERS = 'marts.holder_months'
const CUSTOMERS = 'marts.customers'

/** What the figures of records and of history can be split and filtered by. */
export const recordDimensions: Record<string, Dimension> = {
  entity: {
    words: { en: 'Entity', zh: '实体' },
    kind: 'text',
    columns: inMarts('entity', [LAGS, HOLDERS]),
    values: Object.fromEntries(entityNames.map((name) => [name, contractOf(name).words])),
  },
  entry_lag: {
    words: { en: 'Entered after', zh: '录入间隔' },
    kind: 'text',
    columns: inMarts('lag', [LAGS]),
    values: {
      same_day: { en: 'On the day', zh: '当天' },
      '1_day': { en: '1 day', zh: '1 天' },
      '3_days': { en: '2–3 days', zh: '2–3 天' },
      '7_days': { en: '4–7 days', zh: '4–7 天' },
      '30_days': { en: '8–30 days', zh: '8–30 天' },
      later: { en: 'more than 30 days', zh: '30 天以上' },
    },
  },
  rule: {
    words: { en: 'Rule', zh: '规则' },
    kind: 'text',
    columns: inMarts('rule_id', [RECORDS, FAULTS]),
    values: Object.fromEntries(Object.entries(rules).map(([id, rule]) => [id, rule.words])),
  },
  remedy: {
    words: { en: 'What to do', zh: '处理办法' },
    kind: 'text',
    columns: inMarts('rule_id', [RECORDS, FAULTS]),
    values: Object.fromEntries(Object.entries(rules).map(([id, rule]) => [id, rule.remedy])),
  },
  mendable: {
    words: { en: 'Can be mended', zh: '可补正' },
    kind: 'flag',
    columns: inMarts('is_mendable', [FAULTS]),
    values: yesNo,
  },
  record: {
    words: { en: 'Record', zh: '记录' },
    kind: 'text',
    columns: inMarts('record_id', [FAULTS]),
  },
  happened_on: {
    words: { en: 'Day', zh: '日期' },
    kind: 'day',
    columns: inMarts('happened_on', [FAULTS]),
    datesRows: true,
  },
  role: {
    words: { en: 'Role', zh: '责任角色' },
    kind: 'text',
    columns: inMarts('role', [RECORDS, FAULTS, LAGS]),
    values: {
      service_desk: { en: 'Service desk', zh: '客服受理' },
      engineer: { en: 'Engineers', zh: '工程师' },
      service_manager: { en: 'Service managers', zh: '客服经理' },
      sales: { en: 'Sales', zh: '销售' },
      finance: { en: 'Finance', zh: '财务' },
      employee: { en: 'Whoever spent it', zh: '费用经手人' },
      dealer: { en: 'Dealers', zh: '代理商' },
    },
  },
  person: {
    words: { en: 'Person', zh: '人员' },
    kind: 'text',
    columns: { ...inMarts('employee_id', [RECORDS, FAULTS, LAGS]), ...inMarts('holder_id', [HOLDERS]) },
    labels: inMarts('person', [RECORDS, FAULTS, LAGS, HOLDERS]),
    values: { nobody: { en: 'Nobody named', zh: '未指明' } },
    tells: 'people',
  },
  dealer: {
    words: { en: 'Dealer', zh: '代理商' },
    kind: 'text',
    columns: inMarts('dealer_id', [RECORDS, FAULTS, LAGS, CUSTOMERS]),
    labels: inMarts('dealer_name', [RECORDS, FAULTS, LAGS, CUSTOMERS]),
    values: { none: { en: 'No dealer', zh: '无代理商' } },
  },
}
