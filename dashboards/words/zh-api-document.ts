/** What `/openapi.json` says in English, in Chinese. */
export const zhApiDocument: Readonly<Record<string, string>> = {
  'What each customer is worth after what it costs to serve. Errors are RFC 9457 problem details, in English or Chinese by Accept-Language.':
    '扣除服务成本后，每个客户值多少。错误以 RFC 9457 problem details 给出，按 Accept-Language 使用英文或中文。',
  'A token, which a user makes on the page Your account: it sees what the user sees. A server without users asks for none.':
    '令牌，由用户在“您的账户”页面生成：所见与该用户相同。没有用户的服务器不要求令牌。',
  'The session of who signed in on the pages. Under https its name begins with __Secure-.':
    '在页面上登录者的会话。使用 https 时其名称以 __Secure- 开头。',
  'Figures by name, split and filtered by dimensions, with what they stand on':
    '按名称查询数字，可按维度分组和筛选，并附依据',
  'Why a metric changed between two periods: volume, mix, price or rate, allocation rule, late records':
    '一个指标在两个期间之间为何变化：数量、结构、价格或费率、分摊规则、迟到的记录',
  'How the months of a metric were restated since a moment: was, is':
    '某一时刻以来，一个指标的各月如何被重述：原值与现值',
  'The rows of sources that made the difference in a month': '造成某个月差异的来源数据行',
  'Every metric and dimension the viewer may see: words, unit, what it means, and what it can be split by':
    '查看者可见的所有指标和维度：名称、单位、含义，以及可按什么分组',
  'How the figures got here: runs, feeds and their freshness, rejected rows, audits':
    '数字从何而来：运行、数据流及其新鲜度、被拒的行、审计',
  'What was read from the sources, newest first, and what became of it': '从各来源读取的批次（最新在前）及其处理结果',
  'The policy in force on the business date, and its versions': '业务日期当天生效的政策及其各版本',
  'What another policy would make of the last twelve months: nothing is kept':
    '若用另一政策，最近十二个月会怎样：不保存任何内容',
  'What is watched, what of it fires now, and which alerts are in error': '监测哪些数据、当前哪些在触发、哪些提醒出错',
  'Every evaluation of an alert: whether it fired, and why': '提醒的每次评估：是否触发及原因',
  'Keeps a group that fires quiet until it has cleared': '对触发中的对象不再通知，直到解除',
  'Keeps a group that fires quiet until an instant': '对触发中的对象在某一时刻之前不再通知',
  'The name of an alert': '提醒的名称',
  'What was found, and what follows from it': '检查结果及其后果',
  'Null: it watches the pipelines': '为空：监测数据管道',
  'The dimension whose groups are watched; null: the figure as a whole': '监测其各分组的维度；为空则监测整体',
  'Who answers for it': '负责人',
  'Why it could not be evaluated': '无法评估的原因',
  'Groups that were looked at': '已检查的对象数',
  'When the oldest source of the figure was last read': '该数字最早的数据源的读取时间',
  'Parameters of /api/query that ask for the figure': '查询该数字的 /api/query 参数',
  'Parameters of the page that explains its change': '解释其变化的页面参数',
  'Equal looks one after the other at one version are one entry': '同一版本上连续相同的检查合为一条',
  'Somebody was told': '已通知',
  'Newest first': '最新在前',
  'What `before` is to be for older ones; null: there are none': '查询更早记录时 `before` 的值；为空则没有更早的',
  'The group; empty: the figure as a whole': '对象；为空则为整体',
  'An instant within a year: 2026-03-31T16:00:00Z': '一年之内的时刻，如 2026-03-31T16:00:00Z',
  'Only this group': '仅此对象',
  'Only entries older than this one': '仅早于此条的记录',
  'Entries at most: 100 where absent': '最多记录数：不给则为 100',
  'Extracts, loads and builds now, and tells how it goes': '立即抽取、装载和构建，并报告进展',
  'Whether the server answers, and what it has to show': '服务器是否应答，以及有何可展示',
  'The Model Context Protocol, for assistants: the same catalogue, access and limits as a query':
    '供智能助手使用的 Model Context Protocol：目录、权限和限制与查询相同',
  'This description, as OpenAPI 3.1': '本说明，OpenAPI 3.1 格式',

  'Metric names between commas: revenue,profit_rank': '指标名称，以逗号分隔：revenue,profit_rank',
  'Dimension names between commas. None: one row for everything.': '维度名称，以逗号分隔。不给则合为一行。',
  'field:operator:value, of a dimension or a metric; operators eq, ne, in, gt, gte, lt, lte, contains. May stand several times; all must hold. in takes values between commas (a comma in a value: \\,). An empty value: not known.':
    '字段:运算符:值，字段为维度或指标；运算符有 eq、ne、in、gt、gte、lt、lte、contains。可出现多次，须同时成立。in 的值以逗号分隔（值中的逗号写作 \\,）。空值表示未知。',
  'trailing_12, all_time, year_to_date, 2025, 2025-03 or 2025-01..2025-06. All time where absent. Figures that cover a fixed span of their own are not cut by it.':
    'trailing_12、all_time、year_to_date、2025、2025-03 或 2025-01..2025-06。不给则为全部时间。自有固定区间的数字不受其限制。',
  'Metric or dimension names between commas; - in front: largest first. Not known comes last.':
    '指标或维度名称，以逗号分隔；前加 - 表示从大到小。未知排在最后。',
  'Rows at most. JSON: 1000 where absent; more than 10000 are streamed. Other formats: all where absent.':
    '最多行数。JSON：不给则为 1000，超过 10000 行时以流方式给出。其他格式：不给则为全部。',
  'Spans to split time by: of the day or month in by, of month where none stands there. Weeks begin on Monday. Finer than month only with a day in by.':
    '时间分段：用于 by 中的日或月；by 中没有时用于月。周从星期一开始。只有 by 中有日时才能细于月。',
  'Beside each metric: metric_compared, metric_difference, metric_relative. previous: as many months before; last_year: the same months a year before; target: what was planned for the same months. Needs a period; months that still run are left out of both.':
    '在每个指标旁给出：metric_compared、metric_difference、metric_relative。previous：之前同样多的月份；last_year：一年前的相同月份；target：相同月份的计划值。需要 period；未结束的月份两边都不计。',
  'So many values of the first dimension, those first in order (without order: by the first metric, largest first, of places the first ones). All others are one row whose row_kind is rest, summed from its own records.':
    '第一个维度的前若干个值，按 order 排序（没有 order 时按第一个指标从大到小）。其余合为一行，row_kind 为 rest，由其自身记录汇总。',
  'true: a last row whose row_kind is total, of everything that the answer counts, summed from its own records.':
    'true：最后一行 row_kind 为 total，是答案所计全部内容的合计，由其自身记录汇总。',
  'The metric that is compared': '被比较的指标',
  'Values are first days of such spans': '值为各分段的第一天',
  'Rows before limit and offset; the row of totals is not one': 'limit 和 offset 之前的行数；合计行不计入',
  'Months of the figures: those that are over on the business date': '数字所属的月份：业务日期当天已结束的月份',
  'Months compared with; null: targets of the same months': '与之比较的月份；null 表示相同月份的目标',
  'false: months that still run were left out': 'false 表示未结束的月份未计入',
  'Too Many Requests': '请求过多',
  'Not Found': '未找到',
  'Your saved explorations and those shared with you': '您保存的探索，以及与您共享的探索',
  'By name': '按名称排序',
  'Unlike the names of your other explorations': '不得与您的其他探索同名',
  'A query string of /api/query without format and lang; show=table|bar|line|stacked|scatter: how the page shows it':
    '/api/query 的查询字符串，不含 format 和 lang；show=table|bar|line|stacked|scatter 表示页面如何显示',
  'Your own first, then those shared with one of your roles': '先列您自己的，再列与您的角色共享的',
  'Roles an exploration may be shared with': '可与之共享探索的角色',
  'Roles whose members find it too. It runs with the rights of who opens it.':
    '其成员也能找到它的角色。运行时使用打开者的权限。',
  'Saves an exploration under a name': '以一个名称保存探索',
  'As it was saved': '保存后的内容',
  'One saved exploration': '一个已保存的探索',
  'Number of the exploration': '探索的编号',
  'The exploration': '该探索',
  'Replaces name, query and sharing of an exploration of your own': '替换您自己的探索的名称、查询和共享设置',
  'Deletes an exploration of your own': '删除您自己的探索',
  'It is gone': '已删除',
  'What goes out and was not taken, dead ones first': '已发出但未被接收的内容，已放弃的在前',
  'The alerts you may see, with the groups you may see': '您可见的提醒及其中可见的分组',
  'The evaluations': '各次评估',
  'The alert as it stands then': '此后该提醒的状态',
  'Rows to leave out first.': '先跳过的行数。',
  'Business date of the figures, 2026-03-31. Absent: that of the moment they are known at.':
    '数字的业务日期，如 2026-03-31。不给则为所知时刻的业务日期。',
  'The figures as an on-time build would have given them then, from what was known: a day (its end, in the time zone of the company) or an instant, 2026-03-31T16:00:00Z. The first question at a moment takes as long as a build. Absent: all that is known.':
    '按当时所知、当时应给出的数字：某日（以公司时区的当日结束为准）或某一时刻，如 2026-03-31T16:00:00Z。首次查询某一时刻需要一次构建的时间。不给则为目前所知的全部。',
  'Goes before the Accept header.': '优先于 Accept 请求头。',
  'CSV, XLSX: headings for people in this language, instead of names.': 'CSV、XLSX：用此语言的标题代替名称。',
  'profit, profit_before_allocation, sales_margin, revenue, cost_of_goods, service_revenue, direct_service_cost, labour_cost, parts_cost, traced_expenses, indirect_cost':
    'profit、profit_before_allocation、sales_margin、revenue、cost_of_goods、service_revenue、direct_service_cost、labour_cost、parts_cost、traced_expenses、indirect_cost 之一',
  'The period before: 2024-07..2025-06, 2025, 2025-03, trailing_12, year_to_date':
    '之前的期间：2024-07..2025-06、2025、2025-03、trailing_12、year_to_date',
  'The period that is explained: 2024-07..2025-06, 2025, 2025-03, trailing_12, year_to_date':
    '要解释的期间：2024-07..2025-06、2025、2025-03、trailing_12、year_to_date',
  'A dimension: customer, product, product_family, crm_class, region':
    '一个维度：customer、product、product_family、crm_class、region',
  'field:operator:value of dimensions, as in a query': '维度的 字段:运算符:值，与查询相同',
  'Tells late records apart: known later than so many days after the end of their period. The first question for a period takes as long as a build. Absent: they are among the other effects.':
    '区分迟到的记录：期间结束若干天之后才得知。首次查询某一期间需要一次构建的时间。不给则计入其他影响。',
  'Parts at most: 20 where absent, at most 1000': '最多部分数：不给则为 20，至多 1000',
  'One metric that months can be told of': '一个可按月说明的指标',
  'A day, which means its end, or an instant: 2026-03-31T16:00:00Z':
    '某日（以当日结束为准）或某一时刻：2026-03-31T16:00:00Z',
  'The metric that was restated': '被重述的指标',
  '2026-03': '月份，如 2026-03',
  'Rows at most: 200 where absent, at most 1000': '最多行数：不给则为 200，至多 1000',

  'The rows. Formats other than JSON, and JSON with a limit above 10000, are streamed, and say in headers what they stand on.':
    '数据行。JSON 以外的格式，以及 limit 大于 10000 的 JSON，以流的方式发送，依据写在应答头中。',
  'Send it back as If-None-Match: 304 while the answer is still the same.': '以 If-None-Match 送回：应答未变时为 304。',
  'Name of the file; formats other than JSON': '文件名；JSON 以外的格式',
  'Version of the warehouse; where the answer is streamed': '数据仓库版本；以流方式发送的应答',
  'Business date of the figures; where the answer is streamed': '数字的业务日期；以流方式发送的应答',
  'What had been recorded by then; where the answer is streamed': '截至何时的记录；以流方式发送的应答',
  'Nothing new was published since the answer with that ETag.': '自该 ETag 的应答以来没有发布新内容。',
  'is = was + volume + mix + rate + rule + late, to the cent, for the whole and for each part':
    'is = was + volume + mix + rate + rule + late，整体与各部分均精确到分',
  'Months that were over then and differ now': '当时已结束而现在不同的月份',
  'New, changed and deleted rows, newest first': '新增、变更和删除的行，最新在前',
  'The catalogue': '目录',
  'The state of the pipelines': '数据流程的状态',
  'The newest 200': '最新的 200 个',
  'Versions, the latest first': '各版本，最新在前',
  'Was, would be': '现值与将来值',
  'NDJSON, a line as soon as something happens: {"progress": …}, at the end {"report": …} or {"problem": …}; {} where nothing happened for a while. The run goes on when the reader leaves.':
    'NDJSON，每有进展即发一行：{"progress": …}，最后为 {"report": …} 或 {"problem": …}；一段时间没有进展则为 {}。读者离开后运行继续。',
  'It answers': '有应答',
  'A JSON-RPC answer; as an event stream for clients of revisions before 2026-07-28':
    'JSON-RPC 应答；对 2026-07-28 之前版本的客户端为事件流',
  'A notification was taken': '已接收通知',
  'A JSON-RPC error: the message cannot be read': 'JSON-RPC 错误：无法读取消息',
  'A JSON-RPC error: see Accept': 'JSON-RPC 错误：见 Accept',
  'The document': '说明文档',
  'Bad Request': '请求有误',
  Unauthorized: '未登录',
  Forbidden: '无权访问',
  'Not Acceptable': '无法提供所要的格式',
  'Payload Too Large': '请求过大',
  'Unsupported Media Type': '请求的格式不可用',
  'Unprocessable Entity': '请求无法处理',
  'Internal Server Error': '服务器内部错误',
  'Service Unavailable': '服务暂不可用',
  'en or zh, by Accept-Language': 'en 或 zh，按 Accept-Language',

  'Business date of the figures': '数字的业务日期',
  'What had been recorded by then': '截至何时的记录',
  'Grows by one with each published run': '每发布一次运行加一',
  'Share of the rows behind each figure that had what it needs; figures that are always complete are absent':
    '每个数字背后的数据行中具备所需内容的比例；始终完整的数字不列出',
  'ISO 8601, UTC': 'ISO 8601，UTC',
  'What each figure stands on: sources of its fields, the oldest reading, days until such records are keyed':
    '每个数字的依据：字段的来源、最早的读取时间、此类记录录入前的天数',
  'The part of the request at fault': '请求中有误的部分',
  'Under this id the fault stands in the log': '日志中此错误的编号',
  'More or less of the same, at the old mix and the old prices': '同样的东西增减，按原结构和原价格',
  'Other items and customers in the same quantity; what is new or has ended': '数量不变而品项和客户不同；新增或终止的',
  'Price, unit cost, hourly cost, cost per request or per unit of a driver':
    '价格、单位成本、小时成本、每次请求或每单位分摊依据的成本',
  'Costs are spread by another driver than in the period before': '费用的分摊依据与前一期间不同',
  'Records that came or changed later than the days of grace': '超过宽限天数才到达或变更的记录',
  'They sum to the whole, effect by effect': '各项影响之和等于整体',
  'What changed most; all of them sum to the whole, effect by effect': '变化最大的部分；全部部分的各项影响之和等于整体',
  'Parts before the limit': '应用上限之前的部分数',
  'The three largest behind each effect': '每项影响背后最大的三个',
  'Before the limit': '应用上限之前',
  'Fields of entities, as tasks.actual_minutes': '实体的字段，如 tasks.actual_minutes',
  'Metrics it is computed from': '由哪些指标计算而来',
  'Dimensions it can be split and filtered by': '可用于分组和筛选的维度',
  'Words of its values, where they are a closed list': '取值为固定列表时，各值的名称',
  'What is wrong as a code with its details, to be said in any language': '问题的代码及细节，可用任何语言表述',
  'Who asked for it; null: the schedule': '由谁发起；null 为定时',
  'What `error` says, one by one': '逐项列出 `error` 的内容',
  'The row as it came: JSON, or the text of a line that is no row': '原样的行：JSON，或不成行的文本',
  'Its fields as they were read; null: the line was left out': '读取后的各字段；null 表示该行被略去',
  'Lines that declared rules mended': '按声明的规则修复的行',
  'Its batch is not loaded until a person accepts it': '其批次在有人接受之前不装载',
  'What differed from the batch before': '与前一批次的不同之处',
  'Earliest day from which a new version may hold': '新版本最早可生效的日期',
  'Its name': '名称',
  'First day of a month, none that is over': '某月第一天，不得是已结束的月份',
  'Weights sum to 1': '权重之和为 1',
  'Of customers who never order from us': '不直接向我方下单的客户',
  'By recorded class, or default': '按登记分类，或 default',
  'As if it had held for twelve months, or from its day on': '如同已生效十二个月，或自其生效日起',
  'Sends again what was not taken': '重新发送未被接收的内容',
  'How many go out again': '重新发送的数量',
  'Their ids; absent: all that are dead': '其编号；不给则为全部已放弃的内容',
  'Save a version of the policy, from the first day of a month on; figures that depend on it are built again':
    '保存一个政策版本，自某月第一天起；受其影响的数字将重新构建',
  'Names of sources; all where absent': '来源名称；不给则为全部',
  'Extract everything again, not what changed': '重新抽取全部，而不只是变化的部分',
  'Read a part of the past again, of the feeds that `only` names: from, and up to but without':
    '对 `only` 所列的数据流重读过去的一段：起点（含）与终点（不含）',
  'Sources, feeds or batches whose waiting batches are loaded although they look wrong':
    '来源、数据流或批次：其等待中的批次虽有可疑仍予装载',
  'A rejected row with corrected values': '带更正值的被拒行',
  'Values by column of the source': '按来源列给出的值',
  'Set the class of a customer until a day, or end that; figures that depend on it are built again':
    '设定客户的分类至某日，或予以终止；受其影响的数字将重新构建',
  'VIP, key, regular, watch or new; absent: what was set is ended':
    'VIP、key、regular、watch 或 new；不给则终止已设定的分类',
  'Last day on which it holds, later than the business date': '生效的最后一天，须晚于业务日期',
  'Why; must be given': '原因；必填',
  'Take a batch out of all figures, or back in; everything is then built again from landing':
    '将一个批次移出或移回所有数字；随后从落地区全部重新构建',
  'What sales decides of a lead, or of a deal that service may have brought; reads nothing else':
    '销售对线索或对可能由服务带来的交易的决定；不读取其他内容',
  'What a converted lead was turned into': '线索转化成了什么',
  'empty: no run has been published yet': 'empty：尚未发布任何运行',
}
