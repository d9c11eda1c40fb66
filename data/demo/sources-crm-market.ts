import type { Feed } from '../../config/source.ts'

const changed = { cursor: { column: 'updated_at', lag: { hours: 1 } } } as const

/** Campaigns and opportunities. */
export const crmMarket: readonly Feed[] = [
  {
    entity: 'campaigns',
    from: 'campaign',
    ...changed,
    columns: {
      campaign_id: 'mk_no',
      name: 'mk_name',
      kind: 'mk_type',
      starts_on: 'start_date',
      ends_on: 'end_date',
      budget: 'budget',
      target_count: 'target_qty',
    },
  },
  {
    entity: 'campaign_responses',
    from: 'campaign_reply',
    ...changed,
    columns: { campaign_id: 'mk_no', customer_id: 'acc_no', at: 'reply_time', kind: 'reply_type' },
  },
  {
    entity: 'opportunities',
    from: 'opportunity',
    ...changed,
    columns: {
      opportunity_id: 'opp_no',
      customer_id: 'acc_no',
      name: 'opp_name',
      kind: { from: 'opp_type', values: { 新购: 'new', 追加: 'upsell', 交叉: 'cross_sell', 续约: 'renewal' } },
      // Where nothing was entered the source stays unknown: nothing is guessed here.
      lead_source: {
        from: 'source',
        values: { 客服: 'service', 销售自拓: 'sales', 市场活动: 'marketing', 代理商: 'dealer', 老客户介绍: 'referral' },
        otherwise: 'other',
      },
      source_request_id: 'src_req',
      source_employee_id: 'src_user',
      campaign_id: 'mk_no',
      product_id: 'prod_code',
      amount: 'amount',
      currency: 'curr',
      stage: {
        from: 'stage',
        values: { 线索: 'lead', 确认: 'qualified', 报价: 'quoted', 谈判: 'negotiation', 赢单: 'won', 输单: 'lost' },
      },
      // The CRM keeps per cent, the contract wants 0 to 1.
      probability: 'CAST(win_rate AS DOUBLE) / 100',
      opened_at: 'create_time',
      expected_close_on: 'plan_date',
      closed_at: 'end_time',
      outcome: `CASE stage WHEN '赢单' THEN 'won' WHEN '输单' THEN 'lost' END`,
      owner_id: 'owner',
      recorded_at: 'create_time',
      recorded_by: 'owner',
    },
  },
  {
    entity: 'opportunity_events',
    from: 'opportunity_log',
    ...changed,
    columns: {
      opportunity_id: 'opp_no',
      at: 'log_time',
      kind: { from: 'field', values: { 阶段: 'stage', 负责人: 'owner' } },
      from_value: 'old_value',
      to_value: 'new_value',
      employee_id: 'user_no',
    },
  },
]
