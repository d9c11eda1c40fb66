import type { Metric } from './metric.ts'
import { ledger } from './ledger.ts'

const MART = 'marts.customers'

/** What a customer is worth after what it costs to serve, and who is not the big customer he seems. */
export const customerMetrics = {
  direct_service_cost: ledger({
    words: { en: 'Direct service cost', zh: '直接客服费用' },
    about: {
      en: 'Traced expenses, labour at the hourly cost of the day, and parts at cost, warranty parts included.',
      zh: '可直接归集的费用、按当日小时成本计算的人工，以及按成本计的零部件（含保修件）。',
    },
    unit: 'money',
    direction: 'down',
    target: 'direct_service_cost',
    standsOn: [
      'tasks.actual_minutes',
      'employee_rates.hourly_cost',
      'service_order_lines.unit_cost',
      'expenses.amount',
    ],
    sql: 'COALESCE(SUM(direct_service_cost), 0)',
    coverage: {
      known: 'SUM(tasks_with_labour_cost + part_lines_with_cost)',
      of: 'SUM(tasks + part_lines)',
      words: { en: 'of tasks and parts have a known cost', zh: '的任务和零部件有已知成本' },
    },
  }),
  profit_before_allocation: ledger({
    words: { en: 'Profit before allocation', zh: '分摊前利润' },
    about: {
      en: 'Sales margin plus service revenue, less direct service cost.',
      zh: '销售毛利加服务创收，减直接客服费用。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: [
      'order_lines.amount',
      'order_lines.unit_cost',
      'tasks.actual_minutes',
      'employee_rates.hourly_cost',
      'service_order_lines.amount',
      'service_order_lines.unit_cost',
      'contracts.amount',
      'expenses.amount',
    ],
    sql: 'COALESCE(SUM(profit_before_allocation), 0)',
    coverage: {
      known: 'SUM(order_lines_with_cost + tasks_with_labour_cost + part_lines_with_cost)',
      of: 'SUM(order_lines + tasks + part_lines)',
      words: { en: 'of order lines, tasks and parts have a known cost', zh: '的订单行、任务和零部件有已知成本' },
    },
  }),
  profit_margin: {
    words: { en: 'Profit margin', zh: '利润率' },
    about: {
      en: 'Profit as a share of order and service revenue.',
      zh: '利润占订单收入与服务创收之和的比例。',
    },
    unit: 'share',
    direction: 'up',
    standsOn: ['order_lines.amount', 'tasks.actual_minutes', 'service_order_lines.amount', 'expenses.amount'],
    from: ['profit', 'revenue', 'service_revenue'],
    sql: 'CASE WHEN revenue + service_revenue > 0 THEN profit / (revenue + service_revenue) END',
  },
  cost_to_serve_share: {
    words: { en: 'Cost to serve', zh: '服务成本占比' },
    about: {
      en: 'Direct service cost and indirect cost as a share of order and service revenue.',
      zh: '直接客服费用与间接费用占订单收入与服务创收之和的比例。',
    },
    unit: 'share',
    direction: 'down',
    standsOn: ['order_lines.amount', 'tasks.actual_minutes', 'service_order_lines.amount', 'expenses.amount'],
    from: ['direct_service_cost', 'indirect_cost', 'revenue', 'service_revenue'],
    sql: 'CASE WHEN revenue + service_revenue > 0 THEN (direct_service_cost + indirect_cost) / (revenue + service_revenue) END',
  },
  return_on_cost: {
    words: { en: 'Return on cost', zh: '投资回报率' },
    about: {
      en: 'Profit as a share of direct service cost and indirect cost.',
      zh: '利润与直接客服费用、间接费用之和的比率。',
    },
    unit: 'share',
    direction: 'up',
    standsOn: ['order_lines.amount', 'tasks.actual_minutes', 'service_order_lines.amount', 'expenses.amount'],
    from: ['profit', 'direct_service_cost', 'indirect_cost'],
    sql: 'CASE WHEN direct_service_cost + indirect_cost > 0 THEN profit / (direct_service_cost + indirect_cost) END',
  },
  revenue_rank: {
    words: { en: 'Rank by revenue', zh: '收入排名' },
    about: {
      en: 'Place by order revenue among all rows that the filters leave; 1 is the largest.',
      zh: '在筛选后的全部行中按订单收入的名次，第 1 名最大。',
    },
    unit: 'rank',
    direction: 'none',
    standsOn: ['order_lines.amount'],
    rankOf: 'revenue',
  },
  profit_rank: {
    words: { en: 'Rank by profit', zh: '利润排名' },
    about: {
      en: 'Place by profit among all rows that the filters leave; 1 is the largest.',
      zh: '在筛选后的全部行中按利润的名次，第 1 名最大。',
    },
    unit: 'rank',
    direction: 'none',
    standsOn: ['order_lines.amount', 'tasks.actual_minutes', 'service_order_lines.amount', 'expenses.amount'],
    rankOf: 'profit',
  },
  rank_drop: {
    words: { en: 'Rank drop', zh: '排名落差' },
    about: {
      en: 'How many places a customer falls from its rank by revenue to its rank by profit: high is the “big customer” who is not.',
      zh: '客户从收入排名到利润排名下降的名次数：落差越大，越是名不副实的“大客户”。',
    },
    unit: 'number',
    direction: 'down',
    standsOn: ['order_lines.amount', 'tasks.actual_minutes', 'service_order_lines.amount', 'expenses.amount'],
    from: ['profit_rank', 'revenue_rank'],
    sql: 'profit_rank - revenue_rank',
  },
  customers: {
    mart: MART,
    words: { en: 'Customers', zh: '客户数' },
    about: { en: 'Customers, direct and indirect; prospects are not counted.', zh: '直接和间接客户数，不含潜在客户。' },
    unit: 'count',
    direction: 'up',
    standsOn: ['customers.customer_id', 'customers.kind'],
    sql: "COUNT(*) FILTER (WHERE customer_kind <> 'prospect')",
  },
  order_silence: {
    mart: MART,
    words: { en: 'Silence in orders', zh: '未下单间隔倍数' },
    about: {
      en: 'Days since the last purchase, as a multiple of the usual days between purchases; of one customer with at least three.',
      zh: '距上次采购的天数与平均采购间隔之比；仅对单个客户，且至少有三次采购。',
    },
    unit: 'number',
    direction: 'down',
    standsOn: ['orders.ordered_at', 'orders.customer_id'],
    sql: 'CASE WHEN COUNT(*) = 1 THEN MAX(order_silence) END',
  },
  contact_silence: {
    mart: MART,
    words: { en: 'Silence', zh: '沉默间隔倍数' },
    about: {
      en: 'Days since the last order or request, as a multiple of the usual days between them; of one customer with at least five.',
      zh: '距上次下单或请求的天数与其平均间隔之比；仅对单个客户，且至少有五个往来日。',
    },
    unit: 'number',
    direction: 'down',
    standsOn: ['orders.ordered_at', 'requests.opened_at'],
    sql: 'CASE WHEN COUNT(*) = 1 THEN MAX(contact_silence) END',
  },
  eats_service_customers: {
    mart: MART,
    words: { en: 'Customers that eat service', zh: '吞噬服务的客户数' },
    about: {
      en: 'Key and VIP customers, indirect ones excepted, at or above the workload percentile of the policy among their kind, whose revenue did not grow in the last twelve months.',
      zh: '近十二个月收入没有增长、而服务工作量在同类客户中达到公司规则所定百分位的大客户和 VIP 客户数，不含间接客户。',
    },
    unit: 'count',
    direction: 'down',
    standsOn: ['customers.crm_class', 'tasks.actual_minutes', 'order_lines.amount'],
    sql: 'COUNT(*) FILTER (WHERE eats_service)',
    coverage: {
      known: "COUNT(*) FILTER (WHERE customer_kind <> 'prospect' AND crm_class <> 'unknown')",
      of: "COUNT(*) FILTER (WHERE customer_kind <> 'prospect')",
      words: { en: 'of customers have a class', zh: '的客户有分类' },
    },
  },
  loss_making_customers: {
    mart: MART,
    words: { en: 'Loss-making customers', zh: '亏损客户数' },
    about: {
      en: 'Customers whose profit over the last twelve months is below zero.',
      zh: '近十二个月利润为负的客户数。',
    },
    unit: 'count',
    direction: 'down',
    standsOn: ['order_lines.amount', 'tasks.actual_minutes', 'service_order_lines.amount', 'expenses.amount'],
    sameAs: ['profit'],
    sql: 'COUNT(*) FILTER (WHERE trailing_profit < 0)',
  },
} as const satisfies Record<string, Metric>
