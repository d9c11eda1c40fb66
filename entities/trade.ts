import { defineEntity } from './entity.ts'

export const orders = defineEntity({
  words: { en: 'Orders', zh: '订单' },
  about: 'What was sold to a customer, or to a dealer for one.',
  key: ['order_id'],
  happened: 'ordered_at',
  columns: {
    order_id: { type: 'id', required: true, words: { en: 'Order', zh: '订单编号' } },
    customer_id: { type: 'id', required: true, references: 'customers', words: { en: 'Customer', zh: '客户编号' } },
    dealer_id: { type: 'id', references: 'dealers', words: { en: 'Dealer', zh: '代理商' } },
    ordered_at: { type: 'instant', required: true, words: { en: 'Ordered at', zh: '下单时间' } },
    status: {
      type: 'text',
      words: { en: 'Status', zh: '状态' },
      about: '"cancelled" takes the order out of every figure.',
    },
    sales_owner_id: { type: 'id', references: 'employees', words: { en: 'Sales owner', zh: '销售负责人' } },
    opportunity_id: { type: 'id', references: 'opportunities', words: { en: 'Opportunity', zh: '机会编号' } },
    currency: { type: 'text', words: { en: 'Currency', zh: '币种' } },
  },
})

export const order_lines = defineEntity({
  words: { en: 'Order lines', zh: '订单明细' },
  about: 'The lines of an order. A return is a negative line.',
  key: ['order_id', 'line_id'],
  columns: {
    order_id: { type: 'id', required: true, references: 'orders', words: { en: 'Order', zh: '订单编号' } },
    line_id: { type: 'id', required: true, words: { en: 'Line', zh: '行号' } },
    product_id: { type: 'id', references: 'products', words: { en: 'Product', zh: '产品编号' } },
    quantity: { type: 'number', words: { en: 'Quantity', zh: '数量' } },
    unit_price: { type: 'rate', words: { en: 'Unit price', zh: '单价' } },
    amount: { type: 'money', words: { en: 'Amount', zh: '金额' } },
    unit_cost: { type: 'rate', words: { en: 'Unit cost', zh: '单位成本' } },
  },
})

export const service_orders = defineEntity({
  words: { en: 'Service orders', zh: '零部件/工时定单' },
  about: 'Parts and labour ordered for a request.',
  key: ['service_order_id'],
  happened: 'ordered_at',
  columns: {
    service_order_id: { type: 'id', required: true, words: { en: 'Service order', zh: '定单编号' } },
    request_id: { type: 'id', references: 'requests', words: { en: 'Request', zh: '服务请求' } },
    customer_id: { type: 'id', required: true, references: 'customers', words: { en: 'Customer', zh: '客户编号' } },
    ordered_at: { type: 'instant', required: true, words: { en: 'Ordered at', zh: '下单时间' } },
    status: { type: 'text', words: { en: 'Status', zh: '状态' } },
    currency: { type: 'text', words: { en: 'Currency', zh: '币种' } },
  },
})

export const service_order_lines = defineEntity({
  words: { en: 'Service order lines', zh: '定单明细' },
  about: 'One part or one piece of labour of a service order.',
  key: ['service_order_id', 'line_id'],
  columns: {
    service_order_id: {
      type: 'id',
      required: true,
      references: 'service_orders',
      words: { en: 'Service order', zh: '定单编号' },
    },
    line_id: { type: 'id', required: true, words: { en: 'Line', zh: '行号' } },
    kind: { type: 'text', required: true, values: ['part', 'labour'], words: { en: 'Kind', zh: '明细类型' } },
    product_id: { type: 'id', references: 'products', words: { en: 'Product', zh: '产品编号' } },
    quantity: { type: 'number', words: { en: 'Quantity', zh: '数量' } },
    unit: { type: 'text', words: { en: 'Unit', zh: '单位' } },
    list_price: { type: 'rate', words: { en: 'List price', zh: '目录价' } },
    unit_price: { type: 'rate', words: { en: 'Unit price', zh: '单价' } },
    amount: { type: 'money', words: { en: 'Amount', zh: '金额' } },
    unit_cost: { type: 'rate', words: { en: 'Unit cost', zh: '单位成本' } },
    chargeable: { type: 'boolean', words: { en: 'Chargeable', zh: '是否收费' } },
  },
})

