import type { Words } from './entity.ts'

/** Why an alert fired or did not, in two sentences: what was found, and what follows from it. And why one is refused or in error. */
export const alertFaults = {
  alert_above: { en: '{value} is above the limit {limit}.', zh: '{value} 高于上限 {limit}。' },
  alert_below: { en: '{value} is below the limit {limit}.', zh: '{value} 低于下限 {limit}。' },
  alert_within: { en: '{value} is within the limit {limit}.', zh: '{value} 未越过界限 {limit}。' },
  alert_between: {
    en: '{value} is within the limit {limit}, but has not reached {clear}, where it clears.',
    zh: '{value} 已回到界限 {limit} 以内，但尚未达到解除值 {clear}。',
  },
  alert_was_beyond: {
    en: '{value} is beyond the limit {limit}, but {was} in the period before was not on its other side: it has not crossed it.',
    zh: '{value} 越过界限 {limit}，但上一期间 {was} 并不在界限的另一侧：并非新近越过。',
  },
  alert_was_unknown: {
    en: '{value} is beyond the limit {limit}; whether it was before is not known.',
    zh: '{value} 越过界限 {limit}，但上一期间的数值未知。',
  },
  alert_crossed: {
    en: '{value} is beyond the limit {limit}, and {was} was not in the period before.',
    zh: '{value} 越过界限 {limit}，而上一期间 {was} 未越过。',
  },
  alert_changed: {
    en: '{value} against {was} is a change of {change}, beyond {change_limit}.',
    zh: '{value} 对比 {was}，变化 {change}，越过 {change_limit}。',
  },
  alert_not_changed: {
    en: '{value} against {was} is a change of {change}, within {change_limit}.',
    zh: '{value} 对比 {was}，变化 {change}，未越过 {change_limit}。',
  },
  alert_change_between: {
    en: '{value} against {was} is a change of {change}, within {change_limit}, but it has not reached {change_clear}, where it clears.',
    zh: '{value} 对比 {was}，变化 {change}，已回到 {change_limit} 以内，但尚未达到解除值 {change_clear}。',
  },
  alert_unknown: { en: 'The figure is not known.', zh: '数值未知。' },
  alert_nothing_before: {
    en: 'What it is held against is not known.',
    zh: '对比期间的数值未知。',
  },
  alert_known: { en: '{value} is known.', zh: '{value} 已知。' },
  alert_coverage: {
    en: 'Only {share} of the records it stands on are complete, less than {share_limit}.',
    zh: '所依据的记录仅 {share} 完整，低于 {share_limit}。',
  },
  alert_source_old: {
    en: 'A source it stands on was read {hours} hours ago, more than {hours_limit}.',
    zh: '所依据的数据源已 {hours} 小时未读取，超过 {hours_limit} 小时。',
  },
  alert_source_never: {
    en: 'A source it stands on was never read.',
    zh: '所依据的数据源从未读取。',
  },
  alert_outside_forecast: {
    en: '{value} lies outside the forecast of {low} to {high}.',
    zh: '{value} 超出预测区间 {low} 至 {high}。',
  },
  alert_inside_forecast: {
    en: '{value} lies within the forecast of {low} to {high}.',
    zh: '{value} 在预测区间 {low} 至 {high} 之内。',
  },
  alert_no_forecast: { en: 'There was no forecast for it.', zh: '当时没有预测。' },
  alert_gone: { en: 'It is not among the figures any more.', zh: '已不在数据之中。' },
  alert_run_failed: { en: 'The last run failed[: {text}]', zh: '最近一次运行失败[：{text}]' },
  alert_run_well: { en: 'The last run went well.', zh: '最近一次运行正常。' },
  alert_source_failed: { en: 'The source could not be read[: {text}]', zh: '数据源读取失败[：{text}]' },
  alert_source_stale: {
    en: 'The source is stale[: last read {at}].',
    zh: '数据源已过期[：上次读取 {at}]。',
  },
  alert_source_well: { en: 'The source was read in time.', zh: '数据源读取及时。' },
  alert_audit_failed: {
    en: 'The audit of {model} found {rows} rows that do not add up.',
    zh: '对 {model} 的审计发现 {rows} 行不平。',
  },
  alert_audit_passed: { en: 'The audit of {model} passed.', zh: '对 {model} 的审计通过。' },

  alert_fired: { en: 'It fired.', zh: '已触发。' },
  alert_quiet: { en: 'It did not fire.', zh: '未触发。' },
  alert_waits: {
    en: 'It did not fire yet: {streak} of {needed} builds in a row.',
    zh: '尚未触发：连续 {needed} 次构建中的第 {streak} 次。',
  },
  alert_told: { en: 'It fires since {since}; told already.', zh: '自 {since} 起触发，已通知。' },
  alert_told_again: { en: 'It fires since {since}; told again.', zh: '自 {since} 起触发，再次通知。' },
  alert_acknowledged: { en: 'It fires, and is acknowledged[ by {by}].', zh: '仍在触发，[{by} ]已确认。' },
  alert_snoozed: { en: 'It fires, and is snoozed until {until}.', zh: '仍在触发，暂缓至 {until}。' },
  alert_snooze_over: { en: 'The snooze is over and it fires: told again.', zh: '暂缓已结束且仍在触发：再次通知。' },
  alert_cleared: { en: 'It cleared.', zh: '已解除。' },

  alert_name_unknown: { en: "There is no alert '{alert}'.", zh: '没有提醒“{alert}”。' },
  alert_not_firing: {
    en: "'{group}' of the alert '{alert}' does not fire. Only what fires is acknowledged or snoozed.",
    zh: '提醒“{alert}”的“{group}”未在触发。只有触发中的才能确认或暂缓。',
  },
  alert_snooze_until: {
    en: 'until: {until} is no instant to come within a year. Write one as {example}.',
    zh: 'until：{until} 不是一年之内将到的时刻。请写成 {example}。',
  },
  alert_too_many: {
    en: 'It has {groups} groups, more than {most}. Narrow it by `where`, or split it by another dimension.',
    zh: '共有 {groups} 个分组，超过 {most} 个。请用 `where` 缩小范围，或换一个维度。',
  },
  alert_not_one_row: {
    en: "The group '{group}' has several rows: {with} is not the same in all of it. Take it out of `with`.",
    zh: '分组“{group}”有多行：{with} 在其中不唯一。请从 `with` 中去掉。',
  },
  alert_in_error: { en: 'It could not be evaluated.', zh: '无法评估。' },
  alert_failed: { en: 'It could not be evaluated: {text}', zh: '无法评估：{text}' },
} as const satisfies Readonly<Record<string, Words>>
