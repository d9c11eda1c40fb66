import type { ResponsePromise } from '../../config/promise.ts'
import type { ScoreComponent } from '../../config/score.ts'
import type { Words } from '../../entities/entity.ts'
import type { Language } from '../../entities/language.ts'
import type { PolicyStatus } from '../../models/metrics/what-if.ts'
import type { Catalogue } from './find-figures.ts'

/** The policy in force as Markdown, and which version held when. Measures, drivers and classes have the catalogue's words. */
export function policyInWords(status: PolicyStatus, catalogue: Catalogue, language: Language): string {
  const { in_force: policy, as_of, versions } = status
  const say = (words: Words, given: Readonly<Record<string, string | number>> = {}): string =>
    words[language].replaceAll(/\{(\w+)\}/g, (mark, name: string) => String(given[name] ?? mark))
  const measure = (name: string): string => catalogue.metrics.find((one) => one.name === name)?.words[language] ?? name
  const value = (dimension: string, name: string): string =>
    catalogue.dimensions.find((one) => one.name === dimension)?.values?.[name]?.[language] ?? name
  const className = (name: string): string => (name === 'default' ? say(SAID.others) : value('crm_class', name))
  const weights = (components: readonly ScoreComponent[]): string[] =>
    components.map(
      ({ measure: name, weight, better }) => `- ${measure(name)}: ${percent(weight)} (${say(SAID[better])})`,
    )
  const promise = (one: ResponsePromise): string => say(SAID[one.kind], 'hours' in one ? { hours: one.hours } : {})
  const { score } = policy
  const bands = { vip: score.bands.VIP, key: score.bands.key, points: score.hysteresis, months: score.newMonths }
  return [
    `# ${say(SAID.title, { version: policy.version, from: policy.from, as_of })}`,
    `## ${say(SAID.score)}`,
    ...weights(score.components),
    ...(score.indirect === undefined ? [] : [say(SAID.indirect), ...weights(score.indirect)]),
    say(SAID.bands, bands),
    `## ${say(SAID.pools)}`,
    ...policy.costPools.map(
      ({ department = say(SAID.any), category = say(SAID.any), driver }) =>
        `- ${department} / ${category}: ${driver === 'none' ? say(SAID.unallocated) : value('cost_driver', driver)}`,
    ),
    say(SAID.costs, {
      method: value('support_method', policy.supportMethod),
      capacity: percent(policy.practicalCapacity),
      factor: policy.hourlyCostFactor,
    }),
    `## ${say(SAID.service)}`,
    ...Object.entries(policy.promises).map(([name, one]) => `- ${className(name)}: ${promise(one)}`),
    ...Object.entries(policy.visitCharges).map(
      ([name, amount]) => `- ${className(name)}: ${say(amount === 0 ? SAID.goodwill : SAID.charge, { amount })}`,
    ),
    `## ${say(SAID.versions)}`,
    ...versions.map(
      ({ version, from, decided_by, reason, replaced }) =>
        `- ${version}, ${from}${decided_by === null ? '' : `, ${decided_by}`}${reason === null ? '' : `: ${reason}`}${replaced ? ` (${say(SAID.replaced)})` : ''}`,
    ),
  ].join('\n')
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`
}

const SAID = {
  title: {
    en: 'Policy {version}, in force since {from}; business date {as_of}',
    zh: '政策 {version}，自 {from} 起生效；业务日期 {as_of}',
  },
  score: { en: 'Score: percentiles among customers of the same kind', zh: '评分：同类客户中的百分位' },
  more: { en: 'more is better', zh: '越多越好' },
  less: { en: 'less is better', zh: '越少越好' },
  indirect: { en: 'Customers who never order from us:', zh: '不直接向我方下单的客户：' },
  bands: {
    en: 'VIP from {vip} points, key from {key}; a class changes {points} points beyond its edge. New: fewer than {months} months. Watch: leaves less than it costs.',
    zh: 'VIP：{vip} 分起；key：{key} 分起；超出界线 {points} 分后才改变分类。不足 {months} 个月为新客户；所得少于成本者列入观察。',
  },
  pools: { en: 'What indirect costs are spread by (department / category)', zh: '间接费用的分摊依据（部门 / 类别）' },
  any: { en: 'any', zh: '任意' },
  unallocated: { en: 'nothing: stays unallocated', zh: '无：不分摊' },
  costs: {
    en: 'Departments that serve others: {method}. Practical capacity: {capacity} of paid time. Hourly cost of employees × {factor}.',
    zh: '服务部门之间：{method}。实际产能：带薪时间的 {capacity}。员工小时成本 × {factor}。',
  },
  service: { en: 'Service by recorded class', zh: '按登记分类的服务' },
  others: { en: 'all others', zh: '其他' },
  business_hours: { en: 'response within {hours} working hours', zh: '{hours} 个工作小时内响应' },
  around_the_clock: { en: 'response within {hours} hours, day and night', zh: '{hours} 小时内响应，昼夜不停' },
  next_business_day: { en: 'response by the end of the next working day', zh: '下一个工作日结束前响应' },
  charge: { en: 'a visit costs {amount}', zh: '每次上门收费 {amount}' },
  goodwill: { en: 'visits are goodwill', zh: '上门不收费' },
  versions: { en: 'Versions, the latest first', zh: '各版本，最新在前' },
  replaced: { en: 'replaced', zh: '已被取代' },
} as const satisfies Record<string, Words>
