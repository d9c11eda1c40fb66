import { inMarts } from './in-marts.ts'
import type { Dimension } from './metric.ts'
import { none, unknown, yesNo } from './value-words.ts'

const BASIS = 'marts.change_basis'
const DEALS = 'marts.opportunities'
const EXITS = 'marts.stage_exits'
const ORDERS = 'marts.order_origins'
const CAMPAIGNS = 'marts.campaigns'
const SEGMENTS = 'marts.customer_segments'
const TARGETS = 'marts.sales_targets'
const PATHS = 'marts.cost_paths'
const LINES = 'marts.ledger_lines'
const HIDDEN = 'marts.hidden_deals'

const steps = {
  lead: { en: 'Lead', zh: '线索' },
  qualified: { en: 'Qualified', zh: '已确认' },
  quoted: { en: 'Quoted', zh: '已报价' },
  won: { en: 'Won', zh: '赢单' },
} as const
const within90 = { en: 'within 90 days', zh: '90 天内' }

/** What sales, their sources, campaigns, targets and lists of customers can be split and filtered by. */
export const salesDimensions: Record<string, Dimension> = {
  lead_source: {
    words: { en: 'Lead source', zh: '线索来源' },
    kind: 'text',
    columns: inMarts('lead_source', [DEALS, EXITS]),
    values: {
      service: { en: 'Service', zh: '客服' },
      sales: { en: 'Sales', zh: '销售' },
      marketing: { en: 'Marketing', zh: '市场' },
      dealer: { en: 'Dealer', zh: '代理商' },
      referral: { en: 'Referral', zh: '转介绍' },
      unknown,
    },
  },
  origin: {
    words: { en: 'Part of service', zh: '客服作用' },
    kind: 'text',
    columns: inMarts('origin', [DEALS, EXITS, ORDERS]),
    values: {
      sourced: { en: 'Sourced by service', zh: '客服带来' },
      influenced: { en: 'Influenced by service', zh: '客服影响' },
      other: { en: 'Neither', zh: '与客服无关' },
    },
  },
  sourced_by: {
    words: { en: 'Counted as sourced by', zh: '认定依据' },
    kind: 'text',
    columns: inMarts('sourced_by', [DEALS]),
    values: {
      lead_source: { en: 'its lead source', zh: '线索来源' },
      campaign: { en: 'its campaign', zh: '市场活动' },
      department: { en: 'the department of who brought it', zh: '线索提供人的部门' },
      request: { en: 'the request it names', zh: '来源请求' },
      lead: { en: 'a lead of service that sales took up', zh: '销售采纳的客服线索' },
      confirmed: { en: 'sales, who confirmed it', zh: '销售确认' },
      none,
    },
  },
  service_sourced: {
    words: { en: 'From service', zh: '服务线索' },
    kind: 'flag',
    columns: inMarts('is_service_sourced', [DEALS]),
    values: yesNo,
  },
  opportunity_kind: {
    words: { en: 'Opportunity kind', zh: '机会类型' },
    kind: 'text',
    columns: inMarts('opportunity_kind', [DEALS, EXITS]),
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
    columns: inMarts('opportunity_owner', [DEALS, EXITS]),
    values: { unknown },
    tells: 'people',
  },
  owner_department: {
    words: { en: 'Owner’s department', zh: '负责人部门' },
    kind: 'text',
    columns: inMarts('owner_department', [DEALS, EXITS]),
    values: { unknown },
  },
  engineer: {
    words: { en: 'Lead brought by', zh: '线索提供人' },
    kind: 'text',
    columns: inMarts('engineer', [DEALS, EXITS]),
    values: { unknown },
    tells: 'people',
  },
  product: {
    words: { en: 'Product', zh: '产品' },
    kind: 'text',
    columns: inMarts('product_id', [DEALS, EXITS, SEGMENTS, BASIS]),
    labels: inMarts('product_name', [DEALS, EXITS, SEGMENTS, BASIS]),
    values: { unknown, none },
  },
  product_family: {
    words: { en: 'Product family', zh: '产品系列' },
    kind: 'text',
    columns: { ...inMarts('product_family', [DEALS, EXITS, SEGMENTS]), ...inMarts('family', [BASIS]) },
    values: { unknown, none },
  },
  campaign: {
    words: { en: 'Campaign', zh: '市场活动' },
    kind: 'text',
    columns: inMarts('campaign_id', [PATHS, DEALS, EXITS, CAMPAIGNS, LINES]),
    labels: inMarts('campaign', [DEALS, EXITS, CAMPAIGNS]),
    values: { none },
  },
  campaign_kind: {
    words: { en: 'Campaign kind', zh: '活动类型' },
    kind: 'text',
    columns: inMarts('campaign_kind', [CAMPAIGNS]),
    values: { unknown },
  },
  campaign_from: {
    words: { en: 'Begun on', zh: '开始日期' },
    kind: 'day',
    columns: inMarts('starts_on', [CAMPAIGNS]),
    datesRows: true,
  },
  opportunity: {
    words: { en: 'Opportunity', zh: '机会' },
    kind: 'text',
    columns: inMarts('opportunity_id', [DEALS, HIDDEN]),
    labels: inMarts('opportunity_name', [DEALS, HIDDEN]),
  },
  stage: {
    words: { en: 'Stage', zh: '阶段' },
    kind: 'text',
    columns: inMarts('stage', [DEALS]),
    values: { unknown },
  },
  sales_step: {
    words: { en: 'Step', zh: '漏斗步骤' },
    kind: 'text',
    columns: inMarts('step', [DEALS, EXITS]),
    values: { ...steps, lost: { en: 'Lost', zh: '输单' }, unknown },
  },
  furthest_step: {
    words: { en: 'Furthest step', zh: '最远步骤' },
    kind: 'text',
    columns: inMarts('furthest_step', [DEALS]),
    values: steps,
  },
  outcome: {
    words: { en: 'Outcome', zh: '结果' },
    kind: 'text',
    columns: inMarts('outcome', [DEALS, HIDDEN]),
    values: { open: { en: 'Open', zh: '进行中' }, won: { en: 'Won', zh: '赢单' }, lost: { en: 'Lost', zh: '输单' } },
  },
  stale: {
    words: { en: 'Unchanged too long', zh: '停滞过久' },
    kind: 'flag',
    columns: inMarts('is_stale', [DEALS]),
    values: yesNo,
  },
  slow: {
    words: { en: 'Open longer than usual', zh: '超过通常周期' },
    kind: 'flag',
    columns: inMarts('is_slow', [DEALS]),
    values: yesNo,
  },
  expected_close_on: {
    words: { en: 'Expected to close on', zh: '预计成交日期' },
    kind: 'day',
    columns: inMarts('expected_close_on', [DEALS]),
  },
  service_contact_on: {
    words: { en: 'Last service contact before', zh: '此前最近的服务接触' },
    kind: 'day',
    columns: inMarts('contact_on', [DEALS, ORDERS]),
  },
  order: { words: { en: 'Order', zh: '订单' }, kind: 'text', columns: inMarts('order_id', [ORDERS]) },
  target_metric: {
    words: { en: 'Target', zh: '目标' },
    kind: 'text',
    columns: inMarts('target_metric', [TARGETS]),
    values: { revenue: { en: 'Revenue', zh: '订单收入' }, won_amount: { en: 'Won amount', zh: '赢单金额' } },
  },
  target_scope: {
    words: { en: 'For', zh: '范围' },
    kind: 'text',
    columns: inMarts('scope', [TARGETS]),
    labels: inMarts('scope_name', [TARGETS]),
    values: { company: { en: 'Company', zh: '全公司' } },
    tells: 'people',
  },
  target_from: {
    words: { en: 'Target from', zh: '目标开始' },
    kind: 'day',
    columns: inMarts('target_from', [TARGETS]),
  },
  target_until: {
    words: { en: 'Target until', zh: '目标截止' },
    kind: 'day',
    columns: inMarts('target_until', [TARGETS]),
  },
  target_over: {
    words: { en: 'Period is over', zh: '期间已结束' },
    kind: 'flag',
    columns: inMarts('is_over', [TARGETS]),
    values: yesNo,
  },
  warranty_ending: {
    words: { en: 'Warranty ends', zh: '保修到期' },
    kind: 'text',
    columns: inMarts('warranty_ending', [SEGMENTS]),
    values: {
      ended: { en: 'has ended', zh: '已到期' },
      within_90: within90,
      within_365: { en: 'within 91–365 days', zh: '91–365 天内' },
      later: { en: 'later', zh: '更晚' },
      unknown,
      none: { en: 'no machine', zh: '无设备' },
    },
  },
  last_purchase: {
    words: { en: 'Last purchase', zh: '最近购买' },
    kind: 'text',
    columns: inMarts('last_purchase', [SEGMENTS]),
    values: {
      within_90: within90,
      within_365: { en: '91–365 days ago', zh: '91–365 天前' },
      earlier: { en: 'more than a year ago', zh: '一年以前' },
      never: { en: 'never', zh: '从未' },
    },
  },
  contract_standing: {
    words: { en: 'Service contract', zh: '服务合约' },
    kind: 'text',
    columns: inMarts('contract_standing', [SEGMENTS]),
    values: {
      running: { en: 'running', zh: '有效' },
      ending: { en: 'ends within 90 days', zh: '90 天内到期' },
      ended: { en: 'has ended', zh: '已到期' },
      never: { en: 'never had one', zh: '从未签订' },
    },
  },
  last_ordered_on: {
    words: { en: 'Last order on', zh: '最近下单日' },
    kind: 'day',
    columns: inMarts('last_ordered_on', [SEGMENTS]),
  },
}
