import type { Words } from './entity.ts'

/** Why a request is refused, and what would be valid. */
export const requestFaults = {
  not_published: {
    en: 'No figures have been published yet. Wait for the first run to end, or start one: npm run trueworth -- run',
    zh: '还没有发布任何数字。请等第一次运行结束，或启动一次运行：npm run trueworth -- run',
  },
  our_fault: {
    en: 'The fault is on this side. The log of the server has it under {instance}.',
    zh: '这是服务器的问题，不是您的请求有误。服务器日志中的编号为 {instance}。',
  },
  unreadable_request: { en: 'The request cannot be read.', zh: '无法读取请求。' },
  body_not_json: { en: 'The body is not valid JSON.', zh: '请求正文不是有效的 JSON。' },
  body_too_large: { en: 'The body is larger than 64 kB.', zh: '请求正文超过 64 kB。' },
  nothing_here: {
    en: 'There is nothing at {path}. The API is described at /openapi.json.',
    zh: '{path} 没有内容。接口说明见 /openapi.json。',
  },
  method_not_allowed: {
    en: '{method} is not possible here. Allowed: {allowed}.',
    zh: '这里不能使用 {method}。可用：{allowed}。',
  },
  type_not_json: {
    en: "Content-Type '{type}' is not application/json.",
    zh: 'Content-Type “{type}”不是 application/json。',
  },
  not_acceptable: { en: "Accept '{accept}' is none of: {valid}.", zh: 'Accept “{accept}”不在可用格式之中：{valid}。' },
  other_host: { en: 'This server answers to {names} only.', zh: '此服务器只接受以 {names} 访问。' },
  proxied_without_users: {
    en: 'This request comes through a proxy, and this server has no users: everybody behind the proxy would own it. Add users first, see docs/sign-in.md.',
    zh: '此请求经由代理转来，而此服务器还没有用户：代理后面的每个人都会成为所有者。请先添加用户，见 docs/sign-in.md。',
  },
  other_site: { en: 'A page of another site may not do this.', zh: '其他网站的页面不能执行此操作。' },
  action_not_allowed: {
    en: 'None of your roles may do this ({action}). Ask who looks after the users.',
    zh: '您的角色都不能执行此操作（{action}）。请联系用户管理员。',
  },
  role_gone: {
    en: 'Nothing is open to you: you have a role that is not in the configuration ({roles}), and what it hid must stay hidden. An administrator can take it away from you on the page Users; whoever runs Trueworth can put it back into the configuration.',
    zh: '没有向您开放的内容：您的角色（{roles}）已不在配置中，而它所隐藏的内容必须继续隐藏。管理员可在“用户”页面取消此角色，负责运行 Trueworth 的人员也可将其恢复到配置中。',
  },
  no_rows_open: {
    en: 'No figures are open to you: none of your roles[ ({roles})] shows any rows, or your record lacks what its rule compares. Ask who looks after the users.',
    zh: '没有向您开放的数据：您的角色[（{roles}）]不显示任何数据行，或您的用户记录缺少规则所比较的属性。请联系用户管理员。',
  },
  unknown_word: {
    en: "{what} '{word}' is unknown.[ Did you mean '{near}'?] Valid: {valid}.",
    zh: '{what} 没有“{word}”。[是否指“{near}”？]可用：{valid}。',
  },
  given_twice: { en: '{field} stands {count} times. Give it once.', zh: '{field} 出现了 {count} 次，请只给一次。' },
  field_invalid: { en: '{field}: {message}.', zh: '{field} 的值无效（{message}）。' },
  no_metrics: {
    en: 'metrics is empty. Name at least one of: {valid}.',
    zh: 'metrics 为空。请至少给出以下指标之一：{valid}。',
  },
  cannot_split: {
    en: "{metrics} cannot be split by '{name}': {mart} does not carry it; it is in {marts}. Valid: {valid}.",
    zh: '{metrics} 不能按“{name}”分组：{mart} 中没有它，只有 {marts} 中有。可用：{valid}。',
  },
  cannot_filter: {
    en: "{metrics} cannot be filtered by '{name}': {mart} does not carry it; it is in {marts}. Valid: {valid}.",
    zh: '{metrics} 不能按“{name}”筛选：{mart} 中没有它，只有 {marts} 中有。可用：{valid}。',
  },
  period_operator: {
    en: "period takes operator 'eq' and one value, not '{operator}'. Write period=trailing_12.",
    zh: 'period 只接受运算符 eq 和一个值，不接受“{operator}”。请写成 period=trailing_12。',
  },
  period_unbounded: {
    en: "period '{period}' has no first month, so there is nothing to compare. Name months: 2024-07..2025-06.",
    zh: '期间“{period}”没有起始月份，无法比较。请给出月份：2024-07..2025-06。',
  },
  period_unknown: {
    en: "period '{period}' is unknown.[ Did you mean '{near}'?] Valid: trailing_12, all_time, year_to_date, a year (2025), a month (2025-03), a span of months (2025-01..2025-06).",
    zh: 'period 没有“{period}”。[是否指“{near}”？]可用：trailing_12、all_time、year_to_date、年（2025）、月（2025-03）、若干个月（2025-01..2025-06）。',
  },
  period_reversed: {
    en: "period '{period}' ends before it begins. Valid: trailing_12, all_time, year_to_date, a year (2025), a month (2025-03), a span of months (2025-01..2025-06).",
    zh: 'period “{period}”的结束早于开始。可用：trailing_12、all_time、year_to_date、年（2025）、月（2025-03）、若干个月（2025-01..2025-06）。',
  },
  grain_without_time: {
    en: '{metrics} cannot be split by {grain}: no month or day is in all of their marts. Leave grain out.',
    zh: '{metrics} 不能按 {grain} 分组：它们的数据集市中没有共同的月份或日期。请去掉 grain。',
  },
  grain_several: {
    en: 'grain goes with one month or day, and by has several: {names}. Keep one of them.',
    zh: 'grain 只能用于一个月份或日期，而 by 中有多个：{names}。请只保留一个。',
  },
  compare_several: {
    en: 'A comparison lines up one month or day, and by has several: {names}. Keep one of them.',
    zh: '比较只能按一个月份或日期对齐，而 by 中有多个：{names}。请只保留一个。',
  },
  grain_too_fine: {
    en: "grain '{grain}' is finer than '{name}', which has months. Did you mean '{near}'? Valid: {valid}.[ Split by a day instead: {days}.]",
    zh: 'grain “{grain}”比“{name}”更细，后者只到月。是否指“{near}”？可用：{valid}。[也可改按日期分组：{days}。]',
  },
  compare_unbounded: {
    en: 'compare needs a period with a first month. Name one: period=trailing_12, year_to_date, 2025, 2025-03 or 2024-07..2025-06.',
    zh: 'compare 需要有起始月份的期间。请给出 period，例如 trailing_12、year_to_date、2025、2025-03 或 2024-07..2025-06。',
  },
  compare_running: {
    en: "No month of period '{period}' is over on {as_of}, so there is nothing like it to compare. Name months that are over.",
    zh: '截至 {as_of}，期间“{period}”没有已结束的月份，无法同口径比较。请选择已结束的月份。',
  },
  compare_too_far: {
    en: "What period '{period}' is compared with begins before the year {year}. Name fewer months, or later ones.",
    zh: '与期间“{period}”对比的月份早于 {year} 年。请选择更短或更晚的期间。',
  },
  compare_without_months: {
    en: '{metrics} cannot be compared: {mart} has no months, its figures cover a span of their own. Leave these metrics or compare out.',
    zh: '{metrics} 无法比较：{mart} 没有月份，其数字有固定的时间范围。请去掉这些指标或 compare。',
  },
  compare_month_filter: {
    en: "where '{field}' cuts both sides of the comparison alike, so they would never meet. Say the months with period.",
    zh: 'where “{field}”会同时限制比较的两侧，使两侧无法对应。请用 period 指定月份。',
  },
  compare_no_target: {
    en: "There are no targets for '{metric}'. With targets: {valid}.",
    zh: '“{metric}”没有目标值。有目标值的指标：{valid}。',
  },
  top_without_by: {
    en: 'top needs something to be the top of: name a dimension in by.',
    zh: 'top 需要分组：请在 by 中给出一个维度。',
  },
  top_out_of_range: {
    en: 'top {top} is not from 1 to {most}. Use limit to cut an answer without a row for the rest.',
    zh: 'top {top} 不在 1 到 {most} 之间。若不需要“其余”行，请用 limit。',
  },
  no_moments: {
    en: 'Figures of another moment cannot be asked for here. Leave as_of and known_at out.',
    zh: '这里不能查询其他时间的数字。请去掉 as_of 和 known_at。',
  },
  moment_unreadable: {
    en: "{field} '{text}' is no moment. Write {example}.",
    zh: '{field}“{text}”不是有效的时间。请写成 {example}。',
  },
  moment_too_late: {
    en: "{field} '{text}' is later than what is published: {published}. Leave {field} out for the newest figures.",
    zh: '{field}“{text}”晚于已发布的时间（{published}）。查看最新数字时请去掉 {field}。',
  },
  too_many_rows: {
    en: 'The answer has {rows} rows, more than the {most} that the server gives. Narrow it with where, period or limit.',
    zh: '结果有 {rows} 行，超过服务器允许的 {most} 行。请用 where、period 或 limit 缩小范围。',
  },
  too_many_cells: {
    en: 'The answer has more than {most} cells. Ask for fewer rows or metrics, or for format csv, arrow or parquet.',
    zh: '结果超过 {most} 个单元格。请减少行数或指标，或使用 csv、arrow、parquet 格式。',
  },
  too_many_questions: {
    en: '{running} of your questions are being answered and {waiting} wait. Ask again when some are done.',
    zh: '您有 {running} 个查询正在执行、{waiting} 个在等待。请等部分完成后再试。',
  },
  takes_too_long: {
    en: 'The answer takes longer than {seconds} seconds. Narrow it with where, period or by, or try again later.',
    zh: '查询超过 {seconds} 秒。请用 where、period 或 by 缩小范围，或稍后再试。',
  },
  takes_too_much_memory: {
    en: 'The answer takes more memory than there is. Narrow it with where, period or by, or try again later.',
    zh: '查询所需内存超过可用内存。请用 where、period 或 by 缩小范围，或稍后再试。',
  },
  limit_too_large: {
    en: 'limit {limit} is more than {most} rows. Ask for less, or for format csv, arrow or parquet, which have no limit.',
    zh: 'limit {limit} 超过 {most} 行。请减少行数，或使用没有行数限制的 csv、arrow、parquet 格式。',
  },
  not_whole_number: {
    en: "{name} '{text}' is not a whole number of 0 or more.",
    zh: '{name} “{text}”不是大于等于 0 的整数。',
  },
  no_window: {
    en: '{feed} cannot be read for a part of the past: it has no cursor. Give it one, or read it whole with --full.',
    zh: '{feed} 没有游标，无法只读取过去的一段。请为它设置 cursor，或用 --full 全部读取。',
  },
  nothing_to_accept: {
    en: "No batch of '{name}' waits to be accepted.[ Waiting: {held}.]",
    zh: '没有“{name}”的批次等待接受。[等待中：{held}。]',
  },
  batch_unknown: {
    en: "There is no batch '{batch}'. `batches` lists them.",
    zh: '没有批次“{batch}”。用 batches 可列出全部批次。',
  },
  batch_not_quarantined: {
    en: "Batch '{batch}' is not in quarantine.",
    zh: '批次“{batch}”不在隔离中。',
  },
  class_no_customer: {
    en: "customer_id: customer '{customer}' has no class. Classes are given to customers that bought, were served or have a contract.",
    zh: 'customer_id：客户“{customer}”没有分类。只有下过订单、接受过服务或有合约的客户才有分类。',
  },
  class_without_reason: {
    en: 'reason: say why. The reason stands beside the class for as long as it holds.',
    zh: 'reason：请写明原因。在有效期内，原因会与分类一同显示。',
  },
  class_unknown: {
    en: "class: there is no class '{class}'. Valid: {valid}.",
    zh: 'class：没有分类“{class}”。可用：{valid}。',
  },
  class_until: {
    en: "until: '{until}' is no day after {from}, the business date of the figures. Write a later day, as YYYY-MM-DD.",
    zh: 'until：“{until}”不是 {from}（数字的业务日期）之后的日期。请写一个更晚的日期，格式为 YYYY-MM-DD。',
  },
  class_not_set: {
    en: "customer_id: no class is set by hand for customer '{customer}', so there is nothing to end.",
    zh: 'customer_id：客户“{customer}”没有人工设定的分类，无需结束。',
  },
  lead_unknown: {
    en: "There is no lead '{lead}' to decide on. The page Leads lists them.",
    zh: '没有可处理的线索“{lead}”。请见“销售线索”页面。',
  },
  lead_opportunity: {
    en: "opportunity_id: '{opportunity}' is no opportunity of customer {customer}. Write one of that customer's, or leave it empty until it is entered.",
    zh: 'opportunity_id：“{opportunity}”不是客户 {customer} 的机会。请填写该客户的机会编号，尚未录入时可留空。',
  },
  lead_reason: {
    en: 'Say why the lead is dismissed: the reason feeds the next backtest.',
    zh: '请填写驳回理由，供下次回测使用。',
  },
  reject_unknown: {
    en: "There is no rejected row '{reject}'. `rejects` lists them.",
    zh: '没有被拒的行“{reject}”。用 rejects 可列出全部被拒的行。',
  },
  reject_resolved: {
    en: "The rejected row '{reject}' was corrected already, by batch {batch}.",
    zh: '被拒的行“{reject}”已由批次 {batch} 修正。',
  },
  reject_column: {
    en: "The row has no column '{column}'.[ Did you mean '{near}'?] It has {columns}.",
    zh: '该行没有列“{column}”。[是否指“{near}”？]它的列有：{columns}。',
  },
  where_unreadable: {
    en: "where '{text}' cannot be read. Write field:operator:value, as region:eq:East.",
    zh: '无法理解 where “{text}”。请写成 字段:运算符:值，例如 region:eq:East。',
  },
  where_operator: {
    en: "where '{text}': operator '{operator}' is unknown.[ Did you mean '{near}'?] Valid: {valid}.",
    zh: 'where “{text}”：没有运算符“{operator}”。[是否指“{near}”？]可用：{valid}。',
  },
  where_contains: {
    en: "where '{filter}': 'contains' works on text, and {field} is a {kind}.",
    zh: 'where “{filter}”：contains 只用于文本，而 {field} 的类型是 {kind}。',
  },
  where_not_number: { en: "where '{filter}': '{text}' is not a number.", zh: 'where “{filter}”：“{text}”不是数字。' },
  where_no_value: {
    en: "where '{filter}': '{operator}' needs a value.",
    zh: 'where “{filter}”：{operator} 需要一个值。',
  },
  where_no_values: {
    en: "where '{filter}': 'in' needs at least one value.",
    zh: 'where “{filter}”：in 至少需要一个值。',
  },
  where_one_value: {
    en: "where '{filter}': '{operator}' takes one value; use 'in' for several.",
    zh: 'where “{filter}”：{operator} 只接受一个值；多个值请用 in。',
  },
  where_not_flag: {
    en: "where '{filter}': '{text}' is neither true nor false.",
    zh: 'where “{filter}”：“{text}”既不是 true 也不是 false。',
  },
  where_not_day: {
    en: "where '{filter}': '{text}' is no {kind}; write {example}.",
    zh: 'where “{filter}”：“{text}”不是有效的 {kind}；请写成 {example}。',
  },
} as const satisfies Readonly<Record<string, Words>>
