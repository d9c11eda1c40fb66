import type { Step } from '../config/sales.ts'

/**
 * Steps of stage names as CRM systems are delivered with them, in English and Chinese, compared without regard to case:
 * the pick lists of Salesforce, Dynamics 365, HubSpot, Zoho, SuiteCRM, EspoCRM, Odoo and ERPNext. `policy.stages` goes before them.
 */
const delivered: Readonly<Record<Step, string>> = {
  lead: 'lead, new, open, replied, prospecting, prospect, qualification, qualify, needs analysis, appointmentscheduled, 线索, 潜在, 预期, 初步接洽, 初步沟通',
  qualified:
    'qualified, engaging, develop, value proposition, id. decision makers, identify decision makers, perception analysis, qualifiedtobuy, presentationscheduled, decisionmakerboughtin, 确认, 已确认, 需求确认, 需求分析, 价值主张, 立项, 方案',
  quoted:
    'quoted, quotation, proposal, propose, proposition, proposal/price quote, proposal/quote, negotiation, negotiation/review, contractsent, close, 报价, 已报价, 提案, 提案/报价, 方案报价, 投标, 招投标, 谈判, 协商, 协商/审核, 商务谈判, 合同谈判, 合同签订',
  won: 'won, closed won, closedwon, converted, 赢单, 成交, 已成交, 赢得并结束',
  lost: 'lost, closed lost, closedlost, closed lost to competition, closed-lost to competition, canceled, out-sold, 输单, 丢单, 失单, 失去并结束',
}

/** In the order in which an opportunity takes them. */
export const steps = ['lead', 'qualified', 'quoted', 'won', 'lost'] as const satisfies readonly Step[]

/** The step of each stage name, in lower case: what the company says, else what is usual. */
export function stepsByStage(own: Readonly<Record<string, Step>>): ReadonlyMap<string, Step> {
  const usual = steps.flatMap((step) => delivered[step].split(', ').map((name): [string, Step] => [name, step]))
  const ours = Object.entries(own).map(([name, step]): [string, Step] => [name.trim().toLowerCase(), step])
  return new Map([...usual, ...ours])
}
