import type { Words } from '../../entities/entity.ts'
import type { Database } from '../schema.generated.ts'
import type { Dimension } from './metric.ts'

const CUSTOMERS = 'marts.customers'
const MONTHS = 'marts.customer_months'
const REQUESTS = 'marts.request_months'
const OPPORTUNITIES = 'marts.opportunity_sources'

const unknown: Words = { en: 'Unknown', zh: '未知' }
const flag = { true: { en: 'Yes', zh: '是' }, false: { en: 'No', zh: '否' } }

/** The same column name in each of the marts. A column that one of them lacks does not compile. */
function inMarts<Mart extends keyof Database>(
  column: keyof Database[Mart] & string,
  marts: readonly Mart[],
): Record<string, string> {
  return Object.fromEntries(marts.map((mart) => [mart, column]))
}

/** What figures can be split and filtered by. A value that nobody entered is 'unknown'. */
export const dimensions: Record<string, Dimension> = {
  month: {
    words: { en: 'Month', zh: '月份' },
    kind: 'month',
    columns: inMarts('month', [MONTHS, REQUESTS, OPPORTUNITIES]),
  },
  customer: {
    words: { en: 'Customer', zh: '客户' },
    kind: 'text',
    columns: inMarts('customer_id', [MONTHS, CUSTOMERS]),
    labels: inMarts('customer_name', [MONTHS, CUSTOMERS]),
  },
  region: {
    words: { en: 'Region', zh: '地区' },
    kind: 'text',
    columns: inMarts('region', [MONTHS, CUSTOMERS, REQUESTS, OPPORTUNITIES]),
    values: { unknown },
  },
  industry: {
    words: { en: 'Industry', zh: '行业' },
    kind: 'text',
    columns: inMarts('industry', [MONTHS, CUSTOMERS, REQUESTS, OPPORTUNITIES]),
    values: { unknown },
  },
  customer_kind: {
    words: { en: 'Customer kind', zh: '客户类型' },
    kind: 'text',
    columns: inMarts('customer_kind', [MONTHS, CUSTOMERS, REQUESTS, OPPORTUNITIES]),
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
    columns: inMarts('crm_class', [MONTHS, CUSTOMERS, REQUESTS, OPPORTUNITIES]),
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
    columns: inMarts('sales_owner', [MONTHS, CUSTOMERS]),
    values: { unknown },
  },
  service_owner: {
    words: { en: 'Service owner', zh: '客服负责人' },
    kind: 'text',
    columns: inMarts('service_owner', [MONTHS, CUSTOMERS]),
    values: { unknown },
  },
  eats_service: {
    words: { en: 'Eats service', zh: '吞噬服务' },
    kind: 'flag',
    columns: inMarts('eats_service', [MONTHS, CUSTOMERS]),
    values: flag,
  },
  channel: {
    words: { en: 'Channel', zh: '渠道' },
    kind: 'text',
    columns: inMarts('channel', [REQUESTS]),
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
    columns: inMarts('request_kind', [REQUESTS]),
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
    columns: inMarts('priority', [REQUESTS]),
    values: {
      urgent: { en: 'Urgent', zh: '紧急' },
      high: { en: 'High', zh: '高' },
      normal: { en: 'Normal', zh: '普通' },
      low: { en: 'Low', zh: '低' },
      unknown,
    },
  },
  lead_source: {
    words: { en: 'Lead source', zh: '线索来源' },
    kind: 'text',
    columns: inMarts('lead_source', [OPPORTUNITIES]),
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
    values: flag,
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
    columns: inMarts('opportunity_owner', [OPPORTUNITIES]),
    values: { unknown },
  },
}
