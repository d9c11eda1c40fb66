import { inMarts } from './in-marts.ts'
import type { Dimension } from './metric.ts'

const MART = 'marts.customer_advice'
const DECISIONS = 'marts.class_decisions'

/** Words of classes. */
const classes = {
  VIP: { en: 'VIP', zh: 'VIP' },
  key: { en: 'Key', zh: '大客户' },
  regular: { en: 'Regular', zh: '普通' },
  watch: { en: 'Watch', zh: '关注' },
  new: { en: 'New', zh: '新客户' },
} as const
const nobody = { none: { en: 'no', zh: '无' } } as const

/** What computed classes and advice can be split and filtered by. */
export const adviceDimensions: Record<string, Dimension> = {
  computed_class: {
    words: { en: 'Computed class', zh: '计算分类' },
    kind: 'text',
    columns: inMarts('computed_class', [MART]),
    values: classes,
  },
  effective_class: {
    words: { en: 'Class that counts', zh: '生效分类' },
    kind: 'text',
    columns: inMarts('effective_class', [MART]),
    values: classes,
  },
  override_class: {
    words: { en: 'Set by hand', zh: '人工设定' },
    kind: 'text',
    columns: inMarts('override_class', [MART]),
    values: { ...classes, ...nobody },
  },
  override_reason: {
    words: { en: 'Why set', zh: '设定原因' },
    kind: 'text',
    columns: inMarts('override_reason', [MART]),
    values: nobody,
  },
  override_by: {
    words: { en: 'Set by', zh: '设定人' },
    kind: 'text',
    columns: inMarts('override_by', [MART]),
    values: nobody,
    tells: 'people',
  },
  override_until: {
    words: { en: 'Holds until', zh: '有效期至' },
    kind: 'day',
    columns: inMarts('override_until', [MART]),
  },
  class_decision_id: {
    words: { en: 'Decision', zh: '决定编号' },
    kind: 'text',
    columns: inMarts('decision_id', [DECISIONS]),
    labels: inMarts('decided_time', [DECISIONS]),
  },
  decided_class: {
    words: { en: 'Decided', zh: '决定' },
    kind: 'text',
    columns: inMarts('decision', [DECISIONS]),
    values: { ...classes, ended: { en: 'Ended early', zh: '提前结束' } },
  },
  class_decision_by: {
    words: { en: 'By', zh: '决定人' },
    kind: 'text',
    columns: inMarts('decided_by', [DECISIONS]),
    tells: 'people',
  },
  class_decision_on: {
    words: { en: 'Decided on', zh: '决定日期' },
    kind: 'day',
    columns: inMarts('decided_on', [DECISIONS]),
  },
  class_decision_reason: {
    words: { en: 'Why', zh: '原因' },
    kind: 'text',
    columns: inMarts('reason', [DECISIONS]),
  },
  class_decision_until: {
    words: { en: 'Until', zh: '有效期至' },
    kind: 'day',
    columns: inMarts('valid_until', [DECISIONS]),
  },
  class_decision_state: {
    words: { en: 'State', zh: '状态' },
    kind: 'text',
    columns: inMarts('decision_state', [DECISIONS]),
    values: {
      holds: { en: 'holds', zh: '有效' },
      expired: { en: 'expired', zh: '已到期' },
      replaced: { en: 'replaced or ended', zh: '已被替代或结束' },
      none: { en: 'ended the one before', zh: '结束了之前的决定' },
    },
  },
  class_fit: {
    words: { en: 'Recorded class', zh: '登记分类' },
    kind: 'text',
    columns: inMarts('class_fit', [MART]),
    values: {
      agrees: { en: 'agrees', zh: '一致' },
      too_high: { en: 'too high', zh: '偏高' },
      too_low: { en: 'too low', zh: '偏低' },
      not_recorded: { en: 'not recorded', zh: '未登记' },
    },
  },
  score_measure: {
    words: { en: 'Measure', zh: '指标' },
    kind: 'text',
    columns: inMarts('measure', ['marts.score_components']),
    values: {
      profit: { en: 'Profit', zh: '利润' },
      revenue: { en: 'Order revenue', zh: '订单收入' },
      sales_margin: { en: 'Sales margin', zh: '销售毛利' },
      service_revenue: { en: 'Service revenue', zh: '服务创收' },
      orders: { en: 'Orders', zh: '订单数' },
      service_hours: { en: 'Service hours', zh: '服务工时' },
      requests: { en: 'Requests', zh: '请求数' },
      cost_to_serve: { en: 'Cost to serve', zh: '服务成本占比' },
      machines: { en: 'Machines in use', zh: '在用设备数' },
      opportunities: { en: 'Opportunities', zh: '机会数' },
    },
  },
  class_since: { words: { en: 'Class since', zh: '分类起始' }, kind: 'day', columns: inMarts('class_since', [MART]) },
  advice: {
    words: { en: 'Advice', zh: '建议' },
    kind: 'text',
    columns: inMarts('advice', [MART]),
    values: {
      reprice: {
        en: 'Charge visits, answer remotely first: it loses money under heavy load',
        zh: '上门收费、优先远程：亏损且占用大量服务',
      },
      mend: { en: 'Find out why it costs more than it brings', zh: '查明为何入不敷出' },
      streamline: {
        en: 'Serve it with less effort: heavy load for what it leaves',
        zh: '降低服务投入：占用多、贡献少',
      },
      partner: { en: 'Invest with it: heavy load, and worth it', zh: '深化合作：占用多，但物有所值' },
      keep: { en: 'Keep it close: leaves much, asks little', zh: '重点维系：贡献多、占用少' },
      grow: { en: 'Sell more: little load, little value so far', zh: '挖掘潜力：占用少、贡献少' },
    },
  },
}
