import { join } from 'node:path'
import type { Feed, FilesSource, Source } from '../../config/source.ts'
import { crmMarket } from './sources-crm-market.ts'
import { crmWork } from './sources-crm-work.ts'
import { crmSource } from './sources-crm.ts'
import { erpSource } from './sources-erp.ts'

/**
 * The four systems of the sample company, as `makeSample` wrote them below `folder`. Half of what they have does not say
 * when it was keyed: at the first reading it counts as known since it happened.
 */
export function sampleSources(folder: string): Source[] {
  const crm = crmSource(join(folder, 'crm.sqlite'), [...crmWork, ...crmMarket])
  const erp = erpSource(join(folder, 'erp'))
  const files = [erp, dealerCards(join(folder, 'dealers')), phoneLog(join(folder, 'phone'))]
  return [{ ...crm, feeds: assumed(crm.feeds) }, ...files.map((each) => ({ ...each, feeds: assumed(each.feeds) }))]
}

function assumed(feeds: readonly Feed[]): Feed[] {
  return feeds.map((feed) => ({ ...feed, firstKnown: 'happened' }))
}

/** What dealers report: themselves, their end users, and the machines they installed there. */
function dealerCards(folder: string): FilesSource {
  return {
    name: 'dealers',
    kind: 'files',
    folder,
    format: 'csv',
    dates: ['%Y/%m/%d'],
    feeds: [
      {
        entity: 'dealers',
        from: 'dealers.csv',
        columns: { dealer_id: '代理商编号', name: '代理商名称', region: '区域' },
      },
      {
        entity: 'customers',
        from: 'end_users/*.csv',
        columns: {
          customer_id: '用户编号',
          name: '用户名称',
          // An expression may be a constant: whoever a dealer reports is reached through that dealer.
          kind: `'indirect'`,
          dealer_id: '代理商编号',
          crm_class: { from: '级别', values: { 大客户: 'key', 普通: 'regular' }, otherwise: null },
          region: '区域',
          industry: '行业',
          registered_at: '登记日期',
          recorded_at: '上报日期',
        },
      },
      {
        entity: 'assets',
        from: 'machines/*.csv',
        columns: {
          asset_id: '设备编号',
          customer_id: '用户编号',
          product_id: '型号',
          serial_no: '序列号',
          status: { from: '状态', values: { 在用: 'in_use', 停用: 'retired' } },
          installed_on: '安装日期',
          commissioned_on: '投用日期',
          warranty_starts_on: '投用日期',
          warranty_ends_on: '保修截止',
          dealer_id: '代理商编号',
          order_id: '订单编号',
          recorded_at: '上报日期',
        },
      },
      // One card, two facts: the part stands below its machine from then on, and the machine has been worked on.
      {
        entity: 'assets',
        from: 'parts/*.csv',
        columns: {
          asset_id: '配件编号',
          customer_id: '用户编号',
          product_id: '型号',
          parent_asset_id: '设备编号',
          status: `'in_use'`,
          installed_on: '更换日期',
          warranty_starts_on: '更换日期',
          warranty_ends_on: '保修截止',
          dealer_id: '代理商编号',
          recorded_at: '上报日期',
        },
      },
      {
        entity: 'maintenance_records',
        from: 'parts/*.csv',
        columns: {
          record_id: '配件编号',
          asset_id: '设备编号',
          kind: `'replace'`,
          performed_on: '更换日期',
          quantity: '数量',
          unit: `'件'`,
          recorded_at: '上报日期',
        },
      },
    ],
  }
}

/** The phone switch: one JSON object a line, gzipped by month. Its instants carry their offset from UTC. */
function phoneLog(folder: string): FilesSource {
  return {
    name: 'phone',
    kind: 'files',
    folder,
    format: 'ndjson',
    feeds: [
      {
        entity: 'interactions',
        from: 'calls/*.ndjson.gz',
        columns: {
          interaction_id: 'id',
          customer_id: 'crm_account',
          request_id: 'ticket',
          employee_id: 'agent',
          caller_kind: {
            from: 'caller',
            values: { cust: 'customer', dealer: 'dealer', internal: 'colleague', lead: 'prospect' },
          },
          channel: `'phone'`,
          direction: { from: 'dir', values: { IN: 'inbound', OUT: 'outbound' } },
          queue: 'queue',
          started_at: 'ring',
          answered_at: 'pickup',
          ended_at: 'hangup',
          transferred_to_id: 'transfer_to',
          outcome: { from: 'disposition', values: { ANSWER: 'answered', NOANSWER: 'abandoned', BUSY: 'blocked' } },
        },
      },
    ],
  }
}
