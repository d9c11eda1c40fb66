import { adviceDimensions } from './advice-dimensions.ts'
import { costDimensions } from './cost-dimensions.ts'
import { inMarts } from './in-marts.ts'
import { leadDimensions } from './lead-dimensions.ts'
import { listDimensions } from './list-dimensions.ts'
import type { Dimension } from './metric.ts'
import { recordDimensions } from './record-dimensions.ts'
import { requestDimensions } from './request-dimensions.ts'
import { salesDimensions } from './sales-dimensions.ts'
import { unknown, yesNo } from './value-words.ts'
import { whaleDimensions } from './whale.ts'

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
const DECISIONS = 'marts.class_decisions'
const LEAD_DECISIONS = 'marts.lead_decisions'
const FORECASTS = 'marts.forecasts'
const COSTS = 'marts.cost_months'
const CAPACITY = 'marts.capacity_months'
const PATHS = 'marts.cost_paths'
const WHALE = 'marts.whale_months'
const LINES = 'marts.ledger_lines'
const EVIDENCE = 'marts.lead_evidence'
const BASIS = 'marts.change_basis'
const EXITS = 'marts.stage_exits'
const ORIGINS = 'marts.order_origins'
const CAMPAIGNS = 'marts.campaigns'
const SEGMENTS = 'marts.customer_segments'
const TARGETS = 'marts.sales_targets'
const PLANNED = 'marts.target_months'

/** Marts of sales whose rows carry the customer with its class and owners. */
const SALES = [DEALS, EXITS, ORIGINS, INVOICES, SEGMENTS] as const
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
  WHALE,
  DECISIONS,
  LEAD_DECISIONS,
  BASIS,
  EXITS,
  ORIGINS,
  SEGMENTS,
  LEADS,
  HIDDEN,
  LINES,
  EVIDENCE,
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
      DEALS,
      EXITS,
      ORIGINS,
      CAMPAIGNS,
      RECORDS,
      FAULTS,
      LAGS,
      HOLDERS,
      COSTS,
      CAPACITY,
      PATHS,
      SUPPORT,
      LINES,
      BASIS,
      PLANNED,
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
      FORECASTS,
      MACHINES,
      CONTRACTS,
      INVOICES,
      DEALS,
      ADVICE,
      WHALE,
      DECISIONS,
      LEAD_DECISIONS,
      BASIS,
      EXITS,
      ORIGINS,
      SEGMENTS,
      TARGETS,
      PLANNED,
      LEADS,
      HIDDEN,
      LINES,
      EVIDENCE,
    ]),
    values: { unknown },
  },
  industry: {
    words: { en: 'Industry', zh: '行业' },
    kind: 'text',
    columns: inMarts('industry', [MONTHS, CUSTOMERS, REQUESTS, EACH, FORECASTS, ADVICE, DECISIONS, BASIS, ...SALES]),
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
      PATHS,
      FORECASTS,
      MACHINES,
      CONTRACTS,
      ADVICE,
      DECISIONS,
      LEAD_DECISIONS,
      SCORES,
      WHALE,
      BASIS,
      ...SALES,
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
    columns: inMarts('crm_class', [MONTHS, CUSTOMERS, REQUESTS, EACH, FORECASTS, ADVICE, BASIS, ...SALES]),
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
    columns: inMarts('sales_owner', [
      MONTHS,
      CUSTOMERS,
      FORECASTS,
      ADVICE,
      DECISIONS,
      LEAD_DECISIONS,
      BASIS,
      ...SALES,
      LEADS,
      MACHINES,
      CONTRACTS,
    ]),
    values: { unknown },
    tells: 'people',
  },
  service_owner: {
    words: { en: 'Service owner', zh: '客服负责人' },
    kind: 'text',
    columns: inMarts('service_owner', [MONTHS, CUSTOMERS, FORECASTS, ADVICE, DECISIONS, BASIS, ...SALES]),
    values: { unknown },
    tells: 'people',
  },
  eats_service: {
    words: { en: 'Eats service', zh: '吞噬服务' },
    kind: 'flag',
    columns: inMarts('eats_service', [MONTHS, CUSTOMERS]),
    values: yesNo,
  },
  ...requestDimensions,
  ...recordDimensions,
  ...costDimensions,
  ...listDimensions,
  ...adviceDimensions,
  ...whaleDimensions,
  ...salesDimensions,
  ...leadDimensions,
}
