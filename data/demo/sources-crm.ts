import type { Feed, SqliteSource } from '../../config/source.ts'

/** Columns every table of this CRM has. `updated_at` moves with each change, so a run reads only what changed since the last. */
const changed = { cursor: { column: 'updated_at', lag: { hours: 1 } } } as const

const parties: readonly Feed[] = [
  {
    entity: 'customers',
    from: 'account',
    ...changed,
    columns: {
      customer_id: 'acc_no',
      name: 'acc_name',
      // Lists kept as numbers: what each means stands here, and a number that is not listed rejects the row.
      kind: { from: 'acc_type', values: { '1': 'direct', '3': 'prospect' } },
      parent_customer_id: 'parent_no',
      dealer_id: 'dealer_no',
      crm_class: { from: 'grade', values: { VIP: 'VIP', 大客户: 'key', 普通: 'regular' }, otherwise: null },
      crm_class_set_at: 'grade_date',
      region: 'region',
      industry: 'trade',
      sales_owner_id: 'sales_rep',
      service_owner_id: 'service_rep',
      first_contact_at: 'first_contact',
      registered_at: 'reg_time',
      recorded_at: 'create_time',
      recorded_by: 'create_user',
    },
  },
  {
    entity: 'employees',
    from: 'sys_user',
    ...changed,
    columns: {
      employee_id: 'user_no',
      name: 'real_name',
      department: {
        from: 'dept',
        values: { 客服部: 'service', 销售部: 'sales', 市场部: 'marketing', 财务部: 'finance', 信息部: 'it' },
      },
      role: {
        from: 'post',
        values: {
          部门经理: 'department_head',
          客服主管: 'service_manager',
          现场工程师: 'field_engineer',
          车间工程师: 'workshop_engineer',
          热线工程师: 'hotline_engineer',
          配件专员: 'parts_clerk',
          行政: 'administrator',
          销售: 'sales',
          销售助理: 'sales_support',
          市场专员: 'marketing',
          会计: 'accountant',
        },
        otherwise: null,
      },
      hired_on: 'entry_date',
      left_on: 'leave_date',
    },
  },
  {
    entity: 'targets',
    from: 'kpi_target',
    columns: { metric: 'kpi', period: 'period', scope: 'scope', value: 'target' },
  },
]

const installed: readonly Feed[] = [
  {
    entity: 'assets',
    from: 'installed_base',
    ...changed,
    columns: {
      asset_id: 'eq_no',
      customer_id: 'acc_no',
      product_id: 'prod_code',
      parent_asset_id: 'parent_eq',
      serial_no: 'sn',
      status: { from: 'state', values: { '1': 'in_use', '9': 'retired' } },
      warranty_kind: 'wty_type',
      warranty_scope: 'wty_scope',
      installed_on: 'install_date',
      commissioned_on: 'commission_date',
      warranty_starts_on: 'wty_from',
      warranty_ends_on: 'wty_to',
      retired_on: 'retire_date',
      order_id: 'erp_order',
      recorded_at: 'create_time',
      recorded_by: 'create_user',
    },
  },
  {
    entity: 'contracts',
    from: 'svc_contract',
    ...changed,
    columns: {
      contract_id: 'con_no',
      customer_id: 'acc_no',
      name: 'con_name',
      kind: 'con_type',
      status: { from: 'state', values: { '2': 'active', '3': 'expired', '9': 'cancelled' } },
      starts_on: 'start_date',
      ends_on: 'end_date',
      response_kind: {
        from: 'sla',
        values: { '1': 'around_the_clock', '2': 'business_hours', '3': 'next_business_day' },
        otherwise: null,
      },
      response_hours: 'sla_hours',
      amount: 'amount',
      currency: 'curr',
      recorded_at: 'create_time',
    },
  },
  {
    entity: 'contract_assets',
    from: 'svc_contract_item',
    // A line that is taken off a contract is deleted in the CRM, without a trace: the whole table is read and compared.
    deletions: true,
    columns: { contract_id: 'con_no', asset_id: 'eq_no' },
  },
  {
    entity: 'maintenance_records',
    from: 'svc_repair',
    ...changed,
    columns: {
      record_id: 'rec_no',
      asset_id: 'eq_no',
      request_id: 'req_no',
      kind: { from: 'rec_type', values: { 保养: 'maintain', 修理: 'repair', 更换: 'replace', 升级: 'upgrade' } },
      performed_on: 'done_date',
      employee_id: 'engineer',
      summary: 'note',
      quantity: 'qty',
      unit: 'unit',
      recorded_at: 'create_time',
      recorded_by: 'engineer',
    },
  },
]

/** The CRM database: customers, machines, contracts, requests, tasks, opportunities. */
export function crmSource(file: string, more: readonly Feed[]): SqliteSource {
  return { name: 'crm', kind: 'sqlite', file, feeds: [...parties, ...installed, ...more] }
}
