import { ledger } from './ledger.ts'
import type { Metric } from './metric.ts'

const COSTS = 'marts.cost_months'
const CAPACITY = 'marts.capacity_months'
const PATHS = 'marts.cost_paths'
const LINES = 'marts.ledger_lines'

const hours = ['tasks.actual_minutes', 'employees.hired_on'] as const

/** Where the money of the departments goes: to customers, to idle capacity, or nowhere yet. */
export const costMetrics = {
  indirect_cost: ledger({
    words: { en: 'Indirect cost', zh: '间接费用' },
    about: {
      en: "The customers' part of the pools of cost that no record leads to one, spread by the drivers of the policy.",
      zh: '无法直接归集的费用按公司规定的依据分摊到客户的部分。',
    },
    unit: 'money',
    direction: 'down',
    standsOn: ['expenses.amount', 'tasks.actual_minutes'],
    sql: 'COALESCE(SUM(indirect_cost), 0)',
    coverage: {
      known: 'COUNT(*) FILTER (WHERE has_ledger)',
      of: 'COUNT(*)',
      words: { en: 'of customer months have a cost ledger', zh: '的客户月份有费用账目' },
    },
  }),
  profit: ledger({
    words: { en: 'Profit', zh: '利润' },
    about: {
      en: 'Sales margin plus service revenue, less direct service cost and indirect cost.',
      zh: '销售毛利加服务创收，减直接客服费用和间接费用。',
    },
    unit: 'money',
    direction: 'up',
    target: 'profit',
    standsOn: [
      'order_lines.amount',
      'order_lines.unit_cost',
      'tasks.actual_minutes',
      'employee_rates.hourly_cost',
      'service_order_lines.amount',
      'service_order_lines.unit_cost',
      'contracts.amount',
      'expenses.amount',
    ],
    sql: 'COALESCE(SUM(profit), 0)',
    coverage: {
      known: 'SUM(order_lines_with_cost + tasks_with_labour_cost + part_lines_with_cost)',
      of: 'SUM(order_lines + tasks + part_lines)',
      words: { en: 'of order lines, tasks and parts have a known cost', zh: '的订单行、任务和零部件有已知成本' },
    },
  }),
  ledger_lines: {
    mart: LINES,
    words: { en: 'Ledger lines', zh: '账目行数' },
    about: { en: 'Lines of the cost ledger.', zh: '费用账目的行数。' },
    unit: 'count',
    direction: 'none',
    standsOn: ['expenses.expense_id'],
    tells: 'pay',
    sql: 'COUNT(*)',
  },
  line_cost: {
    mart: LINES,
    words: { en: 'Amount of the lines', zh: '账目金额' },
    about: {
      en: 'Amounts of lines of the cost ledger, by the rule that sent each on.',
      zh: '费用账目的金额，可按每一行的去向规则拆分。',
    },
    unit: 'money',
    direction: 'none',
    standsOn: ['expenses.amount'],
    tells: 'pay',
    sql: 'COALESCE(SUM(amount), 0)',
    coverage: {
      known: 'COUNT(amount)',
      of: 'COUNT(*)',
      words: { en: 'of ledger lines have an amount in the reporting currency', zh: '的账目行有本位币金额' },
    },
  },
  ledger_cost: {
    mart: COSTS,
    words: { en: 'Ledger', zh: '账面费用' },
    about: {
      en: 'The cost ledger of all departments; split by where it went it leaves no rest.',
      zh: '各部门的全部账面费用；按去向拆分后没有剩余。',
    },
    unit: 'money',
    direction: 'none',
    standsOn: ['expenses.amount'],
    sql: 'COALESCE(SUM(amount), 0)',
    coverage: {
      known: 'SUM(lines_with_amount)',
      of: 'SUM(lines)',
      words: { en: 'of ledger lines have an amount in the reporting currency', zh: '的账目行有本位币金额' },
    },
  },
  unallocated_cost: {
    mart: COSTS,
    words: { en: 'Unallocated', zh: '未分摊费用' },
    about: {
      en: 'Pools of cost that the policy spreads by nothing, or whose driver nobody took that month.',
      zh: '公司未规定分摊依据、或当月没有分摊依据的费用。',
    },
    unit: 'money',
    direction: 'down',
    standsOn: ['expenses.amount'],
    sql: "COALESCE(SUM(amount) FILTER (WHERE destination = 'unallocated'), 0)",
  },
  support_cost: {
    mart: 'marts.support_costs',
    words: { en: 'Cost of serving departments', zh: '支持部门费用' },
    about: {
      en: 'Costs of departments that serve others, by where they come to rest. Choose one method: each tells the whole.',
      zh: '为其他部门服务的部门的费用去向。请选择一种方法：每种方法都是全部金额。',
    },
    unit: 'money',
    direction: 'none',
    standsOn: ['expenses.amount'],
    sql: 'COALESCE(SUM(amount), 0)',
  },
  allocated_cost: {
    mart: PATHS,
    words: { en: 'Borne', zh: '分摊金额' },
    about: {
      en: 'What customers bear of pools of cost; split by pool and driver it is the path of every allocated cent.',
      zh: '客户承担的分摊费用；按费用池和分摊依据拆分，即为每一分钱的路径。',
    },
    unit: 'money',
    direction: 'none',
    standsOn: ['expenses.amount', 'tasks.actual_minutes'],
    sameAs: ['indirect_cost'],
    sql: 'COALESCE(SUM(amount), 0)',
  },
  spread_cost: {
    mart: COSTS,
    words: { en: 'To be borne', zh: '待分摊金额' },
    about: {
      en: 'What of the ledger is spread over customers, as the ledger has it.',
      zh: '账面费用中由客户分摊的部分（按账目计）。',
    },
    unit: 'money',
    direction: 'none',
    standsOn: ['expenses.amount'],
    sql: "COALESCE(SUM(amount) FILTER (WHERE destination = 'allocated'), 0)",
  },
  conservation_gap: {
    words: { en: 'Lost in allocation', zh: '分摊差额' },
    about: {
      en: 'What is to be borne, less what customers bear, without its sign. It is zero.',
      zh: '待分摊金额与客户承担金额之差的绝对值，应为零。',
    },
    unit: 'money',
    direction: 'down',
    standsOn: ['expenses.amount', 'tasks.actual_minutes'],
    from: ['spread_cost', 'allocated_cost'],
    sql: 'ABS(spread_cost - allocated_cost)',
  },
  pool_cost: {
    mart: PATHS,
    words: { en: 'Pool', zh: '费用池' },
    about: {
      en: 'The pools of cost of which a customer bears a part. Sums are meaningful for one customer at a time.',
      zh: '客户承担其中一部分的费用池总额，仅对单个客户有意义。',
    },
    unit: 'money',
    direction: 'none',
    standsOn: ['expenses.amount'],
    ofAll: true,
    sql: 'COALESCE(SUM(pool_amount), 0)',
  },
  driver_units: {
    mart: PATHS,
    words: { en: 'Units taken', zh: '分摊量' },
    about: {
      en: 'What the customer took of the driver: hours, requests, visits. Meaningful for one driver at a time.',
      zh: '客户占用的分摊依据数量：工时、请求数、上门次数等。仅对单一依据有意义。',
    },
    unit: 'number',
    direction: 'none',
    standsOn: ['tasks.actual_minutes'],
    sql: 'CAST(SUM(units) AS DOUBLE)',
  },
  supplied_hours: {
    mart: CAPACITY,
    words: { en: 'Hours supplied', zh: '可用工时' },
    about: {
      en: 'Working hours of the people employed, times the practical capacity of the policy. Departments that keep hours.',
      zh: '在职人员的工作时间乘以公司规定的实际能力系数，仅限记录工时的部门。',
    },
    unit: 'hours',
    direction: 'none',
    standsOn: hours,
    sql: 'COALESCE(SUM(supplied_hours), 0)',
  },
  used_hours: {
    mart: CAPACITY,
    words: { en: 'Hours used', zh: '已用工时' },
    about: { en: 'Hours of tasks done, travel included.', zh: '已完成任务的工时，含路途。' },
    unit: 'hours',
    direction: 'none',
    standsOn: hours,
    sql: 'COALESCE(SUM(used_hours), 0)',
  },
  capacity_use: {
    mart: CAPACITY,
    words: { en: 'Capacity used', zh: '能力利用率' },
    about: { en: 'Hours used as a share of the hours supplied.', zh: '已用工时占可用工时的比例。' },
    unit: 'share',
    direction: 'none',
    standsOn: hours,
    sql: 'CAST(SUM(used_hours) AS DOUBLE) / NULLIF(CAST(SUM(supplied_hours) AS DOUBLE), 0)',
  },
  idle_cost: {
    mart: CAPACITY,
    words: { en: 'Idle capacity', zh: '闲置能力成本' },
    about: {
      en: 'Hours supplied and not used, at pay by supplied hour. Reported, never spread over customers.',
      zh: '未使用的可用工时按每可用工时工资计算的成本；只报告，不分摊给客户。',
    },
    unit: 'money',
    direction: 'down',
    standsOn: [...hours, 'expenses.amount'],
    sql: 'COALESCE(SUM(idle_cost), 0)',
  },
} as const satisfies Record<string, Metric>
