import type { Metric } from './metric.ts'

const MART = 'marts.requests'

const opened = ['requests.opened_at', 'requests.first_response_at']
const covered = ['requests.asset_id', 'contract_assets.asset_id', 'contracts.starts_on', 'contracts.ends_on']

/** What was promised and kept, and who was entitled to what: over one row for each request. */
export const promiseMetrics = {
  promised_requests: {
    mart: MART,
    words: { en: 'Promised requests', zh: '有响应承诺的请求数' },
    about: {
      en: 'Requests with a promised first response: of the contract that covers them, else of the class of the customer at that moment.',
      zh: '有首次响应承诺的请求：按覆盖该请求的合约，没有合约时按客户当时的分类。',
    },
    unit: 'count',
    direction: 'none',
    standsOn: ['requests.opened_at', 'contracts.response_kind', 'customers.crm_class'],
    sql: "COUNT(*) FILTER (WHERE promise_source <> 'none')",
  },
  broken_promises: {
    mart: MART,
    words: { en: 'Broken promises', zh: '未兑现的承诺数' },
    about: {
      en: 'Requests whose first response came after it was due, or has not come although it is due.',
      zh: '首次响应晚于承诺时间，或已到期仍未响应的请求。',
    },
    unit: 'count',
    direction: 'down',
    standsOn: [...opened, 'contracts.response_kind', 'customers.crm_class'],
    sql: 'COUNT(*) FILTER (WHERE NOT is_promise_kept)',
  },
  promise_minutes_left: {
    mart: MART,
    words: { en: 'Working minutes until the promise breaks', zh: '距承诺到期的工作分钟数' },
    about: {
      en: 'Working minutes left until the first of the awaited responses is due; negative where it is overdue already.',
      zh: '等待首次响应的请求中，最早到期者剩余的工作分钟数；负数表示已超期。',
    },
    unit: 'number',
    direction: 'up',
    standsOn: [...opened, 'contracts.response_kind', 'customers.crm_class'],
    sql: 'MIN(response_minutes_left)',
  },
  promise_kept_share: {
    mart: MART,
    words: { en: 'Promises kept', zh: '承诺兑现率' },
    about: {
      en: 'Share of the due promises whose first response came in time. The promise is found again, never taken from the request.',
      zh: '到期承诺中按时首次响应的比例。承诺由系统重新判定，不采信请求上的记录。',
    },
    unit: 'share',
    direction: 'up',
    standsOn: [...opened, 'contracts.response_kind', 'customers.crm_class'],
    sql: 'CAST(COUNT(*) FILTER (WHERE is_promise_kept) AS DOUBLE) / NULLIF(COUNT(is_promise_kept), 0)',
  },
  response_business_hours: {
    mart: MART,
    words: { en: 'Working hours to first response', zh: '首次响应工作时长' },
    about: {
      en: 'Working hours from opening to the first response, on average, by the calendar that counts for the request.',
      zh: '从受理到首次响应的平均工作小时数，按适用的工作日历计算。',
    },
    unit: 'hours',
    direction: 'down',
    standsOn: opened,
    sql: 'CAST(SUM(response_business_minutes) AS DOUBLE) / 60 / NULLIF(COUNT(response_business_minutes), 0)',
    coverage: {
      known: 'COUNT(response_business_minutes)',
      of: 'COUNT(*)',
      words: { en: 'of requests have a first response', zh: '的请求有首次响应时间' },
    },
  },
  resolution_business_hours: {
    mart: MART,
    words: { en: 'Working hours to resolution', zh: '解决工作时长' },
    about: {
      en: 'Working hours from opening to resolution, on average, by the calendar that counts for the request.',
      zh: '从受理到解决的平均工作小时数，按适用的工作日历计算。',
    },
    unit: 'hours',
    direction: 'down',
    standsOn: ['requests.opened_at', 'requests.resolved_at'],
    sql: 'CAST(SUM(resolution_business_minutes) AS DOUBLE) / 60 / NULLIF(COUNT(resolution_business_minutes), 0)',
    coverage: {
      known: 'COUNT(resolution_business_minutes)',
      of: 'COUNT(*) FILTER (WHERE is_resolved)',
      words: { en: 'of resolved requests have a resolution time', zh: '的已解决请求有解决时间' },
    },
  },
  transfers: {
    mart: MART,
    words: { en: 'Transfers', zh: '转派次数' },
    about: { en: 'How often requests went from one holder to another.', zh: '请求从一人转给另一人的次数。' },
    unit: 'count',
    direction: 'down',
    standsOn: ['request_events.to_employee_id', 'requests.owner_id'],
    sql: 'COALESCE(SUM(transfers), 0)',
  },
  ping_pong_requests: {
    mart: MART,
    words: { en: 'Ping-pong requests', zh: '来回转派的请求数' },
    about: {
      en: 'Requests that a holder got back from the one they were given to.',
      zh: '转出后又被退回原处理人的请求数。',
    },
    unit: 'count',
    direction: 'down',
    standsOn: ['request_events.to_employee_id', 'requests.owner_id'],
    sql: 'COUNT(*) FILTER (WHERE ping_pongs > 0)',
  },
  reopened_requests: {
    mart: MART,
    words: { en: 'Reopened requests', zh: '重开的请求数' },
    about: { en: 'Requests opened again after they were resolved or closed.', zh: '解决或关闭后又重新打开的请求数。' },
    unit: 'count',
    direction: 'down',
    standsOn: ['request_events.kind', 'requests.status'],
    sql: 'COUNT(*) FILTER (WHERE reopenings > 0)',
  },
  open_hand_offs: {
    mart: MART,
    words: { en: 'Hand-offs without return', zh: '转出未返回的请求数' },
    about: {
      en: 'Open requests that lie with another department than the first and never came back.',
      zh: '转到其他部门、至今未返回且未解决的请求数。',
    },
    unit: 'count',
    direction: 'down',
    standsOn: ['request_events.to_department'],
    sql: 'COUNT(*) FILTER (WHERE is_handed_off)',
  },
  holder_hours: {
    mart: 'marts.holder_months',
    words: { en: 'Hours held', zh: '持有时长' },
    about: {
      en: 'Elapsed hours that open requests, tasks and opportunities lay with a holder, on average for each span.',
      zh: '未完成的请求、任务和机会在每位处理人手中的平均历时小时数。',
    },
    unit: 'hours',
    direction: 'down',
    standsOn: ['request_events.to_employee_id', 'requests.owner_id'],
    sql: 'CAST(SUM(dwell_minutes) AS DOUBLE) / 60 / NULLIF(SUM(spans), 0)',
  },
  missed_contracts: {
    mart: MART,
    words: { en: 'Missed contracts', zh: '漏用合约的请求数' },
    about: {
      en: 'Requests that a contract of the customer covers and that name none.',
      zh: '客户有合约覆盖、但请求上没有关联合约的请求。',
    },
    unit: 'count',
    direction: 'down',
    standsOn: ['requests.contract_id', ...covered],
    sql: 'COUNT(*) FILTER (WHERE is_missed_contract)',
  },
  wrongly_charged_amount: {
    mart: MART,
    words: { en: 'Wrongly charged', zh: '误收金额' },
    about: {
      en: 'Amount charged for parts and labour that warranty or the contract includes.',
      zh: '保修或合约已包含、却仍收取的零部件和工时金额。',
    },
    unit: 'money',
    direction: 'down',
    standsOn: [...covered, 'assets.warranty_ends_on', 'service_order_lines.amount', 'service_order_lines.chargeable'],
    sql: 'COALESCE(SUM(wrongly_charged_amount), 0)',
  },
  wrongly_free_value: {
    mart: MART,
    words: { en: 'Wrongly free', zh: '误免金额' },
    about: {
      en: 'List value of parts and labour that were not charged although neither warranty nor a contract includes them.',
      zh: '既不在保修内、合约也不包含，却未收费的零部件和工时的目录价值。',
    },
    unit: 'money',
    direction: 'down',
    standsOn: [
      ...covered,
      'assets.warranty_ends_on',
      'service_order_lines.list_price',
      'service_order_lines.chargeable',
    ],
    sql: 'COALESCE(SUM(wrongly_free_value), 0)',
  },
} as const satisfies Record<string, Metric>
