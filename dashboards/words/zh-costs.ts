import type { enCosts } from './en-costs.ts'

/** What pages about costs say, in Chinese. */
export const zhCosts: Readonly<Record<keyof typeof enCosts, string>> = {
  costs_title: '服务成本',
  costs_intro: '各部门的钱花到了哪里：客户、闲置能力，还是尚无归属。',
  costs_headline: '{period}：账面费用 {all}，其中由客户承担 {customers}',
  costs_rest: '其余：{parts}。',
  costs_part: '{what}为 {amount}',
  costs_none: '本期没有费用账目。',
  costs_paths_link: '{metric}：每个客户承担多少，依据什么规则',
  costs_table_title: '费用去向',
  costs_table_about: '账面费用 = 直接归集 + 已用工时 + 闲置能力 + 无工时记录的工资 + 分摊 + 未分摊，一分不差。',
  chart_flow_title: '从账目到客户',
  chart_flow_about: '各类费用按去向列示。橙色、灰色和黄色部分未由客户承担。',
  chart_flow_row: '{category}，去向：{destination}',
  paths_title: '分摊费用的路径',
  paths_intro: '客户承担各费用池的多少：费用池 × 客户分摊量 ÷ 全部客户分摊量，精确到分。',
  paths_table_title: '按客户、月份和费用池',
  paths_table_about: '请选择客户。为其他部门服务的部门，其费用经由被服务的部门分摊。',
}
