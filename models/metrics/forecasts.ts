import type { Metric } from './metric.ts'

const base = {
  mart: 'marts.forecasts',
  standsOn: ['orders.ordered_at', 'orders.customer_id'],
  coverage: {
    known: "COUNT(*) FILTER (WHERE problem = 'none')",
    of: 'COUNT(*)',
    words: { en: 'of direct customers have a forecast', zh: '的直接客户有预测' },
  },
} as const
const money = { ...base, standsOn: [...base.standsOn, 'order_lines.amount', 'order_lines.unit_cost'] } as const
const served = { ...base, standsOn: [...money.standsOn, 'tasks.actual_minutes', 'expenses.amount'] } as const
/** Of one customer; of several there is no common interval, so none is told. */
const alone = (column: string): string => `CASE WHEN COUNT(*) = 1 THEN MAX(${column}) END`

/** What direct customers are likely to do in the year to come: MBG/NBD, Erlang-k where buying is regular, and Gamma-Gamma. */
export const forecastMetrics = {
  alive_chance: {
    ...base,
    words: { en: 'Still a customer', zh: '仍会购买的概率' },
    about: {
      en: 'Chance that the customer still buys from us, by when and how often it bought; of several customers the mean.',
      zh: '按购买时间和频率推断客户仍会向我们购买的概率；多个客户时为平均值。',
    },
    unit: 'share',
    direction: 'up',
    sql: 'AVG(alive_chance)',
  },
  expected_orders_90: {
    ...base,
    words: { en: 'Orders expected, 90 days', zh: '预计订单数（90 天）' },
    about: { en: 'Purchases expected in the next 90 days.', zh: '未来 90 天预计购买次数。' },
    unit: 'number',
    direction: 'up',
    sql: 'SUM(orders_90)',
  },
  expected_orders_365: {
    ...base,
    words: { en: 'Orders expected, a year', zh: '预计订单数（一年）' },
    about: { en: 'Purchases expected in the next 365 days.', zh: '未来 365 天预计购买次数。' },
    unit: 'number',
    direction: 'up',
    sql: 'SUM(orders_365)',
  },
  expected_orders_365_low: {
    ...base,
    words: { en: 'Orders expected, at least', zh: '预计订单数下限' },
    about: {
      en: 'Lower end of the 90 % interval of purchases in the next 365 days, of one customer.',
      zh: '单个客户未来 365 天购买次数 90% 区间的下限。',
    },
    unit: 'number',
    direction: 'up',
    sql: alone('orders_365_low'),
  },
  expected_orders_365_high: {
    ...base,
    words: { en: 'Orders expected, at most', zh: '预计订单数上限' },
    about: {
      en: 'Upper end of the 90 % interval of purchases in the next 365 days, of one customer.',
      zh: '单个客户未来 365 天购买次数 90% 区间的上限。',
    },
    unit: 'number',
    direction: 'up',
    sql: alone('orders_365_high'),
  },
  next_order_within_days: {
    ...base,
    words: { en: 'Next order within', zh: '下次购买（天内）' },
    about: {
      en: 'If it still buys: with even odds the next purchase comes within so many days. Of one customer.',
      zh: '若仍会购买，下次购买有一半可能在这些天内发生。仅对单个客户。',
    },
    unit: 'days',
    direction: 'down',
    sql: alone('next_order_days'),
  },
  future_margin: {
    ...money,
    words: { en: 'Future margin', zh: '未来毛利' },
    about: {
      en: 'Sales margin expected of the next 365 days, discounted.',
      zh: '未来 365 天预计销售毛利，已折现。',
    },
    unit: 'money',
    direction: 'up',
    sql: 'SUM(future_margin)',
  },
  future_service_cost: {
    ...served,
    words: { en: 'Future service cost', zh: '未来服务成本' },
    about: {
      en: 'Requests as in the last twelve months, times what one cost, direct and indirect, discounted.',
      zh: '按近十二个月的请求数乘以每个请求的直接和间接成本，已折现。',
    },
    unit: 'money',
    direction: 'down',
    sql: 'SUM(future_service_cost)',
  },
  future_value: {
    ...served,
    words: { en: 'Future value', zh: '未来价值' },
    about: {
      en: 'Margin expected of the next 365 days less what serving will cost.',
      zh: '未来 365 天预计毛利减去预计服务成本。',
    },
    unit: 'money',
    direction: 'up',
    sql: 'SUM(future_value)',
  },
  future_value_low: {
    ...served,
    words: { en: 'Future value, at least', zh: '未来价值下限' },
    about: {
      en: 'With purchases at the lower end of their 90 % interval, of one customer.',
      zh: '单个客户购买次数取 90% 区间下限时的未来价值。',
    },
    unit: 'money',
    direction: 'up',
    sql: alone('future_value_low'),
  },
  future_value_high: {
    ...served,
    words: { en: 'Future value, at most', zh: '未来价值上限' },
    about: {
      en: 'With purchases at the upper end of their 90 % interval, of one customer.',
      zh: '单个客户购买次数取 90% 区间上限时的未来价值。',
    },
    unit: 'money',
    direction: 'up',
    sql: alone('future_value_high'),
  },
} as const satisfies Record<string, Metric>
