import type { Metric } from './metric.ts'

const MART = 'marts.customer_advice'
const standsOn = ['order_lines.amount', 'tasks.actual_minutes', 'expenses.amount', 'customers.crm_class'] as const

/** Classes beside those recorded, and what to do about each customer. */
export const adviceMetrics = {
  customer_score: {
    mart: MART,
    words: { en: 'Score', zh: '综合评分' },
    about: {
      en: 'Percentiles of the measures of the policy among customers of the same kind, weighted; 0 to 100, of several customers the mean.',
      zh: '按公司规定的指标在同类客户中的百分位加权，0 到 100；多个客户时为平均值。',
    },
    unit: 'number',
    direction: 'up',
    standsOn,
    sql: 'AVG(score)',
  },
  score_points: {
    mart: 'marts.score_components',
    words: { en: 'Points', zh: '得分' },
    about: {
      en: 'What each measure adds to the score of today: its percentile times its weight. Meaningful for one customer at a time.',
      zh: '各指标对当前评分的贡献：百分位乘以权重。仅对单个客户有意义。',
    },
    unit: 'number',
    direction: 'up',
    standsOn,
    sql: 'SUM(points) FILTER (WHERE is_latest)',
  },
  score_percentile: {
    mart: 'marts.score_components',
    words: { en: 'Percentile', zh: '百分位' },
    about: {
      en: 'Place among customers of the same kind by the measure, 0 to 100, 100 the best; of several customers the mean.',
      zh: '该指标在同类客户中的位置，0 到 100，100 为最佳；多个客户时为平均值。',
    },
    unit: 'number',
    direction: 'up',
    standsOn,
    sql: 'AVG(percentile) FILTER (WHERE is_latest)',
  },
  classed_customers: {
    mart: MART,
    words: { en: 'Customers classed', zh: '已分类客户数' },
    about: { en: 'Customers with a computed class.', zh: '有计算分类的客户数。' },
    unit: 'count',
    direction: 'none',
    standsOn,
    sql: 'COUNT(*)',
  },
  classed_too_high: {
    mart: MART,
    words: { en: 'Recorded too high', zh: '登记偏高' },
    about: {
      en: 'Customers whose recorded class is above what they are worth: served better than they pay for.',
      zh: '登记分类高于其价值的客户：享受的服务好于其贡献。',
    },
    unit: 'count',
    direction: 'down',
    standsOn,
    sql: "COUNT(*) FILTER (WHERE class_fit = 'too_high')",
  },
  classed_too_low: {
    mart: MART,
    words: { en: 'Recorded too low', zh: '登记偏低' },
    about: {
      en: 'Customers whose recorded class is below what they are worth: served worse than they deserve.',
      zh: '登记分类低于其价值的客户：服务不及其贡献。',
    },
    unit: 'count',
    direction: 'down',
    standsOn,
    sql: "COUNT(*) FILTER (WHERE class_fit = 'too_low')",
  },
  classes_overridden: {
    mart: MART,
    words: { en: 'Set by hand', zh: '人工设定的分类数' },
    about: {
      en: 'Customers whose class was set by a person and still holds.',
      zh: '由人工设定分类且仍然有效的客户数。',
    },
    unit: 'count',
    direction: 'none',
    standsOn,
    sql: "COUNT(*) FILTER (WHERE override_class != 'none')",
  },
  class_decisions: {
    mart: 'marts.class_decisions',
    words: { en: 'Decisions on classes', zh: '分类的人工决定数' },
    about: {
      en: 'How often a person set the class of a customer, or ended that.',
      zh: '人工设定客户分类或提前结束的次数。',
    },
    unit: 'count',
    direction: 'none',
    standsOn: ['customers.customer_id'],
    sql: 'COUNT(*)',
  },
  advice_stake: {
    mart: MART,
    words: { en: 'Money at stake', zh: '涉及金额' },
    about: {
      en: 'What a customer loses, costs above what is usual, or leaves, of the last twelve months; by what is advised.',
      zh: '近十二个月客户的亏损、高于同类的服务成本或贡献，视建议而定。',
    },
    unit: 'money',
    direction: 'none',
    standsOn,
    sql: 'COALESCE(SUM(stake), 0)',
  },
  recorded_class_age: {
    mart: MART,
    words: { en: 'Days since classes were recorded', zh: '登记分类已过天数' },
    about: { en: 'Days since the recorded class was set, on average.', zh: '登记分类设定以来的平均天数。' },
    unit: 'days',
    direction: 'down',
    standsOn: ['customers.crm_class_set_at'],
    sql: 'AVG(recorded_class_days)',
  },
} as const satisfies Record<string, Metric>
