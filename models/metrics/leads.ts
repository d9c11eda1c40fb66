import type { Metric } from './metric.ts'

const LEADS = 'marts.leads'
const BACKTEST = 'marts.lead_backtest'
const HIDDEN = 'marts.hidden_deals'

const leads = {
  mart: LEADS,
  standsOn: ['order_lines.amount', 'assets.installed_on', 'contracts.ends_on', 'requests.summary'],
} as const
const tested = { mart: BACKTEST, standsOn: ['order_lines.amount', 'opportunities.outcome'] } as const
const hidden = {
  mart: HIDDEN,
  standsOn: ['opportunities.lead_source', 'tasks.actual_start', 'requests.opened_at'],
} as const

const served = {
  mart: 'marts.service_increment',
  standsOn: ['order_lines.amount', 'tasks.actual_start', 'requests.opened_at'],
} as const

/** Leads, how their signals did, and deals that service may have brought. */
export const leadMetrics = {
  leads: {
    ...leads,
    words: { en: 'Leads', zh: '线索数' },
    about: { en: 'Leads that are listed today.', zh: '当前列出的线索数。' },
    unit: 'count',
    direction: 'up',
    sql: 'COUNT(*)',
  },
  lead_expected_margin: {
    ...leads,
    words: { en: 'Expected margin', zh: '预期毛利' },
    about: {
      en: 'Chance times margin: how often such leads came true, times what such a sale leaves.',
      zh: '成功率乘毛利：此类线索的实现比例乘以此类销售的平均毛利。',
    },
    unit: 'money',
    direction: 'up',
    sql: 'COALESCE(SUM(expected_margin), 0)',
  },
  lead_margin: {
    ...leads,
    words: { en: 'Margin if won', zh: '成交毛利' },
    about: { en: 'What such a sale leaves on average.', zh: '此类销售的平均毛利。' },
    unit: 'money',
    direction: 'up',
    sql: 'COALESCE(SUM(margin), 0)',
  },
  lead_chance: {
    ...leads,
    words: { en: 'Chance', zh: '成功率' },
    about: {
      en: 'How often such leads came true within the horizon of the policy; of several leads the mean.',
      zh: '此类线索在政策期限内实现的比例；多条线索时为平均值。',
    },
    unit: 'share',
    direction: 'up',
    sql: 'AVG(chance)',
  },
  lead_told_days: {
    ...leads,
    words: { en: 'Days of the reason', zh: '理由天数' },
    about: {
      en: 'Days until or since what the reason says; the most of several.',
      zh: '理由所指的剩余或已过天数；多条取最大。',
    },
    unit: 'days',
    direction: 'none',
    sql: 'MAX(told_days)',
  },
  lead_told_count: {
    ...leads,
    words: { en: 'Number of the reason', zh: '理由数量' },
    about: { en: 'How many the reason speaks of; the most of several.', zh: '理由所指的数量；多条取最大。' },
    unit: 'number',
    direction: 'none',
    sql: 'MAX(told_count)',
  },
  lead_told_share: {
    ...leads,
    words: { en: 'Share of the reason', zh: '理由比例' },
    about: { en: 'Which share the reason speaks of; the highest of several.', zh: '理由所指的比例；多条取最大。' },
    unit: 'share',
    direction: 'none',
    sql: 'MAX(told_share)',
  },
  tested_leads: {
    ...tested,
    words: { en: 'Leads told then', zh: '回测线索数' },
    about: {
      en: 'Leads told one horizon (policy) ago, from what was known then alone.',
      zh: '一个期限（政策）之前，仅凭当时已知数据给出的线索数。',
    },
    unit: 'count',
    direction: 'none',
    sql: 'COALESCE(SUM(told), 0)',
  },
  tested_wins: {
    ...tested,
    words: { en: 'Of them came', zh: '其中实现' },
    about: { en: 'Those whose sale came since.', zh: '此后实现销售的线索数。' },
    unit: 'count',
    direction: 'up',
    sql: 'COALESCE(SUM(wins), 0)',
  },
  tested_expected: {
    ...tested,
    words: { en: 'Were expected', zh: '当时预期' },
    about: { en: 'Sum of the chances that were told.', zh: '当时给出的成功率之和。' },
    unit: 'number',
    direction: 'none',
    sql: 'SUM(expected_wins)',
  },
  tested_precision: {
    ...tested,
    words: { en: 'Right among the first', zh: '首批命中率' },
    about: {
      en: 'Share that came of the surest leads, at most 50; of several signals the mean.',
      zh: '最有把握的线索（最多 50 条）中实现的比例；多个信号时为平均值。',
    },
    unit: 'share',
    direction: 'up',
    sql: 'AVG(precision_share)',
  },
  tested_precision_low: {
    ...tested,
    words: { en: 'At least', zh: '命中率下限' },
    about: { en: 'Lower end of its 95 % interval.', zh: '命中率 95 % 区间的下限。' },
    unit: 'share',
    direction: 'up',
    sql: 'AVG(precision_low)',
  },
  tested_random: {
    ...tested,
    words: { en: 'At random', zh: '随机命中率' },
    about: {
      en: 'Share that came of all customers and objects that the signal could have told of.',
      zh: '该信号可能涉及的全部客户与对象中实现的比例。',
    },
    unit: 'share',
    direction: 'none',
    sql: 'AVG(random_share)',
  },
  tested_largest: {
    ...tested,
    words: { en: 'Largest first', zh: '按客户大小' },
    about: {
      en: 'Share that came of as many, had the customers who bought most been called first.',
      zh: '同样数量下，优先联系购买最多的客户时实现的比例。',
    },
    unit: 'share',
    direction: 'none',
    sql: 'AVG(largest_share)',
  },
  tested_lift: {
    ...tested,
    words: { en: 'Times chance', zh: '提升倍数' },
    about: {
      en: 'Right among the first, divided by the random share; of several signals the mean.',
      zh: '首批命中率除以随机命中率；多个信号时为平均值。',
    },
    unit: 'number',
    direction: 'up',
    sql: 'AVG(lift_random)',
  },
  tested_dismissed: {
    ...tested,
    words: { en: 'Dismissed by sales', zh: '销售驳回' },
    about: { en: 'Leads of the signal that sales dismissed, so far.', zh: '该信号迄今被销售驳回的线索数。' },
    unit: 'count',
    direction: 'down',
    sql: 'COALESCE(SUM(dismissed), 0)',
  },
  banded_leads: {
    mart: 'marts.lead_calibration',
    standsOn: tested.standsOn,
    words: { en: 'Leads of this chance', zh: '该成功率线索数' },
    about: { en: 'Leads told then with a chance in this band.', zh: '当时成功率落在该档的线索数。' },
    unit: 'count',
    direction: 'none',
    sql: 'COALESCE(SUM(cases), 0)',
  },
  banded_expected: {
    mart: 'marts.lead_calibration',
    standsOn: tested.standsOn,
    words: { en: 'Expected of this chance', zh: '该档预期实现' },
    about: { en: 'Sum of their chances.', zh: '这些线索成功率之和。' },
    unit: 'number',
    direction: 'none',
    sql: 'SUM(expected_wins)',
  },
  banded_wins: {
    mart: 'marts.lead_calibration',
    standsOn: tested.standsOn,
    words: { en: 'Came of this chance', zh: '该档实际实现' },
    about: { en: 'Those that came.', zh: '实际实现的线索数。' },
    unit: 'count',
    direction: 'none',
    sql: 'COALESCE(SUM(wins), 0)',
  },
  hidden_deals: {
    ...hidden,
    words: { en: 'Deals without a source', zh: '来源不明机会数' },
    about: {
      en: 'Opportunities without a lead source, preceded by a visit, a part or a question.',
      zh: '无线索来源、此前有上门、配件或咨询的机会数。',
    },
    unit: 'count',
    direction: 'none',
    sql: 'COUNT(*)',
  },
  hidden_chance: {
    ...hidden,
    words: { en: 'Brought by service', zh: '客服带来可能性' },
    about: {
      en: 'Share that service brought of opportunities of known source with a like cause before; of several the mean.',
      zh: '来源已知且此前有类似服务的机会中，由客服带来的比例；多条时为平均值。',
    },
    unit: 'share',
    direction: 'none',
    sql: 'AVG(service_chance)',
  },
  hidden_amount: {
    ...hidden,
    words: { en: 'Amount without a source', zh: '来源不明机会金额' },
    about: { en: 'Value of these opportunities.', zh: '这些机会的金额。' },
    unit: 'money',
    direction: 'none',
    sql: 'COALESCE(SUM(amount), 0)',
  },
  hidden_expected: {
    ...hidden,
    words: { en: 'Of it likely from service', zh: '其中客服可能带来' },
    about: {
      en: 'Amount times the chance that service brought it; what sales rejected counts for nothing, what it confirmed in full.',
      zh: '金额乘以客服带来的可能性；销售否定的不计，确认的全额计入。',
    },
    unit: 'money',
    direction: 'up',
    sql: "COALESCE(SUM(CASE decision WHEN 'rejected' THEN 0 WHEN 'confirmed' THEN amount ELSE amount * service_chance END), 0)",
  },
  hidden_days: {
    ...hidden,
    words: { en: 'Days before', zh: '此前天数' },
    about: {
      en: 'Days from what service did to the opportunity; the most of several.',
      zh: '服务到机会的天数；多条取最大。',
    },
    unit: 'days',
    direction: 'none',
    sql: 'MAX(days_before)',
  },
  hidden_traces: {
    ...hidden,
    words: { en: 'Traces', zh: '服务痕迹' },
    about: { en: 'Visits, parts and questions in the days looked at.', zh: '期限内的上门、配件和咨询次数。' },
    unit: 'count',
    direction: 'none',
    sql: 'COALESCE(SUM(traces), 0)',
  },
  service_lift: {
    ...served,
    words: { en: 'Bought more with service', zh: '服务带来的增量' },
    about: {
      en: 'How much more customers with service contact bought than equals without: same class and region, alike in purchases before and machines.',
      zh: '有服务接触的客户比同类（同级别、同地区、此前购买与设备相近）无接触客户多购买的比例。',
    },
    unit: 'share',
    direction: 'up',
    sql: 'AVG(lift)',
  },
  service_lift_low: {
    ...served,
    words: { en: 'Bought more, at least', zh: '增量下限' },
    about: { en: 'Lower end of its 95 % interval.', zh: '增量 95 % 区间的下限。' },
    unit: 'share',
    direction: 'up',
    sql: 'AVG(lift_low)',
  },
  service_lift_high: {
    ...served,
    words: { en: 'Bought more, at most', zh: '增量上限' },
    about: { en: 'Upper end of its 95 % interval.', zh: '增量 95 % 区间的上限。' },
    unit: 'share',
    direction: 'up',
    sql: 'AVG(lift_high)',
  },
  served_customers: {
    ...served,
    words: { en: 'Customers compared', zh: '参与比较的客户' },
    about: { en: 'Customers with contact that have equals without.', zh: '有服务接触且有同类可比的客户数。' },
    unit: 'count',
    direction: 'none',
    sql: 'COALESCE(SUM(treated), 0)',
  },
} as const satisfies Record<string, Metric>
