import { contractOf } from '../../entities/entities.ts'
import { rules } from '../rules.generated.ts'
import type { Metric } from './metric.ts'
import { wilson } from './wilson.ts'

const MONTHS = 'marts.record_months'
const FAULTS = 'marts.record_faults'

/** Every entity that some rule looks at. */
const standsOn: readonly string[] = [...new Set(Object.values(rules).map(({ entity }) => entity))].map(
  (entity) => `${entity}.${contractOf(entity).key[0] ?? ''}`,
)
/** Below the company's minimum of records a score says more about chance than about anybody. */
const enough = (figure: string): string =>
  `CASE WHEN SUM(records) >= (SELECT MAX(minimum_records) FROM policy.settings) THEN ${figure} END`
const n = 'CAST(SUM(records) AS DOUBLE)'
const share = 'CAST(SUM(faults) AS DOUBLE) / SUM(records)'
/** Of dealers: how many of their reports a rule looked at, and the share at fault. */
const reports = (...rules: readonly string[]): string => `rule_id IN (${rules.map((rule) => `'${rule}'`).join(', ')})`
const DUTIES = ['dealer_end_user_late', 'dealer_machine_late', 'dealer_part_late']
const COMPLETE = [
  'asset_without_install_date',
  'asset_without_product',
  'asset_without_serial',
  'asset_without_warranty',
]
const ofDealers = "dealer_id <> 'none'"
const late = (rule: string): string =>
  `CAST(SUM(faults) FILTER (WHERE ${reports(rule)}) AS DOUBLE) / NULLIF(SUM(records) FILTER (WHERE ${reports(rule)}), 0)`

const missing = (rule: string): string => `COALESCE(SUM(faults) FILTER (WHERE ${reports(rule)}), 0)`

const dealerBase = { mart: MONTHS, standsOn: ['customers.dealer_id', 'assets.dealer_id'] } as const

/** What dealers owe: end users, machines sold and parts replaced, in time and complete. */
export const dealerMetrics = {
  dealer_reports: {
    ...dealerBase,
    words: { en: 'Reports of dealers', zh: '代理商上报数' },
    about: {
      en: 'End users, machines and replaced parts that dealers reported.',
      zh: '代理商上报的终端客户、设备和更换的配件。',
    },
    unit: 'count',
    direction: 'up',
    sql: `COALESCE(SUM(records) FILTER (WHERE ${reports(...DUTIES)}), 0)`,
  },
  dealer_end_users: {
    ...dealerBase,
    words: { en: 'End users reported', zh: '上报终端客户数' },
    about: { en: 'End users that dealers reported.', zh: '代理商上报的终端客户数。' },
    unit: 'count',
    direction: 'up',
    sql: `COALESCE(SUM(records) FILTER (WHERE ${reports('dealer_end_user_late')}), 0)`,
  },
  dealer_end_users_late_share: {
    ...dealerBase,
    words: { en: 'End users late', zh: '终端客户逾期率' },
    about: {
      en: 'Share of the end users reported later than the days agreed.',
      zh: '超过约定天数才上报的终端客户比例。',
    },
    unit: 'share',
    direction: 'down',
    sql: late('dealer_end_user_late'),
  },
  dealer_machines: {
    ...dealerBase,
    words: { en: 'Machines reported', zh: '上报设备数' },
    about: { en: 'Machines installed at end users that dealers reported.', zh: '代理商上报的已安装设备数。' },
    unit: 'count',
    direction: 'up',
    sql: `COALESCE(SUM(records) FILTER (WHERE ${reports('dealer_machine_late')}), 0)`,
  },
  dealer_machines_late_share: {
    ...dealerBase,
    words: { en: 'Machines late', zh: '设备逾期率' },
    about: { en: 'Share of the machines reported later than the days agreed.', zh: '超过约定天数才上报的设备比例。' },
    unit: 'share',
    direction: 'down',
    sql: late('dealer_machine_late'),
  },
  dealer_machines_missing: {
    ...dealerBase,
    words: { en: 'Machine orders not reported', zh: '未上报设备的订单数' },
    about: {
      en: 'Orders of dealers whose machines were never reported, once the days to install and to report are over.',
      zh: '安装和上报期限已过，而所购设备仍未上报的代理商订单数。',
    },
    unit: 'count',
    direction: 'down',
    standsOn: ['orders.dealer_id', 'assets.order_id'],
    sql: missing('dealer_machine_missing'),
  },
  dealer_parts: {
    ...dealerBase,
    words: { en: 'Parts reported', zh: '上报配件数' },
    about: { en: 'Replaced parts that dealers reported.', zh: '代理商上报的更换配件数。' },
    unit: 'count',
    direction: 'up',
    sql: `COALESCE(SUM(records) FILTER (WHERE ${reports('dealer_part_late')}), 0)`,
  },
  dealer_parts_late_share: {
    ...dealerBase,
    words: { en: 'Parts late', zh: '配件逾期率' },
    about: {
      en: 'Share of the replaced parts reported later than the days agreed.',
      zh: '超过约定天数才上报的更换配件比例。',
    },
    unit: 'share',
    direction: 'down',
    sql: late('dealer_part_late'),
  },
  dealer_parts_missing: {
    ...dealerBase,
    words: { en: 'Part orders not reported', zh: '未上报配件的定单数' },
    about: {
      en: 'Service orders for end users of dealers with parts that never came into the register.',
      zh: '代理商终端客户的服务定单中，更换的配件从未登记的定单数。',
    },
    unit: 'count',
    direction: 'down',
    standsOn: ['service_orders.customer_id', 'assets.product_id'],
    sql: missing('dealer_part_missing'),
  },
  dealer_incomplete_share: {
    ...dealerBase,
    words: { en: 'Incomplete reports', zh: '上报不完整率' },
    about: {
      en: 'Share of what a report of a machine must tell that is missing: product, serial number, installation, warranty.',
      zh: '设备上报内容的缺失比例：型号、序列号、安装日期、保修日期。',
    },
    unit: 'share',
    direction: 'down',
    sql: `CAST(SUM(faults) FILTER (WHERE ${ofDealers} AND ${reports(...COMPLETE)}) AS DOUBLE) / NULLIF(SUM(records) FILTER (WHERE ${ofDealers} AND ${reports(...COMPLETE)}), 0)`,
  },
} as const satisfies Record<string, Metric>

