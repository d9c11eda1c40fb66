import type { MeasuredMetric, Metric } from './metric.ts'
import { ledger } from './ledger.ts'

const REQUESTS = 'marts.request_months'

const hoursKnown: MeasuredMetric['coverage'] = {
  known: 'SUM(tasks_with_hours)',
  of: 'SUM(tasks)',
  words: { en: 'of tasks have hours', zh: '的任务有工时' },
}

/** What customers asked of the service department, what it took, and what it earned. */
export const serviceMetrics = {
  service_revenue: ledger({
    words: { en: 'Service revenue', zh: '服务创收' },
    about: {
      en: 'Chargeable parts and labour, plus contract amounts spread evenly over the days of the contract, plus charges for visits.',
      zh: '收费的零部件与工时，加上按合约天数均摊的合约金额，再加上门费。',
    },
    unit: 'money',
    direction: 'up',
    target: 'service_revenue',
    standsOn: ['service_order_lines.amount', 'service_order_lines.chargeable', 'contracts.amount'],
    sql: 'COALESCE(SUM(service_revenue), 0)',
    coverage: {
      known: 'SUM(chargeable_lines_with_amount + contract_months_with_amount)',
      of: 'SUM(chargeable_lines + contract_months)',
      words: { en: 'of charged service lines and contracts have an amount', zh: '的收费服务行和合约有金额' },
    },
  }),
  visit_charges: ledger({
    words: { en: 'Charges for visits', zh: '上门费' },
    about: {
      en: 'What visits are charged by the policy of their day, by the recorded class; visits that warranty, contract or a charged line cover are left out.',
      zh: '按当日规则、依登记分类对上门服务收取的费用；保修、合约或已收费工时覆盖的上门不重复收取。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: ['tasks.kind', 'customers.crm_class'],
    sql: 'COALESCE(SUM(visit_charges), 0)',
  }),
  requests: ledger({
    words: { en: 'Requests', zh: '服务次数' },
    about: { en: 'Service requests, by the day they were opened.', zh: '按受理日期计的服务请求数。' },
    unit: 'count',
    direction: 'none',
    target: 'requests',
    standsOn: ['requests.request_id', 'requests.opened_at'],
    sql: 'COALESCE(SUM(requests), 0)',
  }),
  visits: ledger({
    words: { en: 'Visits', zh: '上门次数' },
    about: { en: 'Tasks done on the customer’s site.', zh: '在客户现场完成的任务数。' },
    unit: 'count',
    direction: 'none',
    standsOn: ['tasks.kind', 'tasks.actual_start'],
    sql: 'COALESCE(SUM(visits), 0)',
  }),
  service_hours: ledger({
    words: { en: 'Service hours', zh: '服务工时' },
    about: {
      en: 'Worked plus travelled hours of tasks, by the day the work began.',
      zh: '按开工日计的任务工作与路途小时数之和。',
    },
    unit: 'hours',
    direction: 'none',
    target: 'service_hours',
    standsOn: ['tasks.actual_minutes', 'tasks.travel_minutes'],
    sql: 'COALESCE(SUM(service_hours), 0)',
    coverage: hoursKnown,
  }),
  hours_per_request: ledger({
    words: { en: 'Hours per request', zh: '服务强度' },
    about: { en: 'Service hours per request.', zh: '每个服务请求的工时。' },
    unit: 'hours',
    direction: 'down',
    standsOn: ['tasks.actual_minutes', 'tasks.travel_minutes', 'requests.request_id'],
    sql: 'CAST(SUM(service_hours) AS DOUBLE) / NULLIF(SUM(requests), 0)',
    coverage: hoursKnown,
  }),
  time_share: {
    words: { en: 'Share of service time', zh: '服务时间占比' },
    about: {
      en: 'Service hours as a share of the hours of all rows that the filters leave.',
      zh: '服务工时占筛选后全部行工时总和的比例。',
    },
    unit: 'share',
    direction: 'none',
    standsOn: ['tasks.actual_minutes', 'tasks.travel_minutes'],
    from: ['service_hours'],
    sql: 'CAST(service_hours AS DOUBLE) / NULLIF(SUM(service_hours) OVER (), 0)',
  },
  traced_expenses: ledger({
    words: { en: 'Traced expenses', zh: '直接归集费用' },
    about: {
      en: 'Expenses that a task, request, contract or the line itself leads to the customer, without salaries that hourly rates cover.',
      zh: '通过任务、请求、合约或费用行本身可归集到客户的费用，不含已计入小时成本的工资。',
    },
    unit: 'money',
    direction: 'down',
    standsOn: [
      'expenses.amount',
      'expenses.task_id',
      'expenses.request_id',
      'expenses.customer_id',
      'tasks.customer_id',
      'requests.customer_id',
    ],
    sql: 'COALESCE(SUM(traced_expenses), 0)',
  }),
  labour_cost: ledger({
    words: { en: 'Labour cost', zh: '人工成本' },
    about: { en: 'Task hours at the hourly cost that was valid that day.', zh: '任务工时乘以当日有效的小时成本。' },
    unit: 'money',
    direction: 'down',
    standsOn: ['tasks.actual_minutes', 'tasks.travel_minutes', 'employee_rates.hourly_cost'],
    sql: 'COALESCE(SUM(labour_cost), 0)',
    coverage: {
      known: 'SUM(tasks_with_labour_cost)',
      of: 'SUM(tasks)',
      words: { en: 'of tasks have hours and a rate', zh: '的任务有工时和小时成本' },
    },
  }),
  parts_cost: ledger({
    words: { en: 'Parts cost', zh: '零部件成本' },
    about: {
      en: 'Parts used in service at cost, warranty and goodwill parts included.',
      zh: '服务所用零部件的成本，含保修件和免费件。',
    },
    unit: 'money',
    direction: 'down',
    standsOn: ['service_order_lines.quantity', 'service_order_lines.unit_cost', 'products.unit_cost'],
    sql: 'COALESCE(SUM(parts_cost), 0)',
    coverage: {
      known: 'SUM(part_lines_with_cost)',
      of: 'SUM(part_lines)',
      words: { en: 'of parts have a known cost', zh: '的零部件有已知成本' },
    },
  }),
  request_volume: {
    mart: REQUESTS,
    words: { en: 'Request volume', zh: '请求量' },
    about: { en: 'Service requests, by the month they were opened.', zh: '按受理月份计的服务请求数。' },
    unit: 'count',
    direction: 'none',
    standsOn: ['requests.request_id', 'requests.opened_at'],
    sameAs: ['requests'],
    sql: 'COALESCE(SUM(requests), 0)',
  },
  open_requests: {
    mart: REQUESTS,
    words: { en: 'Open requests', zh: '未解决请求数' },
    about: {
      en: 'Requests neither resolved nor closed by the business date, by the month they were opened.',
      zh: '按受理月份计、截至业务日期尚未解决或关闭的服务请求数。',
    },
    unit: 'count',
    direction: 'down',
    standsOn: ['requests.resolved_at', 'requests.closed_at', 'requests.status'],
    sql: 'COALESCE(SUM(open_requests), 0)',
  },
  resolved_share: {
    mart: REQUESTS,
    words: { en: 'Resolved share', zh: '解决率' },
    about: { en: 'Share of the requests that are resolved or closed.', zh: '已解决或已关闭的服务请求比例。' },
    unit: 'share',
    direction: 'up',
    standsOn: ['requests.resolved_at', 'requests.closed_at', 'requests.status'],
    sql: 'CAST(SUM(resolved_requests) AS DOUBLE) / NULLIF(SUM(requests), 0)',
  },
  complaints: {
    mart: REQUESTS,
    words: { en: 'Complaints', zh: '投诉数' },
    about: { en: 'Requests that are complaints.', zh: '类型为投诉的服务请求数。' },
    unit: 'count',
    direction: 'down',
    standsOn: ['requests.kind'],
    sql: 'COALESCE(SUM(complaints), 0)',
    coverage: {
      known: 'SUM(requests_with_kind)',
      of: 'SUM(requests)',
      words: { en: 'of requests have a kind', zh: '的请求有类型' },
    },
  },
  first_response_hours: {
    mart: REQUESTS,
    words: { en: 'Hours to first response', zh: '首次响应时长' },
    about: {
      en: 'Elapsed hours from opening to the first response, on average; nights and weekends count.',
      zh: '从受理到首次响应的平均历时小时数，含夜间和周末。',
    },
    unit: 'hours',
    direction: 'down',
    standsOn: ['requests.opened_at', 'requests.first_response_at'],
    sql: 'CAST(SUM(first_response_elapsed_minutes) AS DOUBLE) / 60 / NULLIF(SUM(requests_with_first_response), 0)',
    coverage: {
      known: 'SUM(requests_with_first_response)',
      of: 'SUM(requests)',
      words: { en: 'of requests have a first response', zh: '的请求有首次响应时间' },
    },
  },
  resolution_hours: {
    mart: REQUESTS,
    words: { en: 'Hours to resolution', zh: '解决时长' },
    about: {
      en: 'Elapsed hours from opening to resolution, on average; nights and weekends count.',
      zh: '从受理到解决的平均历时小时数，含夜间和周末。',
    },
    unit: 'hours',
    direction: 'down',
    standsOn: ['requests.opened_at', 'requests.resolved_at'],
    sql: 'CAST(SUM(resolution_elapsed_minutes) AS DOUBLE) / 60 / NULLIF(SUM(requests_with_resolution_time), 0)',
    coverage: {
      known: 'SUM(requests_with_resolution_time)',
      of: 'SUM(resolved_requests)',
      words: { en: 'of resolved requests have a resolution time', zh: '的已解决请求有解决时间' },
    },
  },
} as const satisfies Record<string, Metric>
