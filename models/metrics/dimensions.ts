import { adviceDimensions } from './advice-dimensions.ts'
import { costDimensions } from './cost-dimensions.ts'
import { inMarts } from './in-marts.ts'
import { leadDimensions } from './lead-dimensions.ts'
import { listDimensions } from './list-dimensions.ts'
import type { Dimension } from './metric.ts'
import { recordDimensions } from './record-dimensions.ts'
import { unknown, yesNo } from './value-words.ts'

const CUSTOMERS = 'marts.customers'
const MONTHS = 'marts.customer_months'
const REQUESTS = 'marts.request_months'
const EACH = 'marts.requests'
const RECORDS = 'marts.record_months'
const FAULTS = 'marts.record_faults'
const LAGS = 'marts.entry_lags'
const HOLDERS = 'marts.holder_months'
const MACHINES = 'marts.machines'
const CONTRACTS = 'marts.contracts'
const INVOICES = 'marts.invoices'
const DEALS = 'marts.opportunities'
const SUPPORT = 'marts.support_costs'
const SCORES = 'marts.score_components'
const ADVICE = 'marts.customer_advice'
const FORECASTS = 'marts.forecasts'
const COSTS = 'marts.cost_months'
const CAPACITY = 'marts.capacity_months'
const PATHS = 'marts.cost_paths'
const OPPORTUNITIES = 'marts.opportunity_sources'
const LEADS = 'marts.leads'
const HIDDEN = 'marts.hidden_deals'

/** Marts whose rows name their customer. */
const OF_CUSTOMERS = [
  MONTHS,
  CUSTOMERS,
  EACH,
  FAULTS,
  PATHS,
  FORECASTS,
  MACHINES,
  CONTRACTS,
  INVOICES,
  DEALS,
  ADVICE,
  SCORES,
  LEADS,
  HIDDEN,
] as const

