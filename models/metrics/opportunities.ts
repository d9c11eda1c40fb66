import type { MeasuredMetric, Metric } from './metric.ts'

const MART = 'marts.opportunities'
const stages = ['opportunities.stage', 'opportunity_events.to_value']
const origin = [
  'opportunities.lead_source',
  'opportunities.campaign_id',
  'opportunities.source_employee_id',
  'opportunities.closed_at',
  'requests.opened_at',
  'tasks.actual_start',
]

const amount: MeasuredMetric['coverage'] = {
  known: 'COUNT(amount)',
  of: 'COUNT(*)',
  words: { en: 'of opportunities have an amount', zh: '的机会有金额' },
}
const source: MeasuredMetric['coverage'] = {
  known: 'COUNT(*) FILTER (WHERE has_source)',
  of: 'COUNT(*)',
  words: { en: 'of opportunities have a lead source', zh: '的机会有线索来源' },
}
const steps: MeasuredMetric['coverage'] = {
  known: 'COUNT(*) FILTER (WHERE is_told)',
  of: 'COUNT(*)',
  words: { en: 'of opportunities have known stages', zh: '的机会有阶段记录' },
}
const margin: MeasuredMetric['coverage'] = {
  known: 'COUNT(margin) FILTER (WHERE is_won)',
  of: 'COUNT(*) FILTER (WHERE is_won)',
  words: { en: 'of won opportunities name an order', zh: '的赢单机会关联了订单' },
}

const ofInfluenced = "is_won AND origin = 'influenced'"
const ofSourced = "is_won AND origin = 'sourced'"

