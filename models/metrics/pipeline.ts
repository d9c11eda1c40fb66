import type { Metric } from './metric.ts'
import { wilson } from './wilson.ts'

const DEALS = 'marts.opportunities'
const EXITS = 'marts.stage_exits'
const TARGETS = 'marts.sales_targets'
const changes = ['opportunity_events.at', 'opportunities.stage', 'opportunities.owner_id']
const stages = [
  'opportunities.stage',
  'opportunity_events.to_value',
  'opportunities.outcome',
  'opportunities.closed_at',
]
const targets = ['targets.value', 'targets.period', 'targets.scope']

const policy = (setting: string): string => `(SELECT MAX(${setting}) FROM policy.settings)`
const cases = 'NULLIF(CAST(COUNT(*) AS DOUBLE), 0)'
const conversion = `COUNT(*) FILTER (WHERE has_moved_on) / ${cases}`
const usual = 'CAST(SUM(usual_share) AS DOUBLE) / NULLIF(COUNT(usual_share), 0)'
const comparable =
  'COUNT(*) FILTER (WHERE has_moved_on AND usual_share IS NOT NULL) / NULLIF(CAST(COUNT(usual_share) AS DOUBLE), 0)'

/** The pipeline: how stages convert against their own history, what does not move, and whether it covers the target. */
export const pipelineMetrics = {
  open_opportunities: {
    mart: DEALS,
    words: { en: 'Open opportunities', zh: '在谈机会数' },
    about: {
      en: 'Opportunities neither won nor lost on the business date.',
      zh: '业务日期尚未赢单或输单的机会数。',
    },
    unit: 'count',
    direction: 'none',
    standsOn: ['opportunities.outcome'],
    sql: 'COUNT(*) FILTER (WHERE is_open)',
  },
  open_amount: {
    mart: DEALS,
    words: { en: 'Open amount', zh: '在谈金额' },
    about: {
      en: 'Amount of the opportunities neither won nor lost by the business date, by the month they were opened.',
      zh: '按开立月份计、截至业务日期尚未赢单或输单的机会金额。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: ['opportunities.amount', 'opportunities.outcome'],
    sql: 'COALESCE(SUM(amount) FILTER (WHERE is_open), 0)',
    coverage: {
      known: 'COUNT(amount) FILTER (WHERE is_open)',
      of: 'COUNT(*) FILTER (WHERE is_open)',
      words: { en: 'of open opportunities have an amount', zh: '的在谈机会有金额' },
    },
  },
  weighted_open_amount: {
    mart: DEALS,
    words: { en: 'Weighted open amount', zh: '加权在谈金额' },
    about: {
      en: 'Amount of open opportunities times the probability that the source gives.',
      zh: '在谈机会金额乘以来源系统给出的成功概率。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: ['opportunities.amount', 'opportunities.probability'],
    sql: 'COALESCE(SUM(expected_amount) FILTER (WHERE is_open), 0)',
    coverage: {
      known: 'COUNT(expected_amount) FILTER (WHERE is_open)',
      of: 'COUNT(*) FILTER (WHERE is_open)',
      words: { en: 'of open opportunities have an amount and a probability', zh: '的在谈机会有金额和概率' },
    },
  },
  stale_opportunities: {
    mart: DEALS,
    words: { en: 'Unchanged too long', zh: '停滞机会数' },
    about: {
      en: 'Open opportunities whose stage and owner have not changed for more than policy.staleOpportunityDays.',
      zh: '阶段和负责人超过 policy.staleOpportunityDays 天没有变化的在谈机会数。',
    },
    unit: 'count',
    direction: 'down',
    standsOn: changes,
    sql: 'COUNT(*) FILTER (WHERE is_stale)',
  },
  stale_amount: {
    mart: DEALS,
    words: { en: 'Amount unchanged too long', zh: '停滞金额' },
    about: { en: 'Amount of the open opportunities unchanged for too long.', zh: '停滞机会的金额。' },
    unit: 'money',
    direction: 'down',
    standsOn: ['opportunities.amount', ...changes],
    sql: 'COALESCE(SUM(amount) FILTER (WHERE is_stale), 0)',
  },
  slow_opportunities: {
    mart: DEALS,
    words: { en: 'Open longer than usual', zh: '超期机会数' },
    about: {
      en: 'Open opportunities that are older than the median days to win of won ones of their kind.',
      zh: '已开立时间超过同类赢单天数中位数的在谈机会数。',
    },
    unit: 'count',
    direction: 'down',
    standsOn: ['opportunities.opened_at', 'opportunities.closed_at'],
    sql: 'COUNT(*) FILTER (WHERE is_slow)',
  },
  unchanged_days: {
    mart: DEALS,
    words: { en: 'Days unchanged', zh: '未变动天数' },
    about: {
      en: 'Days since stage or owner last changed, of the open opportunity that has stood still for longest.',
      zh: '在谈机会中最久未变动者距上次阶段或负责人变化的天数。',
    },
    unit: 'days',
    direction: 'down',
    standsOn: changes,
    sql: 'MAX(unchanged_days)',
  },
  usual_days_to_win: {
    mart: DEALS,
    words: { en: 'Usual days to win', zh: '通常赢单天数' },
    about: {
      en: 'Median days to win of won opportunities of the kind; of several kinds the longest.',
      zh: '同类赢单天数的中位数；多类时取最长者。',
    },
    unit: 'days',
    direction: 'none',
    standsOn: ['opportunities.opened_at', 'opportunities.closed_at', 'opportunities.kind'],
    ofAll: true,
    sql: 'MAX(usual_days_to_win)',
  },
  sales_velocity: {
    words: { en: 'Sales velocity per day', zh: '销售速度（每天）' },
    about: {
      en: 'Open opportunities × mean won amount × win rate ÷ days to win: what the pipeline brings in a day.',
      zh: '在谈机会数 × 平均赢单金额 × 赢单率 ÷ 赢单天数，即销售管道每天带来的金额。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: ['opportunities.amount', 'opportunities.outcome', 'opportunities.opened_at', 'opportunities.closed_at'],
    from: ['open_opportunities', 'average_won_amount', 'win_rate', 'days_to_win'],
    sql: 'open_opportunities * average_won_amount * win_rate / NULLIF(days_to_win, 0)',
  },
  stage_exits: {
    mart: EXITS,
    words: { en: 'Left the step', zh: '离开该步骤数' },
    about: {
      en: 'Opportunities that left a step, moving on or lost, by the month they did. Those still there, or never seen in the step, are not counted.',
      zh: '按月份计离开某步骤（推进或输单）的机会数；仍停留或没有该步骤记录的不计入。',
    },
    unit: 'count',
    direction: 'none',
    standsOn: stages,
    sql: 'COUNT(*)',
  },
  stage_conversion: {
    mart: EXITS,
    words: { en: 'Conversion', zh: '转化率' },
    about: {
      en: 'Share of the opportunities leaving a step that moved on to the next.',
      zh: '离开某步骤的机会中推进到下一步的比例。',
    },
    unit: 'share',
    direction: 'up',
    standsOn: stages,
    sql: conversion,
  },
  stage_conversion_low: {
    mart: EXITS,
    words: { en: 'Conversion at least', zh: '转化率下限' },
    about: {
      en: "Lower bound of the conversion: Wilson's interval at 95 %.",
      zh: '转化率的下限（95% 威尔逊区间）。',
    },
    unit: 'share',
    direction: 'up',
    standsOn: stages,
    sql: wilson('-', conversion, cases),
  },
  stage_conversion_high: {
    mart: EXITS,
    words: { en: 'Conversion at most', zh: '转化率上限' },
    about: {
      en: "Upper bound of the conversion: Wilson's interval at 95 %.",
      zh: '转化率的上限（95% 威尔逊区间）。',
    },
    unit: 'share',
    direction: 'up',
    standsOn: stages,
    sql: wilson('+', conversion, cases),
  },
  usual_conversion: {
    mart: EXITS,
    words: { en: 'Usual conversion', zh: '历史平均转化率' },
    about: {
      en: 'Conversion of the same step in all months before, of the whole company; no figure with fewer cases than the policy asks.',
      zh: '同一步骤此前各月的全公司转化率；案例数少于政策要求时不给出。',
    },
    unit: 'share',
    direction: 'none',
    standsOn: stages,
    ofAll: true,
    sql: usual,
    coverage: {
      known: 'COUNT(usual_share)',
      of: 'COUNT(*)',
      words: { en: 'of them have enough history to compare with', zh: '有足够历史可比' },
    },
  },
  seriously_low_conversions: {
    mart: EXITS,
    words: { en: 'Seriously below usual', zh: '明显偏低' },
    about: {
      en: '1 where the conversion is below policy.stageConversion.seriouslyBelow of the usual one, with at least minimumCases cases; else 0.',
      zh: '转化率低于历史平均的 policy.stageConversion.seriouslyBelow 且案例数不少于 minimumCases 时为 1，否则为 0。',
    },
    unit: 'count',
    direction: 'down',
    standsOn: stages,
    ofAll: true,
    sql: `CASE WHEN COUNT(usual_share) >= ${policy('conversion_minimum_cases')} AND ${comparable} < ${policy('conversion_seriously_below')} * (${usual}) THEN 1 ELSE 0 END`,
  },
  days_in_step: {
    mart: EXITS,
    words: { en: 'Days in the step', zh: '停留天数' },
    about: { en: 'Days from entering to leaving a step, on average.', zh: '从进入到离开某步骤的平均天数。' },
    unit: 'days',
    direction: 'down',
    standsOn: stages,
    sql: `SUM(days_in_step) / ${cases}`,
  },
  target_value: {
    mart: TARGETS,
    words: { en: 'Target', zh: '目标值' },
    about: { en: 'What was planned for the period.', zh: '期间的计划值。' },
    unit: 'money',
    direction: 'none',
    standsOn: targets,
    sql: 'COALESCE(SUM(target), 0)',
  },
  target_actual: {
    mart: TARGETS,
    words: { en: 'Reached', zh: '已完成' },
    about: {
      en: 'What has come within the period: orders, or opportunities by the day they were won.',
      zh: '期间内已实现的金额：订单，或按赢单日计的机会。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: [...targets, 'order_lines.amount', 'opportunities.amount'],
    sameAs: ['revenue', 'won_amount'],
    sql: 'COALESCE(SUM(actual), 0)',
  },
  target_remaining: {
    mart: TARGETS,
    words: { en: 'Remaining', zh: '剩余目标' },
    about: { en: 'Target less what has come; zero where it is reached.', zh: '目标减去已完成；已达成时为零。' },
    unit: 'money',
    direction: 'down',
    standsOn: [...targets, 'order_lines.amount', 'opportunities.amount'],
    sameAs: ['revenue', 'won_amount'],
    sql: 'COALESCE(SUM(remaining), 0)',
  },
  target_pipeline: {
    mart: TARGETS,
    words: { en: 'Open pipeline', zh: '管道金额' },
    about: {
      en: 'Open opportunities expected to close within the period; overdue ones and those without a day belong to the running one.',
      zh: '预计在期间内成交的在谈机会；已过期或未填预计日期的计入当前期间。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: ['opportunities.amount', 'opportunities.expected_close_on'],
    sql: 'COALESCE(SUM(pipeline), 0)',
  },
  pipeline_coverage: {
    mart: TARGETS,
    words: { en: 'Coverage of the remaining target', zh: '剩余目标覆盖率' },
    about: {
      en: 'Open pipeline of the period ÷ remaining target; no figure where the target is reached or the period is over.',
      zh: '期间内的管道金额 ÷ 剩余目标；目标已达成或期间已结束时不给出。',
    },
    unit: 'number',
    direction: 'up',
    standsOn: [...targets, 'opportunities.amount', 'opportunities.expected_close_on'],
    sameAs: ['target_remaining'],
    sql: 'CAST(SUM(pipeline) FILTER (WHERE NOT is_over) AS DOUBLE) / NULLIF(CAST(SUM(remaining) FILTER (WHERE NOT is_over) AS DOUBLE), 0)',
  },
} as const satisfies Record<string, Metric>
