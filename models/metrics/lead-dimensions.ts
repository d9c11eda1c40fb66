import { inMarts } from './in-marts.ts'
import type { Dimension } from './metric.ts'
import { none, unknown } from './value-words.ts'

const LEADS = 'marts.leads'
const BACKTEST = 'marts.lead_backtest'
const BANDS = 'marts.lead_calibration'
const HIDDEN = 'marts.hidden_deals'
const EVIDENCE = 'marts.lead_evidence'
const DECISIONS = 'marts.lead_decisions'

/** What leads, their signals and deals without a source can be split and filtered by. */
export const leadDimensions: Record<string, Dimension> = {
  lead: {
    words: { en: 'Lead', zh: '线索编号' },
    kind: 'text',
    columns: inMarts('lead_id', [LEADS, HIDDEN, EVIDENCE, DECISIONS]),
  },
  lead_signal: {
    words: { en: 'Signal', zh: '信号' },
    kind: 'text',
    columns: inMarts('signal', [LEADS, BACKTEST, BANDS, EVIDENCE, DECISIONS]),
    values: {
      warranty_ends: { en: 'Warranty ends', zh: '保修将到期' },
      contract_ends: { en: 'Contract ends', zh: '合约将到期' },
      near_life_end: { en: 'Near the end of its life', zh: '接近寿命终点' },
      often_repaired: { en: 'Often repaired', zh: '频繁维修' },
      same_fault: { en: 'Same fault again', zh: '同一故障反复' },
      owners_also_buy: { en: 'Owners buy it too', zh: '同类客户也买' },
      consumable_due: { en: 'Consumable due', zh: '耗材到期' },
      intent_words: { en: 'Words of buying', zh: '购买意向' },
      prospect_asks: { en: 'Prospect asks', zh: '潜在客户询价' },
      gone_quiet: { en: 'Gone quiet', zh: '大客户沉默' },
      hidden: { en: 'Deal without a source', zh: '来源不明的商机' },
    },
  },
  evidence_entity: {
    words: { en: 'Evidence', zh: '依据' },
    kind: 'text',
    columns: inMarts('entity', [EVIDENCE]),
    values: {
      requests: { en: 'Request', zh: '服务请求' },
      contracts: { en: 'Contract', zh: '合约' },
      assets: { en: 'Machine', zh: '设备' },
      orders: { en: 'Order', zh: '订单' },
    },
  },
  evidence_record: { words: { en: 'Record', zh: '记录编号' }, kind: 'text', columns: inMarts('record_id', [EVIDENCE]) },
  evidence_text: {
    words: { en: 'What it says', zh: '内容' },
    kind: 'text',
    columns: inMarts('evidence_text', [EVIDENCE]),
  },
  evidence_on: { words: { en: 'On', zh: '日期' }, kind: 'day', columns: inMarts('evidence_on', [EVIDENCE]) },
  lead_object: {
    words: { en: 'About', zh: '对象' },
    kind: 'text',
    columns: inMarts('object_id', [LEADS]),
    labels: inMarts('object_name', [LEADS]),
  },
  lead_offer: {
    words: { en: 'Offer', zh: '建议' },
    kind: 'text',
    columns: inMarts('offer', [LEADS]),
    values: {
      contract: { en: 'Service contract', zh: '服务合约' },
      renewal: { en: 'Renewal', zh: '续签' },
      replacement: { en: 'Replacement', zh: '更新换机' },
      upgrade: { en: 'Upgrade', zh: '升级改造' },
      product: { en: 'Product', zh: '产品' },
      quote: { en: 'Quote', zh: '报价' },
      contact: { en: 'Call', zh: '回访' },
    },
  },
  lead_offer_name: {
    words: { en: 'What is offered', zh: '推荐产品' },
    kind: 'text',
    columns: inMarts('offer_name', [LEADS]),
    values: { unknown },
  },
  lead_told: { words: { en: 'Detail', zh: '细节' }, kind: 'text', columns: inMarts('told_text', [LEADS]) },
  lead_told_on: { words: { en: 'Day', zh: '日期' }, kind: 'day', columns: inMarts('told_on', [LEADS]) },
  lead_status: {
    words: { en: 'State', zh: '处理状态' },
    kind: 'text',
    columns: inMarts('status', [LEADS]),
    values: {
      open: { en: 'Open', zh: '待处理' },
      taken: { en: 'Taken', zh: '已跟进' },
      converted: { en: 'Turned into an opportunity', zh: '已转机会' },
    },
  },
  decided_by: {
    words: { en: 'Decided by', zh: '处理人' },
    kind: 'text',
    columns: inMarts('decided_by', [LEADS, HIDDEN, DECISIONS]),
    tells: 'people',
  },
  lead_decision_id: {
    words: { en: 'Decision on a lead', zh: '线索处理编号' },
    kind: 'text',
    columns: inMarts('decision_id', [DECISIONS]),
    labels: inMarts('decided_time', [DECISIONS]),
  },
  lead_decision: {
    words: { en: 'What was decided', zh: '处理结果' },
    kind: 'text',
    columns: inMarts('decision', [DECISIONS]),
    values: {
      taken: { en: 'Taken', zh: '已跟进' },
      dismissed: { en: 'Dismissed', zh: '已驳回' },
      converted: { en: 'Turned into an opportunity', zh: '已转机会' },
      confirmed: { en: 'From service', zh: '确认来自客服' },
      rejected: { en: 'Not from service', zh: '非客服来源' },
    },
  },
  lead_decision_reason: {
    words: { en: 'Reason given', zh: '处理理由' },
    kind: 'text',
    columns: inMarts('reason', [DECISIONS]),
    values: { none },
  },
  lead_decision_on: {
    words: { en: 'Lead decided on', zh: '处理日期' },
    kind: 'day',
    columns: inMarts('decided_on', [DECISIONS]),
  },
  lead_opportunity: {
    words: { en: 'Opportunity it became', zh: '对应机会' },
    kind: 'text',
    columns: inMarts('opportunity_id', [DECISIONS]),
    values: { none },
  },
  lead_verdict: {
    words: { en: 'Backtest', zh: '回测结论' },
    kind: 'text',
    columns: inMarts('verdict', [BACKTEST]),
    values: {
      lift: { en: 'Finds more', zh: '有提升' },
      no_lift: { en: 'No lift', zh: '无提升' },
      too_few: { en: 'Too few leads to say', zh: '样本不足' },
    },
  },
  tested_on: { words: { en: 'Told on', zh: '回测日期' }, kind: 'day', columns: inMarts('fitted_on', [BACKTEST]) },
  chance_band: {
    words: { en: 'Chance told', zh: '成功率档位' },
    kind: 'text',
    columns: inMarts('chance_band', [BANDS]),
    values: {
      '0-10': { en: 'up to 10 %', zh: '10 % 以内' },
      '10-25': { en: '10 to 25 %', zh: '10 % 至 25 %' },
      '25-50': { en: '25 to 50 %', zh: '25 % 至 50 %' },
      '50-75': { en: '50 to 75 %', zh: '50 % 至 75 %' },
      '75-100': { en: 'above 75 %', zh: '75 % 以上' },
    },
  },
  trace_kind: {
    words: { en: 'Preceded by', zh: '此前服务' },
    kind: 'text',
    columns: inMarts('trace_kind', [HIDDEN]),
    values: {
      visit: { en: 'Visit', zh: '上门' },
      part: { en: 'Part', zh: '配件' },
      question: { en: 'Question', zh: '咨询' },
    },
  },
  trace: {
    words: { en: 'Trace', zh: '服务记录' },
    kind: 'text',
    columns: inMarts('trace_id', [HIDDEN]),
    labels: inMarts('trace_name', [HIDDEN]),
  },
  traced_on: { words: { en: 'Served on', zh: '服务日期' }, kind: 'day', columns: inMarts('traced_on', [HIDDEN]) },
  trace_engineer: {
    words: { en: 'Engineer', zh: '工程师' },
    kind: 'text',
    columns: inMarts('engineer', [HIDDEN]),
    values: { unknown },
    tells: 'people',
  },
  same_family: {
    words: { en: 'Same product family', zh: '同一产品系列' },
    kind: 'text',
    columns: inMarts('has_family', [HIDDEN]),
    values: { true: { en: 'Yes', zh: '是' }, false: { en: 'No', zh: '否' } },
  },
  source_decision: {
    words: { en: 'Decision', zh: '确认结果' },
    kind: 'text',
    columns: inMarts('decision', [HIDDEN]),
    values: {
      open: { en: 'Open', zh: '待确认' },
      confirmed: { en: 'From service', zh: '确认来自客服' },
      rejected: { en: 'Not from service', zh: '非客服来源' },
    },
  },
  service_verdict: {
    words: { en: 'Increment of service', zh: '服务增量结论' },
    kind: 'text',
    columns: inMarts('verdict', ['marts.service_increment']),
    values: {
      claimed: { en: 'Service sells', zh: '服务带来销售' },
      open: { en: 'Cannot be told from chance', zh: '无法与偶然区分' },
      too_few: { en: 'Too few equals to say', zh: '可比客户不足' },
    },
  },
}
