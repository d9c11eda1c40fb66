/** What is wrong with a report, or with what is asked of one. */
export const reportFaults = {
  report_unknown: { en: "There is no report '{report}'.", zh: '没有报表“{report}”。' },
  report_issue_unknown: { en: 'There is no such issue of a report.', zh: '没有这一期报表。' },
  report_not_made: {
    en: 'This issue has not been made, so it cannot be made again.',
    zh: '这一期尚未生成，无法重新生成。',
  },
  report_not_held: { en: 'This issue is not held back.', zh: '这一期没有被暂扣。' },
  report_not_open: {
    en: 'This copy was made for somebody who may see more than you do.',
    zh: '这一份是为可见范围更大的人生成的。',
  },
  report_name: {
    en: "'{report}' is no name of a report; write lower-case letters, digits and '-', a letter first.",
    zh: '“{report}”不是报表名；请使用小写字母、数字和“-”，以字母开头。',
  },
  report_configured: {
    en: "The report '{report}' is written in the configuration; change it there, or take another name.",
    zh: '报表“{report}”写在配置文件中；请在那里修改，或换一个名称。',
  },
  report_saved_gone: {
    en: "The saved exploration '{saved}' that this report shows is there no more.",
    zh: '此报表引用的已保存分析“{saved}”已不存在。',
  },
  report_folder: {
    en: 'Folders are of the machine Trueworth runs on: only the configuration may name one.',
    zh: '文件夹位于运行 Trueworth 的机器上，只能在配置文件中指定。',
  },
  report_rights: {
    en: "'{name}' would get it with the rights of '{role}', who sees what you do not. Name a role alone, whose users get it with rights of their own, or one of your own roles.",
    zh: '“{name}”将以“{role}”的权限收到报表，而该角色能看到您看不到的内容。请只写角色名（该角色的用户以其本人权限收到），或使用您自己的角色。',
  },
  report_sees_nothing: {
    en: "With the role '{role}' alone '{name}' sees no rows: its rule compares what the record of a user holds. Add a user, or name `attributes` in the configuration.",
    zh: '仅凭角色“{role}”，“{name}”看不到任何数据行：该角色的规则要与用户记录中的属性比较。请添加用户，或在配置文件中写明 `attributes`。',
  },
  report_reaches_nobody: {
    en: 'None of its recipients may see any rows, so nobody would get it. Look at their roles and attributes.',
    zh: '所有收件人都看不到任何数据行，因此无人会收到。请检查他们的角色与属性。',
  },
  report_unfit: { en: 'The report cannot be written so: {why}', zh: '报表不能这样写：{why}' },
} as const