/** What figures can be split and filtered by. A value that nobody entered is 'unknown'. */
export const dimensions: Record<string, Dimension> = {
  month: {
    words: { en: 'Month', zh: '月份' },
    kind: 'month',
    columns: inMarts('month', [
      MONTHS,
      REQUESTS,
      EACH,
      OPPORTUNITIES,
      RECORDS,
      FAULTS,
      LAGS,
      HOLDERS,
      COSTS,
      CAPACITY,
      PATHS,
      SUPPORT,
    ]),
  },
  customer: {
    words: { en: 'Customer', zh: '客户' },
    kind: 'text',
    columns: inMarts('customer_id', OF_CUSTOMERS),
    labels: inMarts('customer_name', OF_CUSTOMERS),
  },
  region: {
    words: { en: 'Region', zh: '地区' },
    kind: 'text',
    columns: inMarts('region', [
      MONTHS,
      CUSTOMERS,
      REQUESTS,
      EACH,
      OPPORTUNITIES,
      FORECASTS,
      MACHINES,
      CONTRACTS,
      INVOICES,
      DEALS,
      ADVICE,
      LEADS,
      HIDDEN,
    ]),
    values: { unknown },
  },
  industry: {
    words: { en: 'Industry', zh: '行业' },
    kind: 'text',
    columns: inMarts('industry', [MONTHS, CUSTOMERS, REQUESTS, EACH, OPPORTUNITIES, FORECASTS, ADVICE]),
    values: { unknown },
  },
  customer_kind: {
    words: { en: 'Customer kind', zh: '客户类型' },
    kind: 'text',
    columns: inMarts('customer_kind', [
      MONTHS,
      CUSTOMERS,
      REQUESTS,
      EACH,
      OPPORTUNITIES,
      PATHS,
      FORECASTS,
      MACHINES,
      CONTRACTS,
      INVOICES,
      DEALS,
      ADVICE,
      SCORES,
      LEADS,
      HIDDEN,
    ]),
    values: {
      direct: { en: 'Direct', zh: '直接' },
      indirect: { en: 'Indirect', zh: '间接' },
      prospect: { en: 'Prospect', zh: '潜在客户' },
      unknown,
    },
  },
  crm_class: {
    words: { en: 'Class', zh: '客户分类' },
    kind: 'text',
    columns: inMarts('crm_class', [MONTHS, CUSTOMERS, REQUESTS, EACH, OPPORTUNITIES, FORECASTS, ADVICE]),
    values: {
      VIP: { en: 'VIP', zh: 'VIP' },
      key: { en: 'Key', zh: '大客户' },
      regular: { en: 'Regular', zh: '普通' },
      unknown,
    },
  },
  sales_owner: {
    words: { en: 'Sales owner', zh: '销售负责人' },
    kind: 'text',
    columns: inMarts('sales_owner', [MONTHS, CUSTOMERS, FORECASTS, ADVICE, LEADS]),
    values: { unknown },
  },
  service_owner: {
    words: { en: 'Service owner', zh: '客服负责人' },
    kind: 'text',
    columns: inMarts('service_owner', [MONTHS, CUSTOMERS, FORECASTS, ADVICE]),
    values: { unknown },
  },
  eats_service: {
    words: { en: 'Eats service', zh: '吞噬服务' },
    kind: 'flag',
    columns: inMarts('eats_service', [MONTHS, CUSTOMERS]),
    values: yesNo,
  },
  channel: {
    words: { en: 'Channel', zh: '渠道' },
    kind: 'text',
    columns: inMarts('channel', [REQUESTS, EACH]),
    values: {
      phone: { en: 'Phone', zh: '电话' },
      email: { en: 'E-mail', zh: '邮件' },
      web: { en: 'Web', zh: '网站' },
      chat: { en: 'Chat', zh: '在线聊天' },
      walk_in: { en: 'Walk-in', zh: '来访' },
      on_site: { en: 'On site', zh: '现场' },
      unknown,
    },
  },
  request_kind: {
    words: { en: 'Request kind', zh: '请求类型' },
    kind: 'text',
    columns: inMarts('request_kind', [REQUESTS, EACH]),
    values: {
      fault: { en: 'Fault', zh: '故障' },
      inquiry: { en: 'Inquiry', zh: '咨询' },
      complaint: { en: 'Complaint', zh: '投诉' },
      return: { en: 'Return', zh: '退换' },
      installation: { en: 'Installation', zh: '安装' },
      maintenance: { en: 'Maintenance', zh: '维护' },
      unknown,
    },
  },
  priority: {
    words: { en: 'Priority', zh: '优先级' },
    kind: 'text',
    columns: inMarts('priority', [REQUESTS, EACH]),
    values: {
      urgent: { en: 'Urgent', zh: '紧急' },
      high: { en: 'High', zh: '高' },
      normal: { en: 'Normal', zh: '普通' },
      low: { en: 'Low', zh: '低' },
      unknown,
    },
  },
  request: {
    words: { en: 'Request', zh: '请求编号' },
    kind: 'text',
    columns: inMarts('request_id', [EACH]),
  },
  contract: {
    words: { en: 'Contract', zh: '合约编号' },
    kind: 'text',
    columns: inMarts('contract_id', [EACH, CONTRACTS]),
  },
  contract_kind: {
    words: { en: 'Contract kind', zh: '合约类型' },
    kind: 'text',
    columns: inMarts('contract_kind', [EACH, CONTRACTS]),
    values: { none: { en: 'No contract', zh: '无合约' }, unknown },
  },
  contract_verdict: {
    words: { en: 'Contract found again', zh: '合约核对结果' },
    kind: 'text',
    columns: inMarts('contract_verdict', [EACH]),
    values: {
      matched: { en: 'As the request says', zh: '与请求一致' },
      missed: { en: 'Covered, and the request names none', zh: '有合约覆盖，请求未关联' },
      wrong: { en: 'The request names one that does not cover it', zh: '请求关联的合约不覆盖它' },
      none: { en: 'Not covered', zh: '无合约覆盖' },
    },
  },
  entitlement_reason: {
    words: { en: 'Why no contract was found', zh: '未找到合约的原因' },
    kind: 'text',
    columns: inMarts('reason', [EACH]),
    values: {
      found: { en: 'One was found', zh: '已找到' },
      no_contract: { en: 'The customer has no contract on that day', zh: '客户当日没有合约' },
      cancelled: { en: 'The contract of that day is cancelled', zh: '当日的合约已取消' },
      no_machine: { en: 'The request names no machine', zh: '请求没有注明设备' },
      no_list: { en: 'The contract lists no machines', zh: '合约没有列出设备' },
      not_listed: { en: 'The contract lists other machines', zh: '合约列出的是其他设备' },
    },
  },
  promise_source: {
    words: { en: 'Promise of', zh: '承诺来源' },
    kind: 'text',
    columns: inMarts('promise_source', [EACH]),
    values: {
      contract: { en: 'the contract', zh: '合约' },
      class: { en: 'the customer class', zh: '客户分类' },
      none: { en: 'nobody', zh: '无承诺' },
    },
  },
  ...recordDimensions,
  ...costDimensions,
  ...listDimensions,
  ...adviceDimensions,
  ...leadDimensions,
  lead_source: {
    words: { en: 'Lead source', zh: '线索来源' },
    kind: 'text',
    columns: inMarts('lead_source', [OPPORTUNITIES, DEALS]),
    values: {
      service: { en: 'Service', zh: '客服' },
      sales: { en: 'Sales', zh: '销售' },
      marketing: { en: 'Marketing', zh: '市场' },
      dealer: { en: 'Dealer', zh: '代理商' },
      referral: { en: 'Referral', zh: '转介绍' },
      unknown,
    },
  },
  service_sourced: {
    words: { en: 'From service', zh: '服务线索' },
    kind: 'flag',
    columns: inMarts('service_sourced', [OPPORTUNITIES]),
    values: yesNo,
  },
  opportunity_kind: {
    words: { en: 'Opportunity kind', zh: '机会类型' },
    kind: 'text',
    columns: inMarts('opportunity_kind', [OPPORTUNITIES]),
    values: {
      new: { en: 'New', zh: '新客户' },
      upsell: { en: 'Upsell', zh: '追加' },
      cross_sell: { en: 'Cross-sell', zh: '交叉' },
      renewal: { en: 'Renewal', zh: '续约' },
      unknown,
    },
  },
  opportunity_owner: {
    words: { en: 'Opportunity owner', zh: '机会负责人' },
    kind: 'text',
    columns: inMarts('opportunity_owner', [OPPORTUNITIES, DEALS]),
    values: { unknown },
  },
}
