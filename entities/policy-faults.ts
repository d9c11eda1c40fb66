import type { Words } from './entity.ts'

/** Why a version of the policy is refused, and what would be right. */
export const policyFaults = {
  policy_weights: {
    en: '{field}: the weights sum to {sum}, and must sum to 1. Change them by {rest} in all.',
    zh: '{field}：权重之和为 {sum}，必须等于 1。请合计调整 {rest}。',
  },
  policy_measure_twice: {
    en: '{field}: {measure} stands there twice. Give each measure one weight.',
    zh: '{field}：{measure} 出现了两次。每个指标只能有一个权重。',
  },
  policy_number: {
    en: "{field}: '{value}' is not a number from {least} to {most}.",
    zh: '{field}：“{value}”不是 {least} 到 {most} 之间的数字。',
  },
  policy_whole_number: {
    en: "{field}: '{value}' is not a whole number from {least} to {most}.",
    zh: '{field}：“{value}”不是 {least} 到 {most} 之间的整数。',
  },
  policy_word: {
    en: "{field}: '{value}' is unknown. Valid: {valid}.",
    zh: '{field}：没有“{value}”。可用：{valid}。',
  },
  policy_bands: {
    en: 'score.bands: VIP begins at {vip}, below key at {key}. Let VIP begin no lower than key.',
    zh: 'score.bands：VIP 的起点 {vip} 低于大客户的起点 {key}。VIP 的起点不得低于大客户。',
  },
  policy_name: {
    en: 'version: give the version a name of 1 to 60 characters.',
    zh: 'version：请为版本起一个 1 到 60 个字符的名称。',
  },
  policy_name_taken: {
    en: "version: there is a version '{version}' already. Versions are kept, so give this one another name.",
    zh: 'version：已有版本“{version}”。版本会一直保留，请换一个名称。',
  },
  policy_from: {
    en: "from: '{from}' is not the first day of a month. Figures are by month: write e.g. {earliest}.",
    zh: 'from：“{from}”不是某月的第一天。数字按月计算，请写成例如 {earliest}。',
  },
  policy_from_past: {
    en: 'from: {from} is past, and reports of months that are over stay under the policy of their day. Write {earliest} or a later month.',
    zh: 'from：{from} 已经过去，已结束月份的报表仍按当时的规则。请写 {earliest} 或更晚的月份。',
  },
  policy_unchanged: {
    en: 'Nothing differs from version {version}, which holds from {from} on. Change something before saving.',
    zh: '与自 {from} 起生效的版本 {version} 没有任何不同。请先修改再保存。',
  },
  policy_not_built: {
    en: 'The configuration or the models have changed since the figures were published, so there is nothing to compare with. Start a run first.',
    zh: '数字发布之后，配置或模型已有变化，无法对比。请先启动一次运行。',
  },
  policy_not_allowed: {
    en: 'Only who may see all rows, and every figure that a policy changes, may try or save one.',
    zh: '只有能查看全部数据行以及规则所影响的全部数字的用户，才能试算或保存规则。',
  },
} as const satisfies Readonly<Record<string, Words>>