/** How well records are kept: by the rules of models/rules. */
export const recordMetrics = {
  records_checked: {
    mart: MONTHS,
    words: { en: 'Checks', zh: '检查次数' },
    about: {
      en: 'Records times the rules that looked at them.',
      zh: '记录被各规则检查的次数。',
    },
    unit: 'count',
    direction: 'none',
    standsOn,
    sql: 'COALESCE(SUM(records), 0)',
  },
  record_faults: {
    mart: MONTHS,
    words: { en: 'Records at fault', zh: '有问题的记录数' },
    about: { en: 'Records that are late, missing or wrong by a rule.', zh: '按规则判定为迟录、缺失或错误的记录数。' },
    unit: 'count',
    direction: 'down',
    standsOn,
    sql: 'COALESCE(SUM(faults), 0)',
  },
  record_score: {
    mart: MONTHS,
    words: { en: 'Record score', zh: '记录得分' },
    about: {
      en: 'Share of the records that are in order; each rule counts by its weight, however many records it looks at. Not told below a minimum of records.',
      zh: '合格记录的比例；各规则按权重计，与其检查的记录数无关。记录数低于下限时不显示。',
    },
    unit: 'share',
    direction: 'up',
    standsOn,
    sql: enough('1 - SUM(weighted_faults) / SUM(weighted_records)'),
  },
  record_fault_share: {
    mart: MONTHS,
    words: { en: 'Share at fault', zh: '问题比例' },
    about: {
      en: 'Share of the records at fault. Not told below a minimum of records.',
      zh: '有问题的记录比例。记录数低于下限时不显示。',
    },
    unit: 'share',
    direction: 'down',
    standsOn,
    sql: enough(share),
  },
  record_fault_share_low: {
    mart: MONTHS,
    words: { en: 'Share at fault, at least', zh: '问题比例下限' },
    about: {
      en: "Lower bound of the share at fault: Wilson's interval at 95 %.",
      zh: '问题比例的下限：95% 威尔逊区间。',
    },
    unit: 'share',
    direction: 'down',
    standsOn,
    sql: enough(wilson('-', share, n)),
  },
  record_fault_share_high: {
    mart: MONTHS,
    words: { en: 'Share at fault, at most', zh: '问题比例上限' },
    about: {
      en: "Upper bound of the share at fault: Wilson's interval at 95 %.",
      zh: '问题比例的上限：95% 威尔逊区间。',
    },
    unit: 'share',
    direction: 'down',
    standsOn,
    sql: enough(wilson('+', share, n)),
  },
  open_record_faults: {
    mart: FAULTS,
    words: { en: 'Records owed', zh: '待补记录数' },
    about: {
      en: 'Records at fault that can still be mended: split by rule, person, dealer and record for a list to work off.',
      zh: '仍可补正的问题记录：可按规则、人员、代理商和记录分组，形成待办清单。',
    },
    unit: 'count',
    direction: 'down',
    standsOn,
    sql: 'COUNT(*) FILTER (WHERE is_mendable)',
  },
  fault_age_days: {
    mart: FAULTS,
    words: { en: 'Days since', zh: '已过天数' },
    about: {
      en: 'Days from what the oldest of the records is about to the business date.',
      zh: '从最早的问题记录所涉日期到业务日期的天数。',
    },
    unit: 'days',
    direction: 'down',
    standsOn,
    sql: 'MAX(age_days)',
  },
  settled_record_faults: {
    mart: FAULTS,
    words: { en: 'Faults past mending', zh: '已无法补正的问题' },
    about: {
      en: 'Records at fault that nobody can mend any more: too late, unplanned, sold too cheap. They count in scores.',
      zh: '已无法补正的问题记录：迟录、未计划、低价等，计入得分。',
    },
    unit: 'count',
    direction: 'down',
    standsOn,
    sql: 'COUNT(*) FILTER (WHERE NOT is_mendable)',
  },
  entered_records: {
    mart: 'marts.entry_lags',
    words: { en: 'Records entered', zh: '录入记录数' },
    about: {
      en: 'Records of which is known when they happened and when they were keyed; split by span for the distribution.',
      zh: '发生日期和录入日期均已知的记录；按录入间隔分组即为分布。',
    },
    unit: 'count',
    direction: 'none',
    standsOn,
    sql: 'COALESCE(SUM(records), 0)',
  },
  entry_lag_days: {
    mart: 'marts.entry_lags',
    words: { en: 'Days until entered', zh: '平均录入间隔天数' },
    about: { en: 'Days from what happened to its keying, on average.', zh: '从发生到录入的平均天数。' },
    unit: 'number',
    direction: 'down',
    standsOn,
    sql: 'CAST(SUM(lag_days) AS DOUBLE) / NULLIF(SUM(records), 0)',
  },
} as const satisfies Record<string, Metric>
