import { inMarts } from './in-marts.ts'
import type { Dimension } from './metric.ts'

const COSTS = 'marts.cost_months'
const CAPACITY = 'marts.capacity_months'
const PATHS = 'marts.cost_paths'
const SUPPORT = 'marts.support_costs'
const LINES = 'marts.ledger_lines'

const departments = {
  service: { en: 'Service', zh: '客服部' },
  sales: { en: 'Sales', zh: '销售部' },
  marketing: { en: 'Marketing', zh: '市场部' },
  finance: { en: 'Finance', zh: '财务部' },
  it: { en: 'IT', zh: '信息部' },
}

/** What costs and capacity can be split and filtered by. */
export const costDimensions: Record<string, Dimension> = {
  department: {
    words: { en: 'Department', zh: '部门' },
    kind: 'text',
    columns: { ...inMarts('department', [COSTS, CAPACITY, LINES]), ...inMarts('origin_department', [PATHS, SUPPORT]) },
    values: departments,
  },
  bearing_department: {
    words: { en: 'Borne through', zh: '经由部门' },
    kind: 'text',
    columns: inMarts('department', [PATHS, SUPPORT]),
    values: departments,
  },
  cost_category: {
    words: { en: 'Category', zh: '费用类别' },
    kind: 'text',
    columns: inMarts('category', [COSTS, PATHS, LINES]),
    values: {
      travel: { en: 'Travel', zh: '差旅' },
      lodging: { en: 'Lodging', zh: '住宿' },
      freight: { en: 'Freight', zh: '运费' },
      salary: { en: 'Salaries', zh: '工资' },
      rent: { en: 'Rent', zh: '房租' },
      training: { en: 'Training', zh: '培训' },
      promotion: { en: 'Promotion', zh: '推广' },
      office: { en: 'Office', zh: '办公' },
      communication: { en: 'Communication', zh: '通讯' },
      vehicles: { en: 'Vehicles', zh: '车辆' },
      software: { en: 'Software', zh: '软件' },
      entertainment: { en: 'Entertainment', zh: '招待' },
    },
  },
  cost_destination: {
    words: { en: 'Where it went', zh: '去向' },
    kind: 'text',
    columns: inMarts('destination', [COSTS]),
    values: {
      traced: { en: 'Traced to a customer', zh: '直接归集到客户' },
      labour: { en: 'Worked hours', zh: '已用工时' },
      allocated: { en: 'Allocated to customers', zh: '分摊到客户' },
      idle: { en: 'Idle capacity', zh: '闲置能力' },
      untracked: { en: 'Pay without recorded hours', zh: '无工时记录的工资' },
      unallocated: { en: 'Unallocated', zh: '未分摊' },
    },
  },
  cost_driver: {
    words: { en: 'Spread by', zh: '分摊依据' },
    kind: 'text',
    columns: inMarts('driver', [PATHS, LINES]),
    values: {
      requests: { en: 'Requests', zh: '请求数' },
      hours: { en: 'Service hours', zh: '服务工时' },
      visits: { en: 'Visits', zh: '上门次数' },
      calls: { en: 'Calls', zh: '呼叫数' },
      orders: { en: 'Orders', zh: '订单数' },
      revenue: { en: 'Order revenue', zh: '订单收入' },
      active_assets: { en: 'Machines in use', zh: '在用设备数' },
      equal: { en: 'Customers, each alike', zh: '客户均摊' },
      responses: { en: 'Responses to the campaign', zh: '活动响应数' },
      several: { en: 'Several, through other departments', zh: '多种，经由其他部门' },
      none: { en: 'Nothing', zh: '无' },
    },
  },
  ledger_rule: {
    words: { en: 'Led by', zh: '去向规则' },
    kind: 'text',
    columns: inMarts('ledger_rule', [LINES]),
    values: {
      customer: { en: 'The customer it names', zh: '所注明的客户' },
      task: { en: 'Its task', zh: '所属任务' },
      request: { en: 'Its request', zh: '所属请求' },
      contract: { en: 'Its contract', zh: '所属合约' },
      hourly_rates: { en: 'Pay, covered by hours', zh: '工资，由工时覆盖' },
      campaign: { en: 'Campaign, to those who responded', zh: '市场活动，由响应客户承担' },
      pool: { en: 'Pool, spread by its driver', zh: '费用池，按依据分摊' },
      unallocated: { en: 'Pool without a driver', zh: '费用池，无分摊依据' },
    },
  },
  ledger_line: { words: { en: 'Ledger line', zh: '账目编号' }, kind: 'text', columns: inMarts('expense_id', [LINES]) },
  incurred_on: {
    words: { en: 'Incurred on', zh: '发生日期' },
    kind: 'day',
    columns: inMarts('incurred_on', [LINES]),
    datesRows: true,
  },
  support_method: {
    words: { en: 'Method', zh: '方法' },
    kind: 'text',
    columns: inMarts('support_method', [SUPPORT]),
    values: {
      direct: { en: 'Direct', zh: '直接分配法' },
      step_down: { en: 'Step-down', zh: '阶梯分配法' },
      reciprocal: { en: 'Reciprocal', zh: '交互分配法' },
    },
  },
}
