import { inMarts } from './in-marts.ts'
import type { Dimension } from './metric.ts'
import { unknown } from './value-words.ts'

const REQUESTS = 'marts.request_months'
const EACH = 'marts.requests'
const CONTRACTS = 'marts.contracts'
const LINES = 'marts.ledger_lines'

/** What requests can be split and filtered by, and the contracts found again for them. */
export const requestDimensions: Record<string, Dimension> = {
  channel: {
    words: { en: 'Channel', zh: '渠道' },
    kind: 'text',
    columns: inMarts('channel', [REQUESTS, EACH]),
    values: {
      phone: { en: 'Phone', zh: '电话' },
      email: { en: 'E-mail', zh: '邮件' },
      web: { en: 'Web', zh: '网站' },
      chat: { en: 'Chat', zh: '在线聊天' },
      walk_in: { en: 'Walk-in', zh: '来访' },
      on_site: { en: 'On site', zh: '现场' },
      unknown,
    },
  },
  request_kind: {
    words: { en: 'Request kind', zh: '请求类型' },
    kind: 'text',
    columns: inMarts('request_kind', [REQUESTS, EACH]),
    values: {
      fault: { en: 'Fault', zh: '故障' },
      inquiry: { en: 'Inquiry', zh: '咨询' },
      complaint: { en: 'Complaint', zh: '投诉' },
      return: { en: 'Return', zh: '退换' },
      installation: { en: 'Installation', zh: '安装' },
      maintenance: { en: 'Maintenance', zh: '维护' },
      unknown,
    },
  },
  priority: {
    words: { en: 'Priority', zh: '优先级' },
    kind: 'text',
    columns: inMarts('priority', [REQUESTS, EACH]),
    values: {
      urgent: { en: 'Urgent', zh: '紧急' },
      high: { en: 'High', zh: '高' },
      normal: { en: 'Normal', zh: '普通' },
      low: { en: 'Low', zh: '低' },
      unknown,
    },
  },
  request: {
    words: { en: 'Request', zh: '请求编号' },
    kind: 'text',
    columns: inMarts('request_id', [EACH, LINES]),
  },
  contract: {
    words: { en: 'Contract', zh: '合约编号' },
    kind: 'text',
    columns: inMarts('contract_id', [EACH, CONTRACTS]),
  },
  contract_kind: {
    words: { en: 'Contract kind', zh: '合约类型' },
    kind: 'text',
    columns: inMarts('contract_kind', [EACH, CONTRACTS]),
    values: { none: { en: 'No contract', zh: '无合约' }, unknown },
  },
  contract_verdict: {
    words: { en: 'Contract found again', zh: '合约核对结果' },
    kind: 'text',
    columns: inMarts('contract_verdict', [EACH]),
    values: {
      matched: { en: 'As the request says', zh: '与请求一致' },
      missed: { en: 'Covered, and the request names none', zh: '有合约覆盖，请求未关联' },
      wrong: { en: 'The request names one that does not cover it', zh: '请求关联的合约不覆盖它' },
      none: { en: 'Not covered', zh: '无合约覆盖' },
    },
  },
  entitlement_reason: {
    words: { en: 'Why no contract was found', zh: '未找到合约的原因' },
    kind: 'text',
    columns: inMarts('reason', [EACH]),
    values: {
      found: { en: 'One was found', zh: '已找到' },
      no_contract: { en: 'The customer has no contract on that day', zh: '客户当日没有合约' },
      cancelled: { en: 'The contract of that day is cancelled', zh: '当日的合约已取消' },
      no_machine: { en: 'The request names no machine', zh: '请求没有注明设备' },
      no_list: { en: 'The contract lists no machines', zh: '合约没有列出设备' },
      not_listed: { en: 'The contract lists other machines', zh: '合约列出的是其他设备' },
    },
  },
  holder: {
    words: { en: 'Holder', zh: '当前处理人' },
    kind: 'text',
    columns: inMarts('holder_id', [EACH]),
    labels: inMarts('holder', [EACH]),
    values: { nobody: { en: 'Nobody', zh: '无人' } },
    tells: 'people',
  },
  response_calendar: {
    words: { en: 'Calendar of the promise', zh: '承诺所用日历' },
    kind: 'text',
    columns: inMarts('response_calendar', [EACH]),
    values: {
      around_the_clock: { en: 'Around the clock', zh: '全天候' },
      default: { en: 'Working days', zh: '工作日' },
      none: { en: 'No response awaited', zh: '不在等待响应' },
    },
  },
  promise_source: {
    words: { en: 'Promise of', zh: '承诺来源' },
    kind: 'text',
    columns: inMarts('promise_source', [EACH]),
    values: {
      contract: { en: 'the contract', zh: '合约' },
      class: { en: 'the customer class', zh: '客户分类' },
      none: { en: 'nobody', zh: '无承诺' },
    },
  },
}
