import type { Metric } from './metric.ts'

const MACHINES = 'marts.machines'
const CONTRACTS = 'marts.contracts'
const INVOICES = 'marts.invoices'
const OPPORTUNITIES = 'marts.opportunities'
const REQUESTS = 'marts.requests'
const cost = ['tasks.actual_minutes', 'employee_rates.hourly_cost', 'service_order_lines.unit_cost', 'expenses.amount']

/** What a customer has of us: machines, contracts, requests, invoices, opportunities, each with what it brings and costs. */
export const listMetrics = {
  machines: {
    mart: MACHINES,
    words: { en: 'Machines', zh: '设备数' },
    about: { en: 'Machines that stand at customers.', zh: '客户处的设备数。' },
    unit: 'count',
    direction: 'up',
    standsOn: ['assets.asset_id'],
    sql: 'COUNT(*)',
  },
  machine_service_cost: {
    mart: MACHINES,
    words: { en: 'Service cost of machines', zh: '设备服务成本' },
    about: {
      en: 'Direct cost of all requests about the machines, of all time.',
      zh: '与设备有关的全部请求的直接成本（全部时间）。',
    },
    unit: 'money',
    direction: 'down',
    standsOn: ['requests.asset_id', ...cost],
    sql: 'COALESCE(SUM(service_cost), 0)',
  },
  warranty_cost: {
    mart: MACHINES,
    words: { en: 'Warranty cost', zh: '保修期成本' },
    about: {
      en: 'Direct cost of the requests opened under the warranty of the machines.',
      zh: '设备保修期内受理的请求的直接成本。',
    },
    unit: 'money',
    direction: 'down',
    standsOn: ['assets.warranty_ends_on', 'requests.asset_id', ...cost],
    sql: 'COALESCE(SUM(warranty_cost), 0)',
  },
  machine_sale_margin: {
    mart: MACHINES,
    words: { en: 'Margin of the sale', zh: '原销售毛利' },
    about: {
      en: 'Gross margin of the original sale of the machines, where the order is known.',
      zh: '设备原始销售的毛利（订单已知时）。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: ['assets.order_id', 'order_lines.amount', 'order_lines.unit_cost'],
    // Of machines none of whose sales is known nothing can be said.
    sql: 'CASE WHEN COUNT(*) = 0 OR COUNT(sale_margin) > 0 THEN COALESCE(SUM(sale_margin), 0) END',
    coverage: {
      known: 'COUNT(sale_margin)',
      of: 'COUNT(*)',
      words: { en: 'of machines have a known sale', zh: '的设备有已知的销售订单' },
    },
  },
  warranty_erosion: {
    mart: MACHINES,
    words: { en: 'Warranty erosion', zh: '保修侵蚀率' },
    about: {
      en: 'Warranty cost as a share of the gross margin of the original sale; machines whose sale is known.',
      zh: '保修期成本占原始销售毛利的比例，仅含销售已知的设备。',
    },
    unit: 'share',
    direction: 'down',
    standsOn: ['assets.order_id', 'assets.warranty_ends_on', 'order_lines.unit_cost', ...cost],
    sql: 'CASE WHEN SUM(sale_margin) > 0 THEN CAST(SUM(warranty_cost) FILTER (WHERE sale_margin IS NOT NULL) AS DOUBLE) / CAST(SUM(sale_margin) AS DOUBLE) END',
    coverage: {
      known: 'COUNT(sale_margin)',
      of: 'COUNT(*)',
      words: { en: 'of machines have a known sale', zh: '的设备有已知的销售订单' },
    },
  },
  warranty_days_left: {
    mart: MACHINES,
    words: { en: 'Days of warranty left', zh: '保修剩余天数' },
    about: {
      en: 'Days until the first of the running warranties of machines in use ends.',
      zh: '在用设备中最早到期的保修剩余天数。',
    },
    unit: 'days',
    direction: 'up',
    standsOn: ['assets.warranty_ends_on'],
    sql: 'MIN(warranty_days_left)',
  },
  contract_days_left: {
    mart: CONTRACTS,
    words: { en: 'Days of contract left', zh: '合约剩余天数' },
    about: {
      en: 'Days until the first of the running contracts ends that no other of the customer outlasts.',
      zh: '客户没有更晚到期合约时，最早到期的有效合约剩余天数。',
    },
    unit: 'days',
    direction: 'up',
    standsOn: ['contracts.ends_on'],
    sql: 'MIN(days_left)',
  },
  contract_earned: {
    mart: CONTRACTS,
    words: { en: 'Earned by contracts', zh: '合约已实现收入' },
    about: {
      en: 'Amounts of contracts, straight-line over their days, until the business date.',
      zh: '合约金额按天直线分摊至业务日期的部分。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: ['contracts.amount'],
    sql: 'COALESCE(SUM(earned), 0)',
  },
  contract_service_cost: {
    mart: CONTRACTS,
    words: { en: 'Cost of contracts', zh: '合约服务成本' },
    about: { en: 'Direct cost of the requests that contracts cover.', zh: '合约所覆盖请求的直接成本。' },
    unit: 'money',
    direction: 'down',
    standsOn: ['contract_assets.asset_id', ...cost],
    sql: 'COALESCE(SUM(service_cost), 0)',
  },
  contract_result: {
    mart: CONTRACTS,
    words: { en: 'Result of contracts', zh: '合约损益' },
    about: {
      en: 'What contracts earned, less the direct cost of the requests they cover.',
      zh: '合约已实现收入减去所覆盖请求的直接成本。',
    },
    unit: 'money',
    direction: 'up',
    standsOn: ['contracts.amount', 'contract_assets.asset_id', ...cost],
    sql: 'COALESCE(SUM(contract_result), 0)',
  },
  request_service_cost: {
    mart: REQUESTS,
    words: { en: 'Cost of the request', zh: '请求服务成本' },
    about: {
      en: 'Direct cost of serving requests: labour, parts and traced expenses.',
      zh: '处理请求的直接成本：人工、零部件和可归集的费用。',
    },
    unit: 'money',
    direction: 'down',
    standsOn: cost,
    sql: 'COALESCE(SUM(service_cost), 0)',
  },
  open_invoice_amount: {
    mart: INVOICES,
    words: { en: 'Receivables', zh: '应收账款' },
    about: { en: 'Invoiced and not paid on the business date.', zh: '业务日期已开票未回款的金额。' },
    unit: 'money',
    direction: 'down',
    standsOn: ['invoices.amount', 'payments.amount'],
    sql: 'COALESCE(SUM(open_amount) FILTER (WHERE open_amount > 0), 0)',
    coverage: {
      known: 'COUNT(amount)',
      of: 'COUNT(*)',
      words: { en: 'of invoices have an amount in the reporting currency', zh: '的发票有本位币金额' },
    },
  },
  overdue_amount: {
    mart: INVOICES,
    words: { en: 'Overdue', zh: '逾期应收' },
    about: { en: 'Receivables past their due day.', zh: '已过到期日的应收账款。' },
    unit: 'money',
    direction: 'down',
    standsOn: ['invoices.due_on', 'invoices.amount', 'payments.amount'],
    sql: 'COALESCE(SUM(open_amount) FILTER (WHERE overdue_days > 0), 0)',
  },
  days_overdue: {
    mart: INVOICES,
    words: { en: 'Days overdue', zh: '逾期天数' },
    about: { en: 'Days since the oldest open invoice was due.', zh: '最早一张未付发票已逾期的天数。' },
    unit: 'days',
    direction: 'down',
    standsOn: ['invoices.due_on', 'payments.paid_on'],
    sql: 'MAX(overdue_days)',
  },
  opportunity_amount: {
    mart: OPPORTUNITIES,
    words: { en: 'Value of opportunities', zh: '机会金额' },
    about: { en: 'Value of opportunities, as far as entered.', zh: '已填写的机会金额。' },
    unit: 'money',
    direction: 'up',
    standsOn: ['opportunities.amount'],
    sql: 'COALESCE(SUM(amount), 0)',
    coverage: {
      known: 'COUNT(amount)',
      of: 'COUNT(*)',
      words: { en: 'of opportunities have a value', zh: '的机会有金额' },
    },
  },
} as const satisfies Record<string, Metric>
