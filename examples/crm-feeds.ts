/**
 * What the four CRM tables mean. Used for the CSV files and for the same tables in PostgreSQL.
 * 1,425 opportunities name no account yet: they are kept under one customer of that name.
 * 500 are not engaged yet and have no date: the last day of the export stands in, so that they count.
 * 'GTXPro' is 'GTX Pro', 'technolgy' is 'technology': the mapping says so, the rows keep what was read.
 */
const NO_ACCOUNT = '(no account)'
const EXPORTED_ON = '2017-12-31'

export const accounts = {
  entity: 'customers',
  columns: {
    customer_id: 'account',
    name: 'account',
    kind: `'direct'`,
    parent_customer_id: 'subsidiary_of',
    industry: `replace(sector, 'technolgy', 'technology')`,
    region: 'office_location',
  },
} as const

export const products = {
  entity: 'products',
  columns: { product_id: 'product', name: 'product', family: 'series', kind: `'machine'`, list_price: 'sales_price' },
} as const

export const salesTeams = {
  entity: 'employees',
  columns: { employee_id: 'sales_agent', name: 'sales_agent', department: 'regional_office', role: `'sales'` },
} as const

export const opportunities = {
  entity: 'opportunities',
  columns: {
    opportunity_id: 'opportunity_id',
    customer_id: `coalesce(nullif(account, ''), '${NO_ACCOUNT}')`,
    product_id: `replace(product, 'GTXPro', 'GTX Pro')`,
    amount: 'close_value',
    stage: 'deal_stage',
    opened_at: `coalesce(nullif(CAST(engage_date AS VARCHAR), ''), '${EXPORTED_ON}')`,
    closed_at: 'close_date',
    outcome: { from: 'deal_stage', values: { Won: 'won', Lost: 'lost' }, otherwise: null },
    owner_id: 'sales_agent',
  },
} as const
