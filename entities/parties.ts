import { defineEntity } from './entity.ts'

export const customers = defineEntity({
  words: { en: 'Customers', zh: '客户' },
  about: 'Who buys, directly or through a dealer, and who might.',
  key: ['customer_id'],
  columns: {
    customer_id: { type: 'id', required: true, words: { en: 'Customer', zh: '客户编号' } },
    name: { type: 'text', required: true, words: { en: 'Name', zh: '名称' } },
    kind: {
      type: 'text',
      required: true,
      values: ['direct', 'indirect', 'prospect'],
      words: { en: 'Kind', zh: '客户类型' },
      about: 'direct: orders from us; indirect: reached through a dealer; prospect: has not bought.',
    },
    parent_customer_id: { type: 'id', references: 'customers', words: { en: 'Parent customer', zh: '上级客户' } },
    dealer_id: { type: 'id', references: 'dealers', words: { en: 'Dealer', zh: '代理商' } },
    crm_class: {
      knownSince: ['crm_class_set_at'],
      type: 'text',
      values: ['VIP', 'key', 'regular'],
      words: { en: 'Recorded class', zh: '登记分类' },
    },
    crm_class_set_at: {
      knownSince: ['crm_class_set_at'],
      type: 'instant',
      words: { en: 'Class recorded at', zh: '分类登记时间' },
    },
    region: { type: 'text', words: { en: 'Region', zh: '区域' } },
    industry: { type: 'text', words: { en: 'Industry', zh: '行业' } },
    sales_owner_id: { type: 'id', references: 'employees', words: { en: 'Sales owner', zh: '销售负责人' } },
    service_owner_id: { type: 'id', references: 'employees', words: { en: 'Service owner', zh: '客服负责人' } },
    first_contact_at: { type: 'instant', words: { en: 'First contact at', zh: '首次接触时间' } },
    registered_at: { type: 'instant', words: { en: 'Registered at', zh: '登记时间' } },
  },
})

export const dealers = defineEntity({
  words: { en: 'Dealers', zh: '代理商' },
  about: 'Companies that resell. They owe three things only: end users, machines sold, parts replaced.',
  key: ['dealer_id'],
  columns: {
    dealer_id: { type: 'id', required: true, words: { en: 'Dealer', zh: '代理商编号' } },
    name: { type: 'text', required: true, words: { en: 'Name', zh: '名称' } },
    region: { type: 'text', words: { en: 'Region', zh: '区域' } },
  },
})

export const employees = defineEntity({
  words: { en: 'Employees', zh: '员工' },
  about: 'The people of the company, with the department and role they hold.',
  key: ['employee_id'],
  columns: {
    employee_id: { type: 'id', required: true, words: { en: 'Employee', zh: '员工编号' } },
    name: { type: 'text', required: true, words: { en: 'Name', zh: '姓名' } },
    department: {
      type: 'text',
      required: true,
      words: { en: 'Department', zh: '部门' },
      about: 'service, sales, marketing, or another name of the company’s own.',
    },
    role: {
      type: 'text',
      words: { en: 'Role', zh: '岗位' },
      about: 'department_head, service_manager, field_engineer, workshop_engineer, sales, or another.',
    },
    hired_on: { type: 'day', words: { en: 'Hired on', zh: '入职日期' } },
    left_on: { type: 'day', words: { en: 'Left on', zh: '离职日期' } },
  },
})

export const employee_rates = defineEntity({
  words: { en: 'Employee rates', zh: '员工费率' },
  about: 'The cost of an hour of an employee, valid from a day until the next rate.',
  key: ['employee_id', 'valid_from'],
  columns: {
    employee_id: { type: 'id', required: true, references: 'employees', words: { en: 'Employee', zh: '员工编号' } },
    valid_from: { type: 'day', required: true, words: { en: 'Valid from', zh: '生效日期' } },
    hourly_cost: {
      type: 'rate',
      required: true,
      words: { en: 'Hourly cost', zh: '每小时成本' },
      about: 'Reporting currency.',
    },
  },
})

export const targets = defineEntity({
  words: { en: 'Targets', zh: '目标' },
  about: 'Planned values of metrics, to set against the actual.',
  key: ['metric', 'period', 'scope'],
  columns: {
    metric: { type: 'id', required: true, words: { en: 'Metric', zh: '指标' } },
    period: {
      type: 'day',
      required: true,
      words: { en: 'Period', zh: '期间' },
      about: 'First day of the month, quarter or year.',
    },
    scope: {
      type: 'text',
      required: true,
      words: { en: 'Scope', zh: '范围' },
      about: 'Whom the target is for; "company" for all.',
    },
    value: { type: 'number', required: true, words: { en: 'Value', zh: '目标值' } },
  },
})

export const fx_rates = defineEntity({
  words: { en: 'Exchange rates', zh: '汇率' },
  about: 'What one unit of a currency is worth in the reporting currency on a day.',
  key: ['currency', 'day'],
  columns: {
    currency: { type: 'text', required: true, words: { en: 'Currency', zh: '币种' } },
    day: { type: 'day', required: true, words: { en: 'Day', zh: '日期' } },
    rate: { type: 'rate', required: true, words: { en: 'Rate', zh: '汇率' } },
  },
})

export const holidays = defineEntity({
  words: { en: 'Holidays', zh: '节假日' },
  about: 'Days that are not as their weekday says: holidays, and make-up working days.',
  key: ['day'],
  columns: {
    day: { type: 'day', required: true, words: { en: 'Day', zh: '日期' } },
    working: {
      type: 'boolean',
      required: true,
      words: { en: 'Working', zh: '是否上班' },
      about: 'True for a make-up working day.',
    },
    calendars: {
      type: 'text',
      words: { en: 'Working calendars', zh: '工作日历' },
      about: 'Names of the working calendars it holds for, separated by commas; empty: all of them.',
    },
    name: { type: 'text', words: { en: 'Name', zh: '名称' } },
  },
})
