import type { Words } from './entity.ts'

/** Why a run, a feed or a source failed, and what to do. `{message}` is what another system said, in its own words. */
export const runFaults = {
  run_under_way: {
    en: 'a run is under way already; wait until it has ended, then run again',
    zh: '已有运行正在进行；请等它结束后再运行',
  },
  interrupted: {
    en: 'the process ended before the run did; nothing of it was published, and what it had extracted is loaded by the next run',
    zh: '进程在运行完成之前结束；本次没有发布任何内容，已提取的数据由下一次运行装入',
  },
  stopped: {
    en: 'the run was stopped; nothing of it was published: {message}',
    zh: '运行被停止，本次没有发布任何内容（{message}）',
  },
  unexpected: { en: '{message}', zh: '运行出错，程序报告：{message}' },
  model_failed: { en: '{message}', zh: '模型无法计算，请交给分析人员处理：{message}' },
  audit_failed: {
    en: '1 audit of severity error found rows at fault; nothing was published:\n{found}',
    zh: '1 项不通过就不发布的检查发现问题行，本次没有发布：\n{found}',
  },
  audits_failed: {
    en: '{count} audits of severity error found rows at fault; nothing was published:\n{found}',
    zh: '{count} 项不通过就不发布的检查发现问题行，本次没有发布：\n{found}',
  },
  audit_found_row: {
    en: '{model}: {audit}: 1 row at fault[, e.g. {examples}]',
    zh: '{model}：{audit}：1 行有问题[，例如 {examples}]',
  },
  audit_found_rows: {
    en: '{model}: {audit}: {rows} rows at fault[, e.g. {examples}]',
    zh: '{model}：{audit}：{rows} 行有问题[，例如 {examples}]',
  },
  folder_missing: {
    en: '{source}: the folder {folder} is not there. Set `folder` of the source to one that is.',
    zh: '{source}：文件夹 {folder} 不存在。请把该数据源的 `folder` 设为存在的文件夹。',
  },
  no_file_matches: {
    en: "{source}: no file below {folder} matches {pattern}. Set `from` of the feed to a glob that finds its files, e.g. '**/*.csv'.",
    zh: "{source}：{folder} 下没有文件匹配 {pattern}。请把该数据流的 `from` 设为能找到文件的通配符，例如 '**/*.csv'。",
  },
  file_unreadable: {
    en: '{source}: {file} cannot be read: {message}. Check that it is there and may be read.',
    zh: '{source}：无法读取 {file}（{message}）。请确认文件存在并有读取权限。',
  },
  file_changing: {
    en: '{source}: {file} changed while it was read, and what is missing from half a file would be deleted. Try again when it is written; best is to write it under another name and rename it.',
    zh: '{source}：{file} 在读取过程中被改动，按不完整的文件处理会误删数据。请待文件写完后重试；最好先以其他文件名写好再改名。',
  },
  feed_unreadable: {
    en: '{source}: {from} cannot be read: {message}',
    zh: '{source}：无法读取 {from}，程序报告：{message}',
  },
  sqlite_unopenable: {
    en: '{source}: SQLite file {file} cannot be opened: {message}. Check that the file is there, may be read, and is a SQLite database.',
    zh: '{source}：无法打开 SQLite 文件 {file}（{message}）。请确认文件存在、可以读取，并且是 SQLite 数据库。',
  },
  sqlite_unreadable: {
    en: '{source}: {from} cannot be read: {message}. Check that no other program rewrites the file, then run again.',
    zh: '{source}：无法读取 {from}（{message}）。请确认没有其他程序正在改写该文件，然后再运行。',
  },
  sqlite_table_missing: {
    en: "{source}: there is no table '{table}' in {file}.[ Did you mean '{near}'?] It has {tables}.",
    zh: '{source}：{file} 中没有表“{table}”。[是否指“{near}”？]其中的表有：{tables}。',
  },
  table_missing: {
    en: "{source}: there is no table '{table}' that this user may see.[ Did you mean '{near}'?] There are {tables}.",
    zh: '{source}：没有该用户可见的表“{table}”。[是否指“{near}”？]现有的表：{tables}。',
  },
  cursor_missing: {
    en: "{source}: {from} has no column '{column}' to follow changes by.[ Did you mean '{near}'?]",
    zh: '{source}：{from} 没有用来跟踪变化的列“{column}”。[是否指“{near}”？]',
  },
  rows_not_kept: {
    en: '{source}: rows of {from} could not be kept: {message}',
    zh: '{source}：{from} 的行无法保存，程序报告：{message}',
  },
  database_password: {
    en: '{source}: {system}: {message}. Check user and password in the connection URL.',
    zh: '{source}：{system} 不接受用户名或密码（{message}）。请检查连接地址中的用户名和密码。',
  },
  database_refuses_user: {
    en: '{source}: {system}: {message}. Check that the server lets this user in from here.',
    zh: '{source}：{system} 拒绝该用户登录（{message}）。请确认服务器允许该用户从这里连接。',
  },
  database_missing: {
    en: '{source}: {system}: {message}. Check the name of the database in the connection URL.',
    zh: '{source}：{system} 没有这个数据库（{message}）。请检查连接地址中的数据库名。',
  },
  database_no_permission: {
    en: '{source}: {system}: {message}. Grant the user SELECT on the table.',
    zh: '{source}：{system} 不允许该用户读取（{message}）。请授予该用户对此表的 SELECT 权限。',
  },
  database_full: {
    en: '{source}: {system}: {message}. The server has no connection left; it is tried again.',
    zh: '{source}：{system} 的连接数已满（{message}）。稍后自动重试。',
  },
  database_no_host: {
    en: '{source}: {system}: {message}. Check the host in the connection URL.',
    zh: '{source}：找不到 {system} 主机（{message}）。请检查连接地址中的主机名。',
  },
  database_no_answer: {
    en: '{source}: {system}: {message}. Check that the server runs and the port is right.',
    zh: '{source}：{system} 拒绝连接（{message}）。请确认服务器正在运行，端口正确。',
  },
  database_lost: {
    en: '{source}: {system}: {message}. Check that the server runs and can be reached; it is tried again.',
    zh: '{source}：与 {system} 的连接中断（{message}）。请确认服务器正在运行并且可以访问；稍后自动重试。',
  },
  database_failed: {
    en: '{source}: {system}: {message}. Valid is {example}. Check the connection URL and the table.',
    zh: '{source}：{system} 报告错误（{message}）。有效的地址形如 {example}。请检查连接地址和表。',
  },
  http_no_answer: {
    en: '{source}: {address} does not answer: {message}. Check the address and that the server can be reached; it is tried again.',
    zh: '{source}：{address} 没有应答（{message}）。请检查地址并确认可以访问该服务器；稍后自动重试。',
  },
  http_timeout: {
    en: '{source}: {address} did not answer within {seconds} seconds. It is tried again; `timeoutSeconds` of the source waits longer, a smaller page answers sooner.',
    zh: '{source}：{address} 在 {seconds} 秒内没有应答。稍后自动重试；可调大该数据源的 `timeoutSeconds`，或减小每页条数。',
  },
  http_status: {
    en: "{source}: {address} answered {status}[: '{words}']. {remedy}",
    zh: '{source}：{address} 返回 {status}[：“{words}”]。{remedy}',
  },
  http_not_json: {
    en: "{source}: {address} answered no JSON but {type}[: '{words}']. Check the address: a page for people, or of a sign-in, is no data.",
    zh: '{source}：{address} 返回的不是 JSON，而是 {type}[：“{words}”]。请检查地址：给人看的页面或登录页面不是数据。',
  },
  http_cut: {
    en: '{source}: the answer of {address} is cut off: {message}. It is tried again.',
    zh: '{source}：{address} 的应答不完整（{message}）。稍后自动重试。',
  },
  http_no_records: {
    en: "{source}: the answer of {address} has no list at '{path}'. It has {names}. Set `records` of the feed.",
    zh: '{source}：{address} 的应答在“{path}”处没有列表，只有：{names}。请设置该数据流的 `records`。',
  },
  http_loop: {
    en: "{source}: {address} gives the same page again and again ('{value}'). Check `paging` of the feed.",
    zh: '{source}：{address} 反复给出同一页（“{value}”）。请检查该数据流的 `paging`。',
  },
  http_short: {
    en: '{source}: {address} says that it has {total} records and gave {found}. Nothing was kept; it is tried again.',
    zh: '{source}：{address} 声明共有 {total} 条记录，却只给出 {found} 条。没有保留任何内容；稍后自动重试。',
  },
  http_too_large: {
    en: '{source}: an answer of {address} is larger than {megabytes} MB. Ask for smaller pages with `paging` of the feed.',
    zh: '{source}：{address} 的一次应答超过 {megabytes} MB。请用该数据流的 `paging` 减小每页条数。',
  },
  http_token: {
    en: '{source}: the address of tokens {address} gave none: {message}. Check `tokenUrl`, `clientId` and `clientSecret`.',
    zh: '{source}：令牌地址 {address} 没有给出令牌（{message}）。请检查 `tokenUrl`、`clientId` 和 `clientSecret`。',
  },
  mapping_unfit: {
    en: '{entity}: the mapping does not fit what {from} of {source} has:\n{problems}[\n  If they are gone for good, load it without them: run --accept {accept}]',
    zh: '{entity}：映射与 {source} 的 {from} 不符：\n{problems}[\n  若这些列已永久取消，可不带这些列装入：run --accept {accept}]',
  },
  too_many_rejects: {
    en: '{entity}: {rejected} of {of} rows of {from} from {source} do not fit ({share}), more than the {limit} that rejectShare allows; none was loaded. Run "check" for the reasons, mend the mapping or the source and run again, or raise rejectShare of the feed.',
    zh: '{entity}：{source} 的 {from} 共 {of} 行，其中 {rejected} 行不符合要求（{share}），超过 rejectShare 允许的 {limit}，因此一行也没有装入。请运行 check 查看原因，修正映射或数据源后再运行，或调高该数据流的 rejectShare。',
  },
  empty_reading: {
    en: '{entity}: {from} of {source} has no rows, where {standing} are loaded; none was deleted. If it really is empty, run it once with --full; else mend the source.',
    zh: '{entity}：{source} 的 {from} 没有任何行，而已装入 {standing} 行；没有删除任何行。若它确实为空，请用 --full 运行一次；否则请修复数据源。',
  },
  batch_unreadable: {
    en: '{entity}: the batch of {from} from {source} cannot be read: {file} is gone or no Parquet file. Restore it from a backup, or move it and its manifest away to leave its rows out.',
    zh: '{entity}：无法读取 {source} 的 {from} 批次，{file} 已不存在或不是 Parquet 文件。请从备份恢复，或把它和清单一起移走，不装入其中的行。',
  },
  mapping_column_unknown: {
    en: '{place}: {entity} has no column "{column}".[ Did you mean "{near}"?] It has {columns}.',
    zh: '{place}：{entity} 没有列“{column}”。[是否指“{near}”？]它的列有：{columns}。',
  },
  mapping_unfilled: {
    en: '{place}: "{column}" is required and nothing is mapped to it. Map it to a column or an expression of the source.',
    zh: '{place}：“{column}”是必填列，却没有映射。请把它映射到数据源的列或表达式。',
  },
  mapping_word: {
    en: '{place}: `values` translates into \'{word}\', which "{column}" does not allow. It allows {valid}.',
    zh: '{place}：`values` 翻译成“{word}”，而“{column}”不允许。允许的值：{valid}。',
  },
  mapping_missing: {
    en: "{place}: there is no column '{missing}'[ in {expression}].[ Did you mean '{near}'?] The source has {columns}.",
    zh: '{place}：数据源没有列“{missing}”[（见 {expression}）]。[是否指“{near}”？]数据源的列有：{columns}。',
  },
  mapping_empty: {
    en: "{place}: there is no column '{missing}': the source has no columns. Is it an empty file? Export it again with its header, or list the names as `header`.",
    zh: '{place}：没有列“{missing}”，数据源没有任何列。是空文件吗？请连同表头重新导出，或用 `header` 列出列名。',
  },
  mapping_expression: {
    en: '{place}: {message} in {expression}.',
    zh: '{place}：表达式 {expression} 不能使用（{message}）。',
  },
  batch_held: {
    en: '{entity}: {from} of {source} gave {after} where it gave {before} before. The figures keep the rows they have. If that is right: run --accept {accept}; else mend the source.',
    zh: '{entity}：{source} 的 {from} 这次给出 {after}，而上次为 {before}。数字仍用已有的行。若确实如此，请运行 run --accept {accept}；否则请修复数据源。',
  },
  no_rows: { en: 'no rows', zh: '没有行' },
  batch_breaks: {
    en: '{entity}: the batch of {from} from {source} does not load: {message}. It stays in landing; mend the mapping and run again.',
    zh: '{entity}：{source} 的 {from} 批次无法装入（{message}）。它留在落地区；请修正映射后再运行。',
  },
  manifest_unreadable: {
    en: 'landing: {file} cannot be read as a manifest; restore it from a backup, or move it and its Parquet file away to leave its rows out',
    zh: '落地区：无法把 {file} 作为清单读取；请从备份恢复，或把它和对应的 Parquet 文件移走，不装入其中的行',
  },
} as const satisfies Readonly<Record<string, Words>>
