import type { Metric } from './metric.ts'

const CAMPAIGNS = 'marts.campaigns'
const ORDERS = 'marts.order_origins'
const SEGMENTS = 'marts.customer_segments'
const campaign = ['campaigns.campaign_id', 'opportunities.campaign_id']
const origin = ['orders.ordered_at', 'orders.opportunity_id', 'requests.opened_at', 'tasks.actual_start']

/** Campaigns with what came of them, orders by the part that service had, and lists of customers. */
export const marketMetrics = {
  sourced_revenue: {
    mart: ORDERS,
    words: { en: 'Order revenue sourced by service', zh: '客服带来的订单收入' },
    about: {
      en: 'Revenue of the orders of opportunities that service brought, by the day of the order.',
      zh: '客服带来的机会所成订单的收入，按下单日计。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: [...origin, 'opportunities.lead_source'],
    sql: "COALESCE(SUM(revenue) FILTER (WHERE origin = 'sourced'), 0)",
    coverage: {
      known: 'COUNT(opportunity_id)',
      of: 'COUNT(*)',
      words: { en: 'of orders name an opportunity', zh: '的订单关联了机会' },
    },
  },
  influenced_revenue: {
    mart: ORDERS,
    words: { en: 'Order revenue influenced by service', zh: '客服影响的订单收入' },
    about: {
      en: 'Revenue of the orders within policy.influencedDays after a request or visit, which service did not bring. Never added to what it sourced.',
      zh: '服务请求或上门后 policy.influencedDays 天内、并非客服带来的订单收入；不与客服带来的相加。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: origin,
    sql: "COALESCE(SUM(revenue) FILTER (WHERE origin = 'influenced'), 0)",
  },
  origin_revenue: {
    mart: ORDERS,
    words: { en: 'Order revenue', zh: '订单收入（按客服作用）' },
    about: {
      en: 'Revenue of the orders by the part that service had in them: each order in exactly one.',
      zh: '按客服作用划分的订单收入，每张订单只归一类。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: origin,
    sql: 'COALESCE(SUM(revenue), 0)',
  },
  origin_margin: {
    mart: ORDERS,
    words: { en: 'Order margin', zh: '订单毛利（按客服作用）' },
    about: {
      en: 'Margin of the orders by the part that service had in them: each order in exactly one.',
      zh: '按客服作用划分的订单毛利，每张订单只归一类。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: [...origin, 'order_lines.unit_cost'],
    sql: 'COALESCE(SUM(margin), 0)',
    coverage: {
      known: 'SUM(order_lines_with_cost)',
      of: 'SUM(order_lines)',
      words: { en: 'of order lines have a known cost', zh: '的订单行有已知成本' },
    },
  },
  campaigns: {
    mart: CAMPAIGNS,
    words: { en: 'Campaigns', zh: '市场活动数' },
    about: { en: 'Campaigns, by the month they began.', zh: '按开始月份计的市场活动数。' },
    unit: 'count',
    direction: 'none',
    standsOn: ['campaigns.starts_on'],
    sql: 'COUNT(*)',
  },
  campaign_cost: {
    mart: CAMPAIGNS,
    words: { en: 'Cost of campaigns', zh: '活动成本' },
    about: {
      en: 'Expenses that name the campaign, by the month it began.',
      zh: '归属于活动的费用，按活动开始月份计。',
    },
    unit: 'money',
    direction: 'down',
    standsOn: ['expenses.campaign_id', 'expenses.amount'],
    sql: 'COALESCE(SUM(cost), 0)',
  },
  campaign_budget: {
    mart: CAMPAIGNS,
    words: { en: 'Budget', zh: '预算' },
    about: { en: 'What was planned to be spent.', zh: '计划支出。' },
    unit: 'money',
    direction: 'none',
    standsOn: ['campaigns.budget'],
    sql: 'COALESCE(SUM(budget), 0)',
  },
  campaign_responses: {
    mart: CAMPAIGNS,
    words: { en: 'Responses', zh: '响应客户数' },
    about: { en: 'Customers who answered.', zh: '响应活动的客户数。' },
    unit: 'count',
    direction: 'up',
    standsOn: ['campaign_responses.customer_id'],
    sql: 'COALESCE(SUM(responses), 0)',
  },
  campaign_response_rate: {
    mart: CAMPAIGNS,
    words: { en: 'Response rate', zh: '响应率' },
    about: {
      en: 'Customers who answered as a share of those it was meant for.',
      zh: '响应客户占目标客户的比例。',
    },
    unit: 'share',
    direction: 'up',
    standsOn: ['campaign_responses.customer_id', 'campaigns.target_count'],
    sql: 'CAST(SUM(responses) FILTER (WHERE targets > 0) AS DOUBLE) / NULLIF(SUM(targets) FILTER (WHERE targets > 0), 0)',
  },
  campaign_leads: {
    mart: CAMPAIGNS,
    words: { en: 'Leads of campaigns', zh: '活动线索数' },
    about: { en: 'Opportunities that name the campaign.', zh: '关联该活动的机会数。' },
    unit: 'count',
    direction: 'up',
    standsOn: campaign,
    sql: 'COALESCE(SUM(leads), 0)',
  },
  campaign_won: {
    mart: CAMPAIGNS,
    words: { en: 'Won from campaigns', zh: '活动赢单数' },
    about: { en: 'Opportunities won that name the campaign.', zh: '关联该活动的赢单数。' },
    unit: 'count',
    direction: 'up',
    standsOn: [...campaign, 'opportunities.outcome'],
    sql: 'COALESCE(SUM(won_leads), 0)',
  },
  campaign_won_amount: {
    mart: CAMPAIGNS,
    words: { en: 'Won amount from campaigns', zh: '活动赢单金额' },
    about: { en: 'Amount of the opportunities won that name the campaign.', zh: '关联该活动的赢单金额。' },
    unit: 'money',
    direction: 'up',
    standsOn: [...campaign, 'opportunities.amount'],
    sql: 'COALESCE(SUM(won_amount), 0)',
  },
  campaign_won_margin: {
    mart: CAMPAIGNS,
    words: { en: 'Won margin from campaigns', zh: '活动赢单毛利' },
    about: {
      en: 'Sales margin of the orders that opportunities of the campaign became, as far as orders name their opportunity.',
      zh: '活动机会所成订单的销售毛利，以订单关联了机会者为限。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: [...campaign, 'orders.opportunity_id', 'order_lines.unit_cost'],
    sql: 'COALESCE(SUM(won_margin), 0)',
    coverage: {
      known: 'SUM(won_leads_with_margin)',
      of: 'SUM(won_leads)',
      words: { en: 'of won opportunities name an order', zh: '的赢单机会关联了订单' },
    },
  },
  campaign_return: {
    words: { en: 'Return on margin', zh: '活动毛利回报率' },
    about: {
      en: 'Won margin less cost, as a share of cost: 0 is break-even, −1 all lost.',
      zh: '（赢单毛利 − 活动成本）÷ 活动成本：0 为保本，−1 为全部亏损。',
    },
    unit: 'share',
    direction: 'up',
    standsOn: [...campaign, 'expenses.campaign_id', 'orders.opportunity_id', 'order_lines.unit_cost'],
    from: ['campaign_won_margin', 'campaign_cost'],
    sql: '(campaign_won_margin - campaign_cost) / NULLIF(campaign_cost, 0)',
  },
  listed_customers: {
    mart: SEGMENTS,
    words: { en: 'Customers in the list', zh: '名单客户数' },
    about: { en: 'Customers that all choices of the list fit.', zh: '符合名单全部条件的客户数。' },
    unit: 'count',
    direction: 'none',
    standsOn: ['customers.customer_id'],
    sql: 'COUNT(DISTINCT customer_id)',
  },
  listed_machines: {
    mart: SEGMENTS,
    words: { en: 'Machines in the list', zh: '名单设备数' },
    about: { en: 'Machines of those customers that the choices fit.', zh: '这些客户符合条件的设备数。' },
    unit: 'count',
    direction: 'none',
    standsOn: ['assets.asset_id', 'assets.product_id', 'assets.warranty_ends_on'],
    sql: 'COALESCE(SUM(machines), 0)',
  },
} as const satisfies Record<string, Metric>
