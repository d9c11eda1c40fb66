import type { enPolicy } from './en-policy.ts'

/** The same in Chinese. */
export const zhPolicy: Readonly<Record<keyof typeof enPolicy, string>> = {
  decision_refused: '未能完成。请重试；出错原因见“数据管道”页。',
  class_set_title: '人工设定的分类',
  class_set_holds: '{class}，由 {by} 设定，有效期至 {until}，原因：“{reason}”。计算分类：{computed}。',
  class_set_none: '没有人工设定，以计算分类“{computed}”为准。',
  class_set: '设定分类',
  class_set_other: '改设其他分类',
  class_set_class: '分类',
  class_set_until: '有效期至（最后一天）',
  class_set_now: '设定',
  class_end: '提前结束',
  class_end_now: '结束',
  class_decisions_title: '分类的人工决定',
  class_decisions_about: '谁在何时、因何设定或结束，最新在前。最新的一条在到期前有效。',
}