export const expenses = defineEntity({
  words: { en: 'Expenses', zh: '费用' },
  about: 'The cost ledger of the departments. A line names at most one cost object.',
  key: ['expense_id'],
  happened: 'incurred_on',
  columns: {
    expense_id: { type: 'id', required: true, words: { en: 'Expense', zh: '费用编号' } },
    incurred_on: { type: 'day', required: true, words: { en: 'Incurred on', zh: '发生日期' } },
    employee_id: { type: 'id', references: 'employees', words: { en: 'Employee', zh: '员工编号' } },
    department: { type: 'text', required: true, words: { en: 'Department', zh: '部门' } },
    category: {
      type: 'text',
      required: true,
      words: { en: 'Category', zh: '费用类别' },
      about: 'travel, lodging, freight, salary, rent, training, promotion, or another.',
    },
    amount: { type: 'money', required: true, words: { en: 'Amount', zh: '金额' } },
    currency: { type: 'text', words: { en: 'Currency', zh: '币种' } },
    task_id: { type: 'id', references: 'tasks', words: { en: 'Task', zh: '任务编号' } },
    request_id: { type: 'id', references: 'requests', words: { en: 'Request', zh: '服务请求' } },
    contract_id: { type: 'id', references: 'contracts', words: { en: 'Contract', zh: '合约编号' } },
    campaign_id: { type: 'id', references: 'campaigns', words: { en: 'Campaign', zh: '市场活动' } },
    customer_id: { type: 'id', references: 'customers', words: { en: 'Customer', zh: '客户编号' } },
  },
})

export const invoices = defineEntity({
  words: { en: 'Invoices', zh: '发票' },
  about: 'What a customer was asked to pay.',
  key: ['invoice_id'],
  happened: 'issued_on',
  columns: {
    invoice_id: { type: 'id', required: true, words: { en: 'Invoice', zh: '发票编号' } },
    customer_id: { type: 'id', required: true, references: 'customers', words: { en: 'Customer', zh: '客户编号' } },
    order_id: { type: 'id', references: 'orders', words: { en: 'Order', zh: '订单编号' } },
    service_order_id: { type: 'id', references: 'service_orders', words: { en: 'Service order', zh: '定单编号' } },
    contract_id: { type: 'id', references: 'contracts', words: { en: 'Contract', zh: '合约编号' } },
    issued_on: { type: 'day', required: true, words: { en: 'Issued on', zh: '开票日期' } },
    due_on: { type: 'day', words: { en: 'Due on', zh: '到期日期' } },
    amount: { type: 'money', required: true, words: { en: 'Amount', zh: '金额' } },
    currency: { type: 'text', words: { en: 'Currency', zh: '币种' } },
  },
})

export const payments = defineEntity({
  words: { en: 'Payments', zh: '回款' },
  about: 'What was paid on an invoice.',
  key: ['payment_id'],
  happened: 'paid_on',
  columns: {
    payment_id: { type: 'id', required: true, words: { en: 'Payment', zh: '回款编号' } },
    invoice_id: { type: 'id', required: true, references: 'invoices', words: { en: 'Invoice', zh: '发票编号' } },
    paid_on: { type: 'day', required: true, words: { en: 'Paid on', zh: '回款日期' } },
    amount: { type: 'money', required: true, words: { en: 'Amount', zh: '金额' } },
    currency: { type: 'text', words: { en: 'Currency', zh: '币种' } },
  },
})

