import type { Words } from '../entities/entity.ts'
import type { Effect } from '../models/metrics/change.ts'

/** What messages say beside titles, figures and reasons. `{name}` is filled in. */
export const messageWords = {
  one: { en: '{title}: {label}', zh: '{title}：{label}' },
  whole: { en: '{title}', zh: '{title}' },
  several: { en: '{title}: {count}', zh: '{title}：{count} 项' },
  again: { en: 'Still: {subject}', zh: '仍在触发：{subject}' },
  in_error: { en: 'Alert in error: {title}', zh: '提醒出错：{title}' },
  error_about: {
    en: 'The alert {name} cannot be evaluated since {since}. Until it can, it watches nothing.',
    zh: '提醒 {name} 自 {since} 起无法评估。恢复之前它不再监测任何数据。',
  },
  group: { en: 'What', zh: '对象' },
  value: { en: 'Value', zh: '数值' },
  why: { en: 'Why', zh: '原因' },
  since: { en: 'Since', zh: '起始' },
  list_of: { en: '{label}: the records', zh: '{label}：明细' },
  list_more: { en: '{shown} of {total}.', zh: '共 {total} 项，列出 {shown} 项。' },
  split_of: { en: 'Why {metric} of {label} changed', zh: '{label} 的{metric}变化原因' },
  split_whole: { en: 'Why {metric} changed', zh: '{metric}变化原因' },
  was: { en: 'Was, {period}', zh: '原值，{period}' },
  is: { en: 'Is, {period}', zh: '现值，{period}' },
  split_failed: { en: 'Its change could not be split: {text}', zh: '无法拆分其变化：{text}' },
  more: {
    en: 'And {count} more; the page of alerts shows all.',
    zh: '另有 {count} 项，见提醒页面。',
  },
  evidence: {
    en: 'Figures of {as_of}, version {version}. Their oldest source was read {read_at}.',
    zh: '数据截至 {as_of}，版本 {version}。最早的数据源读取于 {read_at}。',
  },
  evidence_never: {
    en: 'Figures of {as_of}, version {version}. A source they stand on was never read.',
    zh: '数据截至 {as_of}，版本 {version}。其中有数据源从未读取。',
  },
  instead: {
    en: 'No address is known of {names}; you answer for this alert.',
    zh: '未登记 {names} 的邮箱；您是该提醒的负责人。',
  },
  told_for: {
    en: 'You are told because {company} watches this with Trueworth. {owner} answers for the alert {name}.',
    zh: '{company} 使用 Trueworth 监测此项，因此通知您。提醒 {name} 由 {owner} 负责。',
  },
  open: { en: 'Open the alerts', zh: '打开提醒页面' },
} as const satisfies Record<string, Words>
export type MessageWord = keyof typeof messageWords

export const effectWords: Readonly<Record<Effect, Words>> = {
  volume: { en: 'Volume', zh: '数量' },
  mix: { en: 'Mix', zh: '结构' },
  rate: { en: 'Price and rates', zh: '价格与费率' },
  rule: { en: 'Allocation rule', zh: '分摊规则' },
  late: { en: 'Late records', zh: '迟到记录' },
}

export function fill(
  words: Words,
  language: keyof Words,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return words[language].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
