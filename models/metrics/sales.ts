import type { MeasuredMetric, Metric } from './metric.ts'
import { ledger } from './ledger.ts'

const orderCost: MeasuredMetric['coverage'] = {
  known: 'SUM(order_lines_with_cost)',
  of: 'SUM(order_lines)',
  words: { en: 'of order lines have a known cost', zh: '的订单行有已知成本' },
}

/** What customers bought. */
export const salesMetrics = {
  revenue: ledger({
    words: { en: 'Revenue', zh: '订单收入' },
    about: {
      en: 'Order lines less returns, without cancelled orders, by the day of the order. A line without an amount counts at list price.',
      zh: '按下单日计的订单行金额，扣除退货，不含已取消订单；未录金额的订单行按目录价计。',
    },
    unit: 'money',
    direction: 'up',
    target: 'revenue',
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
    target: 'orders',
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
    target: 'sales_margin',
    standsOn: ['order_lines.amount', 'order_lines.unit_cost', 'products.unit_cost'],
    sql: 'COALESCE(SUM(sales_margin), 0)',
    coverage: orderCost,
  }),
} as const satisfies Record<string, Metric>
