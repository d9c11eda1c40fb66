import type { MeasuredMetric, Metric } from './metric.ts'
import { ledger } from './ledger.ts'

const OPPORTUNITIES = 'marts.opportunity_sources'

const orderCost: MeasuredMetric['coverage'] = {
  known: 'SUM(order_lines_with_cost)',
  of: 'SUM(order_lines)',
  words: { en: 'of order lines have a known cost', zh: '的订单行有已知成本' },
}
const opportunityAmount: MeasuredMetric['coverage'] = {
  known: 'SUM(opportunities_with_amount)',
  of: 'SUM(opportunities)',
  words: { en: 'of opportunities have an amount', zh: '的机会有金额' },
}
const opportunitySource: MeasuredMetric['coverage'] = {
  known: 'SUM(opportunities_with_source)',
  of: 'SUM(opportunities)',
  words: { en: 'of opportunities have a lead source', zh: '的机会有线索来源' },
}

/** What customers bought, and where the sales came from. */
export const salesMetrics = {
  revenue: ledger({
    words: { en: 'Revenue', zh: '订单收入' },
    about: {
      en: 'Order lines less returns, without cancelled orders, by the day of the order. A line without an amount counts at list price.',
      zh: '按下单日计的订单行金额，扣除退货，不含已取消订单；未录金额的订单行按目录价计。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: ['order_lines.amount', 'order_lines.quantity', 'orders.ordered_at', 'fx_rates.rate'],
    sql: 'COALESCE(SUM(revenue), 0)',
    coverage: {
      known: 'SUM(order_lines_with_amount)',
      of: 'SUM(order_lines)',
      words: { en: 'of order lines have an amount', zh: '的订单行有金额' },
    },
  }),
  orders: ledger({
    words: { en: 'Orders', zh: '订单次数' },
    about: { en: 'Orders not cancelled; pure returns are not counted.', zh: '未取消的订单数，不含纯退货单。' },
    unit: 'count',
    direction: 'up',
    standsOn: ['orders.order_id', 'orders.status'],
    sql: 'COALESCE(SUM(orders), 0)',
  }),
  average_order_value: {
    words: { en: 'Average order value', zh: '平均交易量' },
    about: { en: 'Revenue per order.', zh: '每张订单的平均收入。' },
    unit: 'money',
    direction: 'up',
    standsOn: ['order_lines.amount', 'order_lines.quantity'],
    from: ['revenue', 'orders'],
    sql: 'revenue / NULLIF(orders, 0)',
  },
  cost_of_goods: ledger({
    words: { en: 'Cost of goods', zh: '销售成本' },
    about: {
      en: 'What the goods of the orders cost: the cost on the order line, else the product’s.',
      zh: '所售货物的成本：优先取订单行成本，否则取产品成本。',
    },
    unit: 'money',
    direction: 'down',
    standsOn: ['order_lines.unit_cost', 'products.unit_cost', 'order_lines.quantity'],
    sql: 'COALESCE(SUM(cost_of_goods), 0)',
    coverage: orderCost,
  }),
  sales_margin: ledger({
    words: { en: 'Sales margin', zh: '销售毛利' },
    about: { en: 'Order revenue less cost of goods.', zh: '订单收入减销售成本。' },
    unit: 'money',
    direction: 'up',
    standsOn: ['order_lines.amount', 'order_lines.unit_cost', 'products.unit_cost'],
    sql: 'COALESCE(SUM(sales_margin), 0)',
    coverage: orderCost,
  }),
  opportunities: {
    mart: OPPORTUNITIES,
    words: { en: 'Opportunities', zh: '机会数' },
    about: { en: 'Opportunities, by the month they were opened.', zh: '按开立月份计的销售机会数。' },
    unit: 'count',
    direction: 'up',
    standsOn: ['opportunities.opportunity_id', 'opportunities.lead_source'],
    sql: 'COALESCE(SUM(opportunities), 0)',
  },
  won_opportunities: {
    mart: OPPORTUNITIES,
    words: { en: 'Won opportunities', zh: '赢单数' },
    about: { en: 'Opportunities won, by the month they were opened.', zh: '按开立月份计的赢单机会数。' },
    unit: 'count',
    direction: 'up',
    standsOn: ['opportunities.outcome'],
    sql: 'COALESCE(SUM(won_opportunities), 0)',
  },
  won_amount: {
    mart: OPPORTUNITIES,
    words: { en: 'Won amount', zh: '赢单金额' },
    about: {
      en: 'Amount of the opportunities won, by the month they were opened.',
      zh: '按开立月份计的赢单机会金额。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: ['opportunities.amount', 'opportunities.outcome'],
    sql: 'COALESCE(SUM(won_amount), 0)',
    coverage: opportunityAmount,
  },
  open_amount: {
    mart: OPPORTUNITIES,
    words: { en: 'Open amount', zh: '在谈金额' },
    about: {
      en: 'Amount of the opportunities neither won nor lost by the business date, by the month they were opened.',
      zh: '按开立月份计、截至业务日期尚未赢单或输单的机会金额。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: ['opportunities.amount', 'opportunities.outcome'],
    sql: 'COALESCE(SUM(open_amount), 0)',
    coverage: opportunityAmount,
  },
  win_rate: {
    mart: OPPORTUNITIES,
    words: { en: 'Win rate', zh: '赢单率' },
    about: { en: 'Share of the decided opportunities that were won.', zh: '已有结果的机会中赢单的比例。' },
    unit: 'share',
    direction: 'up',
    standsOn: ['opportunities.outcome'],
    sql: 'CAST(SUM(won_opportunities) AS DOUBLE) / NULLIF(SUM(won_opportunities + lost_opportunities), 0)',
  },
  days_to_win: {
    mart: OPPORTUNITIES,
    words: { en: 'Days to win', zh: '赢单天数' },
    about: {
      en: 'Days from opening to closing of won opportunities, on average.',
      zh: '赢单机会从开立到关闭的平均天数。',
    },
    unit: 'days',
    direction: 'down',
    standsOn: ['opportunities.opened_at', 'opportunities.closed_at'],
    sql: 'CAST(SUM(days_to_win) AS DOUBLE) / NULLIF(SUM(won_opportunities_with_days), 0)',
    coverage: {
      known: 'SUM(won_opportunities_with_days)',
      of: 'SUM(won_opportunities)',
      words: { en: 'of won opportunities have a closing date', zh: '的赢单机会有关闭时间' },
    },
  },
  service_won_amount: {
    mart: OPPORTUNITIES,
    words: { en: 'Won amount from service', zh: '服务线索赢单金额' },
    about: {
      en: 'Amount of the opportunities won whose lead source is the service department.',
      zh: '线索来源为客服部的赢单机会金额。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: ['opportunities.lead_source', 'opportunities.amount', 'opportunities.outcome'],
    sql: 'COALESCE(SUM(won_amount) FILTER (WHERE service_sourced), 0)',
    coverage: opportunitySource,
  },
} as const satisfies Record<string, Metric>
