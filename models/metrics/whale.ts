import { inMarts } from './in-marts.ts'
import type { Dimension, Metric } from './metric.ts'

const MART = 'marts.whale_months'
const standsOn = [
  'order_lines.amount',
  'tasks.actual_minutes',
  'service_order_lines.amount',
  'expenses.amount',
] as const

/** Of one closing month what its twelve months gave; of several the mean. */
const each = (sum: string): string =>
  `COALESCE(CAST(${sum} AS DOUBLE) / CAST(NULLIF(COUNT(DISTINCT month), 0) AS DOUBLE), 0)`

/** The whale curve over time: what some customers earn, what others eat up again, and who moved between them. */
export const whaleMetrics = {
  whale_earned: {
    mart: MART,
    words: { en: 'Earned', zh: '盈利合计' },
    about: {
      en: 'Profit of the customers that left something in the twelve months that end with the closing month; of several closing months the mean.',
      zh: '截至结算月的十二个月内盈利客户的利润合计；多个结算月时为平均值。',
    },
    unit: 'money',
    direction: 'up',
    standsOn,
    sameAs: ['profit'],
    sql: each('SUM(profit_12) FILTER (WHERE profit_12 > 0)'),
  },
  whale_eaten: {
    mart: MART,
    words: { en: 'Eaten up again', zh: '亏损合计' },
    about: {
      en: 'What the other customers lost of it in the same twelve months, below zero; of several closing months the mean.',
      zh: '同期亏损客户消耗的利润（负数）；多个结算月时为平均值。',
    },
    unit: 'money',
    direction: 'up',
    standsOn,
    sameAs: ['profit'],
    sql: each('SUM(profit_12) FILTER (WHERE profit_12 < 0)'),
  },
  whale_left: {
    mart: MART,
    words: { en: 'Left', zh: '最终利润' },
    about: {
      en: 'Earned less what was eaten up again.',
      zh: '盈利合计减去亏损合计后的利润。',
    },
    unit: 'money',
    direction: 'up',
    standsOn,
    sameAs: ['profit'],
    sql: each('SUM(profit_12)'),
  },
  losing_customers: {
    mart: MART,
    words: { en: 'Customers that lose money', zh: '曲线上的亏损客户数' },
    about: {
      en: 'Customers that left less than they cost in the twelve months that end with the closing month; of several closing months the mean.',
      zh: '截至结算月的十二个月内贡献低于成本的客户数；多个结算月时为平均值。',
    },
    unit: 'count',
    direction: 'down',
    standsOn,
    sameAs: ['profit'],
    sql: each('COUNT(*) FILTER (WHERE profit_12 < 0)'),
  },
  whale_place: {
    mart: MART,
    words: { en: 'Place now', zh: '当前名次' },
    about: {
      en: 'Place among customers of its kind by the profit of the last twelve months, 1 left most.',
      zh: '近十二个月利润在同类客户中的名次，1 为最高。',
    },
    unit: 'rank',
    direction: 'down',
    standsOn,
    sameAs: ['profit'],
    sql: 'MIN(place) FILTER (WHERE is_latest)',
  },
  whale_place_before: {
    mart: MART,
    words: { en: 'Place a year before', zh: '一年前名次' },
    about: {
      en: 'The same place twelve months earlier; empty for who was no customer then.',
      zh: '十二个月前的名次；当时尚非客户则为空。',
    },
    unit: 'rank',
    direction: 'down',
    standsOn,
    sameAs: ['profit'],
    sql: 'MIN(place_before) FILTER (WHERE is_latest)',
  },
  whale_profit: {
    mart: MART,
    words: { en: 'Profit, last 12 months', zh: '近12个月利润' },
    about: { en: 'Profit of the twelve months up to the business date.', zh: '截至业务日期的十二个月的利润。' },
    unit: 'money',
    direction: 'up',
    standsOn,
    sameAs: ['profit'],
    sql: 'COALESCE(SUM(profit_12) FILTER (WHERE is_latest), 0)',
  },
  whale_profit_before: {
    mart: MART,
    words: { en: 'Profit, 12 months before', zh: '此前12个月利润' },
    about: {
      en: 'Profit of the twelve months before those; zero for who was no customer then.',
      zh: '再往前十二个月的利润；当时尚非客户则为零。',
    },
    unit: 'money',
    direction: 'none',
    standsOn,
    sameAs: ['profit'],
    sql: 'COALESCE(SUM(profit_12_before) FILTER (WHERE is_latest), 0)',
  },
  whale_profit_change: {
    from: ['whale_profit', 'whale_profit_before'],
    words: { en: 'Change', zh: '变化' },
    about: {
      en: 'Profit of the last twelve months less that of the twelve before.',
      zh: '近十二个月利润减去此前十二个月利润。',
    },
    unit: 'money',
    direction: 'up',
    standsOn,
    sql: 'whale_profit - whale_profit_before',
  },
} as const satisfies Record<string, Metric>

export const whaleDimensions: Record<string, Dimension> = {
  closing_month: {
    words: { en: 'Closing month', zh: '结算月' },
    kind: 'month',
    columns: inMarts('month', [MART]),
  },
}