/** Opportunities through the four steps of the funnel: leads, qualified, quoted, won. All by the month they were opened. */
export const opportunityMetrics = {
  opportunities: {
    mart: MART,
    words: { en: 'Opportunities', zh: '机会数' },
    about: {
      en: 'Opportunities, by the month they were opened. Each is a lead, the first step of the funnel.',
      zh: '按开立月份计的销售机会数；每个机会都是漏斗第一步的线索。',
    },
    unit: 'count',
    direction: 'up',
    standsOn: ['opportunities.opportunity_id', 'opportunities.opened_at'],
    sql: 'COUNT(*)',
  },
  qualified_opportunities: {
    mart: MART,
    words: { en: 'Qualified', zh: '已确认数' },
    about: {
      en: 'Opportunities that reached the step qualified or one beyond it, those lost later too.',
      zh: '到达“已确认”或更后步骤的机会数，含之后输掉的。',
    },
    unit: 'count',
    direction: 'up',
    standsOn: stages,
    sql: 'COUNT(*) FILTER (WHERE is_qualified)',
    coverage: steps,
  },
  quoted_opportunities: {
    mart: MART,
    words: { en: 'Quoted', zh: '已报价数' },
    about: {
      en: 'Opportunities that reached the step quoted or were won, those lost later too.',
      zh: '到达“已报价”或赢单的机会数，含之后输掉的。',
    },
    unit: 'count',
    direction: 'up',
    standsOn: stages,
    sql: 'COUNT(*) FILTER (WHERE is_quoted)',
    coverage: steps,
  },
  won_opportunities: {
    mart: MART,
    words: { en: 'Won opportunities', zh: '赢单数' },
    about: { en: 'Opportunities won, by the month they were opened.', zh: '按开立月份计的赢单机会数。' },
    unit: 'count',
    direction: 'up',
    standsOn: ['opportunities.outcome'],
    sql: 'COUNT(*) FILTER (WHERE is_won)',
  },
  lost_opportunities: {
    mart: MART,
    words: { en: 'Lost opportunities', zh: '输单数' },
    about: { en: 'Opportunities lost, by the month they were opened.', zh: '按开立月份计的输单机会数。' },
    unit: 'count',
    direction: 'down',
    standsOn: ['opportunities.outcome'],
    sql: 'COUNT(*) FILTER (WHERE is_lost)',
  },
  unknown_stage_opportunities: {
    mart: MART,
    words: { en: 'Stage not known', zh: '阶段无法识别' },
    about: {
      en: 'Open opportunities whose stage the policy does not know: they count as leads until policy.stages names the stage.',
      zh: '阶段名称未被政策识别的未结机会：在 policy.stages 中列出前，按线索计。',
    },
    unit: 'count',
    direction: 'down',
    standsOn: ['opportunities.stage'],
    sql: "COUNT(*) FILTER (WHERE step = 'unknown')",
  },
  won_amount: {
    mart: MART,
    words: { en: 'Won amount', zh: '赢单金额' },
    about: {
      en: 'Amount of the opportunities won, by the month they were opened.',
      zh: '按开立月份计的赢单机会金额。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: ['opportunities.amount', 'opportunities.outcome'],
    sql: 'COALESCE(SUM(amount) FILTER (WHERE is_won), 0)',
    coverage: amount,
  },
  won_margin: {
    mart: MART,
    words: { en: 'Won margin', zh: '赢单毛利' },
    about: {
      en: 'Sales margin of the orders that won opportunities became, as far as orders name their opportunity.',
      zh: '赢单机会所成订单的销售毛利，以订单关联了机会者为限。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: ['orders.opportunity_id', 'order_lines.amount', 'order_lines.unit_cost'],
    // Where no won opportunity names an order nothing can be said.
    sql: 'CASE WHEN COUNT(*) FILTER (WHERE is_won) = 0 OR COUNT(margin) FILTER (WHERE is_won) > 0 THEN COALESCE(SUM(margin) FILTER (WHERE is_won), 0) END',
    coverage: margin,
  },
  average_won_amount: {
    words: { en: 'Mean won amount', zh: '平均赢单金额' },
    about: { en: 'Amount of a won opportunity, on average.', zh: '赢单机会的平均金额。' },
    unit: 'money',
    direction: 'up',
    standsOn: ['opportunities.amount', 'opportunities.outcome'],
    from: ['won_amount', 'won_opportunities'],
    sql: 'won_amount / NULLIF(won_opportunities, 0)',
  },
  win_rate: {
    mart: MART,
    words: { en: 'Win rate', zh: '赢单率' },
    about: { en: 'Share of the decided opportunities that were won.', zh: '已有结果的机会中赢单的比例。' },
    unit: 'share',
    direction: 'up',
    standsOn: ['opportunities.outcome'],
    sql: 'CAST(COUNT(*) FILTER (WHERE is_won) AS DOUBLE) / NULLIF(COUNT(*) FILTER (WHERE NOT is_open), 0)',
  },
  days_to_win: {
    mart: MART,
    words: { en: 'Days to win', zh: '赢单天数' },
    about: {
      en: 'Days from opening to closing of won opportunities, on average.',
      zh: '赢单机会从开立到关闭的平均天数。',
    },
    unit: 'days',
    direction: 'down',
    standsOn: ['opportunities.opened_at', 'opportunities.closed_at'],
    sql: 'CAST(SUM(days_to_close) FILTER (WHERE is_won) AS DOUBLE) / NULLIF(COUNT(days_to_close) FILTER (WHERE is_won), 0)',
    coverage: {
      known: 'COUNT(days_to_close) FILTER (WHERE is_won)',
      of: 'COUNT(*) FILTER (WHERE is_won)',
      words: { en: 'of won opportunities have a closing date', zh: '的赢单机会有关闭时间' },
    },
  },
  service_won_opportunities: {
    mart: MART,
    words: { en: 'Won, sourced by service', zh: '客服带来的赢单数' },
    about: {
      en: 'Opportunities won that service brought, as policy.sourced says. Never added to those it influenced.',
      zh: '按 policy.sourced 认定由客服带来的赢单数；不与客服影响的相加。',
    },
    unit: 'count',
    direction: 'up',
    standsOn: origin,
    sql: `COUNT(*) FILTER (WHERE ${ofSourced})`,
    coverage: source,
  },
  service_won_amount: {
    mart: MART,
    words: { en: 'Won amount from service', zh: '服务线索赢单金额' },
    about: {
      en: 'Amount of the opportunities won that service brought, as policy.sourced says.',
      zh: '按 policy.sourced 认定由客服带来的赢单机会金额。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: [...origin, 'opportunities.amount', 'opportunities.outcome'],
    sql: `COALESCE(SUM(amount) FILTER (WHERE ${ofSourced}), 0)`,
    coverage: source,
  },
  service_won_margin: {
    mart: MART,
    words: { en: 'Won margin from service', zh: '服务线索赢单毛利' },
    about: {
      en: 'Sales margin of the orders that opportunities sourced by service became, as far as orders name their opportunity.',
      zh: '客服带来的机会所成订单的销售毛利，以订单关联了机会者为限。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: [...origin, 'orders.opportunity_id', 'order_lines.amount', 'order_lines.unit_cost'],
    sql: `CASE WHEN COUNT(*) FILTER (WHERE ${ofSourced}) = 0 OR COUNT(margin) FILTER (WHERE ${ofSourced}) > 0 THEN COALESCE(SUM(margin) FILTER (WHERE ${ofSourced}), 0) END`,
    coverage: {
      known: `COUNT(margin) FILTER (WHERE ${ofSourced})`,
      of: `COUNT(*) FILTER (WHERE ${ofSourced})`,
      words: { en: 'of them name an order', zh: '关联了订单' },
    },
  },
  influenced_won_opportunities: {
    mart: MART,
    words: { en: 'Won, influenced by service', zh: '客服影响的赢单数' },
    about: {
      en: 'Opportunities won within policy.influencedDays after a request or visit of the customer, which service did not bring. Never added to those it sourced.',
      zh: '在客户服务请求或上门后 policy.influencedDays 天内赢得、并非客服带来的机会数；不与客服带来的相加。',
    },
    unit: 'count',
    direction: 'up',
    standsOn: origin,
    sql: `COUNT(*) FILTER (WHERE ${ofInfluenced})`,
  },
  influenced_won_amount: {
    mart: MART,
    words: { en: 'Won amount influenced by service', zh: '客服影响的赢单金额' },
    about: {
      en: 'Amount of the opportunities won within policy.influencedDays after a request or visit, which service did not bring. That it came after does not say that it came from it.',
      zh: '在服务请求或上门后 policy.influencedDays 天内赢得、并非客服带来的机会金额；先后不等于因果。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: [...origin, 'opportunities.amount', 'opportunities.outcome'],
    sql: `COALESCE(SUM(amount) FILTER (WHERE ${ofInfluenced}), 0)`,
  },
} as const satisfies Record<string, Metric>
