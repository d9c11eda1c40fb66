import { inMarts } from './in-marts.ts'
import type { Dimension } from './metric.ts'
import { unknown, yesNo } from './value-words.ts'

const MACHINES = 'marts.machines'
const CONTRACTS = 'marts.contracts'
const INVOICES = 'marts.invoices'
const OPPORTUNITIES = 'marts.opportunities'
const REQUESTS = 'marts.requests'
const HIDDEN = 'marts.hidden_deals'

/** What lists of machines, contracts, requests and invoices show. */
export const listDimensions: Record<string, Dimension> = {
  machine: {
    words: { en: 'Machine', zh: '设备' },
    kind: 'text',
    columns: inMarts('asset_id', [MACHINES]),
    labels: inMarts('machine', [MACHINES]),
  },
  serial_no: {
    words: { en: 'Serial number', zh: '序列号' },
    kind: 'text',
    columns: inMarts('serial_no', [MACHINES]),
    values: { unknown },
  },
  machine_status: {
    words: { en: 'Status', zh: '状态' },
    kind: 'text',
    columns: inMarts('machine_status', [MACHINES]),
    values: { in_use: { en: 'In use', zh: '在用' }, retired: { en: 'Retired', zh: '停用' }, unknown },
  },
  installed_on: {
    words: { en: 'Installed on', zh: '安装日期' },
    kind: 'day',
    columns: inMarts('installed_on', [MACHINES]),
  },
  warranty_until: {
    words: { en: 'Warranty until', zh: '保修截止' },
    kind: 'day',
    columns: inMarts('warranty_until', [MACHINES]),
  },
  starts_on: { words: { en: 'From', zh: '开始' }, kind: 'day', columns: inMarts('starts_on', [CONTRACTS]) },
  ends_on: { words: { en: 'Until', zh: '结束' }, kind: 'day', columns: inMarts('ends_on', [CONTRACTS]) },
  running: {
    words: { en: 'Running', zh: '有效' },
    kind: 'text',
    columns: inMarts('is_running', [CONTRACTS]),
    values: yesNo,
  },
  topic: {
    words: { en: 'Topic', zh: '主题' },
    kind: 'text',
    columns: inMarts('topic', [REQUESTS]),
    values: { unknown },
  },
  opened_on: {
    words: { en: 'Opened on', zh: '受理日期' },
    kind: 'day',
    columns: inMarts('opened_on', [REQUESTS, OPPORTUNITIES, HIDDEN]),
    datesRows: true,
  },
  resolved: {
    words: { en: 'Resolved', zh: '已解决' },
    kind: 'text',
    columns: inMarts('is_resolved', [REQUESTS]),
    values: yesNo,
  },
  invoice: { words: { en: 'Invoice', zh: '发票' }, kind: 'text', columns: inMarts('invoice_id', [INVOICES]) },
  invoice_age: {
    words: { en: 'Overdue by', zh: '逾期' },
    kind: 'text',
    columns: inMarts('invoice_age', [INVOICES]),
    values: {
      paid: { en: 'Paid', zh: '已付' },
      not_due: { en: 'Not due', zh: '未到期' },
      '30': { en: 'up to 30 days', zh: '30 天以内' },
      '60': { en: '31–60 days', zh: '31–60 天' },
      '90': { en: '61–90 days', zh: '61–90 天' },
      older: { en: 'more than 90 days', zh: '90 天以上' },
    },
  },
  due_on: { words: { en: 'Due on', zh: '到期日' }, kind: 'day', columns: inMarts('due_on', [INVOICES]) },
}