export const opportunities = defineEntity({
  words: { en: 'Opportunities', zh: '机会' },
  about: 'Sales that may come, came or did not come.',
  key: ['opportunity_id'],
  happened: 'opened_at',
  columns: {
    opportunity_id: { type: 'id', required: true, words: { en: 'Opportunity', zh: '机会编号' } },
    customer_id: { type: 'id', required: true, references: 'customers', words: { en: 'Customer', zh: '客户编号' } },
    name: { type: 'text', words: { en: 'Name', zh: '名称' } },
    kind: { type: 'text', values: ['new', 'upsell', 'cross_sell', 'renewal'], words: { en: 'Kind', zh: '机会类型' } },
    lead_source: {
      type: 'text',
      words: { en: 'Lead source', zh: '线索来源' },
      about: 'service, sales, marketing, dealer, or another. Empty: unknown.',
    },
    source_request_id: { type: 'id', references: 'requests', words: { en: 'Source request', zh: '来源请求' } },
    source_employee_id: { type: 'id', references: 'employees', words: { en: 'Source employee', zh: '线索提供人' } },
    campaign_id: { type: 'id', references: 'campaigns', words: { en: 'Campaign', zh: '市场活动' } },
    product_id: { type: 'id', references: 'products', words: { en: 'Product', zh: '产品编号' } },
    amount: { type: 'money', words: { en: 'Amount', zh: '金额' } },
    currency: { type: 'text', words: { en: 'Currency', zh: '币种' } },
    stage: { knownSince: ['closed_at'], type: 'text', words: { en: 'Stage', zh: '阶段' } },
    probability: {
      knownSince: ['closed_at'],
      type: 'number',
      words: { en: 'Probability', zh: '成功概率' },
      about: '0 to 1.',
    },
    opened_at: { type: 'instant', required: true, words: { en: 'Opened at', zh: '创建时间' } },
    expected_close_on: { type: 'day', words: { en: 'Expected close on', zh: '预计成交日期' } },
    closed_at: { knownSince: ['closed_at'], type: 'instant', words: { en: 'Closed at', zh: '关闭时间' } },
    outcome: {
      knownSince: ['closed_at'],
      type: 'text',
      values: ['won', 'lost'],
      words: { en: 'Outcome', zh: '结果' },
      about: 'Empty: still open.',
    },
    owner_id: { type: 'id', references: 'employees', words: { en: 'Owner', zh: '负责人' } },
  },
})

export const opportunity_events = defineEntity({
  words: { en: 'Opportunity events', zh: '机会事件' },
  about: 'Stage and owner changes of an opportunity.',
  key: ['opportunity_id', 'at', 'kind'],
  happened: 'at',
  columns: {
    opportunity_id: {
      type: 'id',
      required: true,
      references: 'opportunities',
      words: { en: 'Opportunity', zh: '机会编号' },
    },
    at: { type: 'instant', required: true, words: { en: 'At', zh: '时间' } },
    kind: { type: 'text', required: true, values: ['stage', 'owner'], words: { en: 'Kind', zh: '事件类型' } },
    from_value: { type: 'text', words: { en: 'From', zh: '原值' } },
    to_value: { type: 'text', words: { en: 'To', zh: '新值' } },
    employee_id: { type: 'id', references: 'employees', words: { en: 'Employee', zh: '操作人' } },
  },
})

export const campaigns = defineEntity({
  words: { en: 'Campaigns', zh: '市场活动' },
  about: 'What marketing did to win customers.',
  key: ['campaign_id'],
  happened: 'starts_on',
  columns: {
    campaign_id: { type: 'id', required: true, words: { en: 'Campaign', zh: '活动编号' } },
    name: { type: 'text', words: { en: 'Name', zh: '名称' } },
    kind: { type: 'text', words: { en: 'Kind', zh: '活动类型' } },
    starts_on: { type: 'day', words: { en: 'Starts on', zh: '开始日期' } },
    ends_on: { type: 'day', words: { en: 'Ends on', zh: '结束日期' } },
    budget: { type: 'money', words: { en: 'Budget', zh: '预算' } },
    target_count: { type: 'integer', words: { en: 'Targets', zh: '目标客户数' } },
  },
})

export const campaign_responses = defineEntity({
  words: { en: 'Campaign responses', zh: '活动响应' },
  about: 'Customers who answered a campaign.',
  key: ['campaign_id', 'customer_id'],
  happened: 'at',
  columns: {
    campaign_id: { type: 'id', required: true, references: 'campaigns', words: { en: 'Campaign', zh: '活动编号' } },
    customer_id: { type: 'id', required: true, references: 'customers', words: { en: 'Customer', zh: '客户编号' } },
    at: { type: 'instant', words: { en: 'At', zh: '时间' } },
    kind: { type: 'text', words: { en: 'Kind', zh: '响应类型' } },
  },
})
