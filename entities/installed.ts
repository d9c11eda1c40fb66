import { defineEntity } from './entity.ts'

export const products = defineEntity({
  words: { en: 'Products', zh: '产品' },
  about: 'What is sold: machines, parts, consumables and services.',
  key: ['product_id'],
  columns: {
    product_id: { type: 'id', required: true, words: { en: 'Product', zh: '产品编号' } },
    name: { type: 'text', required: true, words: { en: 'Name', zh: '名称' } },
    family: { type: 'text', words: { en: 'Family', zh: '产品系列' } },
    kind: {
      type: 'text',
      required: true,
      values: ['machine', 'part', 'consumable', 'service'],
      words: { en: 'Kind', zh: '产品类型' },
    },
    unit_cost: { type: 'rate', words: { en: 'Unit cost', zh: '单位成本' } },
    list_price: { type: 'rate', words: { en: 'List price', zh: '目录价' } },
    floor_price: { type: 'rate', words: { en: 'Floor price', zh: '最低价' } },
    priced_at: { type: 'instant', words: { en: 'Priced at', zh: '定价时间' } },
  },
})

export const assets = defineEntity({
  words: { en: 'Assets', zh: '客户资产' },
  about: 'Machines and parts that stand at a customer.',
  key: ['asset_id'],
  columns: {
    asset_id: { type: 'id', required: true, words: { en: 'Asset', zh: '资产编号' } },
    customer_id: { type: 'id', required: true, references: 'customers', words: { en: 'Customer', zh: '客户编号' } },
    product_id: { type: 'id', references: 'products', words: { en: 'Product', zh: '产品编号' } },
    parent_asset_id: {
      type: 'id',
      references: 'assets',
      words: { en: 'Parent asset', zh: '所属整机' },
      about: 'The machine this part belongs to.',
    },
    serial_no: { type: 'text', words: { en: 'Serial number', zh: '序列号' } },
    status: { knownSince: ['retired_on'], type: 'text', words: { en: 'Status', zh: '状态' } },
    warranty_kind: { type: 'text', words: { en: 'Warranty kind', zh: '保修类型' } },
    warranty_scope: { type: 'text', words: { en: 'Warranty scope', zh: '保修范围' } },
    installed_on: { type: 'day', words: { en: 'Installed on', zh: '安装日期' } },
    commissioned_on: { type: 'day', words: { en: 'Commissioned on', zh: '投用日期' } },
    warranty_starts_on: { type: 'day', words: { en: 'Warranty starts on', zh: '保修开始日期' } },
    warranty_ends_on: { type: 'day', words: { en: 'Warranty ends on', zh: '保修结束日期' } },
    retired_on: {
      knownSince: ['retired_on'],
      type: 'day',
      words: { en: 'Retired on', zh: '停用日期' },
      about: 'When it was taken out of use.',
    },
    dealer_id: { type: 'id', references: 'dealers', words: { en: 'Dealer', zh: '代理商' } },
    order_id: { type: 'id', references: 'orders', words: { en: 'Order', zh: '订单编号' } },
  },
})

export const contracts = defineEntity({
  words: { en: 'Contracts', zh: '服务合约' },
  about: 'Service contracts: what was promised, for how long and for how much.',
  key: ['contract_id'],
  happened: 'starts_on',
  columns: {
    contract_id: { type: 'id', required: true, words: { en: 'Contract', zh: '合约编号' } },
    customer_id: { type: 'id', required: true, references: 'customers', words: { en: 'Customer', zh: '客户编号' } },
    name: { type: 'text', words: { en: 'Name', zh: '名称' } },
    brief: { type: 'text', words: { en: 'Brief', zh: '摘要' } },
    kind: { type: 'text', words: { en: 'Kind', zh: '合约类型' } },
    status: { type: 'text', words: { en: 'Status', zh: '状态' } },
    starts_on: { type: 'day', required: true, words: { en: 'Starts on', zh: '开始日期' } },
    ends_on: { type: 'day', required: true, words: { en: 'Ends on', zh: '结束日期' } },
    response_kind: {
      type: 'text',
      values: ['business_hours', 'next_business_day', 'around_the_clock'],
      words: { en: 'Response kind', zh: '响应方式' },
    },
    response_hours: { type: 'number', words: { en: 'Response hours', zh: '响应小时数' } },
    calendar: {
      type: 'text',
      words: { en: 'Working calendar', zh: '工作日历' },
      about: 'Name of one of policy.calendars; empty: the default one.',
    },
    amount: { type: 'money', words: { en: 'Amount', zh: '金额' } },
    currency: { type: 'text', words: { en: 'Currency', zh: '币种' } },
  },
})

export const contract_assets = defineEntity({
  words: { en: 'Contract assets', zh: '合约资产' },
  about: 'Which assets a contract covers.',
  key: ['contract_id', 'asset_id'],
  columns: {
    contract_id: { type: 'id', required: true, references: 'contracts', words: { en: 'Contract', zh: '合约编号' } },
    asset_id: { type: 'id', required: true, references: 'assets', words: { en: 'Asset', zh: '资产编号' } },
  },
})

export const maintenance_records = defineEntity({
  words: { en: 'Maintenance records', zh: '维护处理' },
  about: 'What was done to an asset.',
  key: ['record_id'],
  happened: 'performed_on',
  columns: {
    record_id: { type: 'id', required: true, words: { en: 'Record', zh: '记录编号' } },
    asset_id: { type: 'id', required: true, references: 'assets', words: { en: 'Asset', zh: '资产编号' } },
    request_id: { type: 'id', references: 'requests', words: { en: 'Request', zh: '服务请求' } },
    kind: { type: 'text', values: ['maintain', 'repair', 'replace', 'upgrade'], words: { en: 'Kind', zh: '处理类型' } },
    performed_on: { type: 'day', required: true, words: { en: 'Performed on', zh: '处理日期' } },
    employee_id: { type: 'id', references: 'employees', words: { en: 'Employee', zh: '员工编号' } },
    summary: { type: 'text', words: { en: 'Summary', zh: '说明' } },
    quantity: { type: 'number', words: { en: 'Quantity', zh: '数量' } },
    unit: { type: 'text', words: { en: 'Unit', zh: '单位' } },
  },
})
