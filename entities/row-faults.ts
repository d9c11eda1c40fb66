import type { Words } from './entity.ts'

/** Why a row or a line of a source did not get in, and what to do: without a full stop at the end of the reason. */
export interface RowFaultWords {
  readonly reason: Words
  readonly remedy: Words
}

const NUMBERS = {
  en: "Numbers are read with '{decimal}' before decimals[ and '{thousands}' between thousands]: set `decimal` and `thousands`, or add the word to `nulls` where it means nothing",
  zh: '数字的小数点为“{decimal}”[，千位分隔符为“{thousands}”]：请设置 `decimal` 和 `thousands`；若该词表示空值，请加入 `nulls`',
} as const
const TOO_LARGE = {
  en: 'Correct the value in the source, or add the word to `nulls` where it means nothing',
  zh: '请在数据源中更正该值；若该词表示空值，请加入 `nulls`',
} as const
const OBJECTS = {
  en: 'Write one JSON object on each line, in UTF-8.',
  zh: '请每行写一个 JSON 对象，使用 UTF-8 编码。',
} as const
const AGAIN = { en: 'Export the file again.', zh: '请重新导出该文件。' } as const

/** Every fault of a row or a line. `{column}` and `{value}` are those of the reject; a remedy never shows the value. */
export const rowFaults = {
  expression_fails: {
    reason: { en: 'the expression fails on this row', zh: '表达式在此行计算失败' },
    remedy: {
      en: 'Mend the row in the source, or the expression: {expression}',
      zh: '请在数据源中修正此行，或修正表达式：{expression}',
    },
  },
  condition_fails: {
    reason: { en: 'the condition `where` fails on this row', zh: '条件 `where` 在此行计算失败' },
    remedy: {
      en: 'Mend the row in the source, or the condition: {expression}',
      zh: '请在数据源中修正此行，或修正条件：{expression}',
    },
  },
  header_again: {
    reason: { en: 'the row repeats the names of the columns', zh: '此行重复了列名' },
    remedy: {
      en: "Declare 'repeated_header' in `recover`, or leave such rows out with `where`",
      zh: "请在 `recover` 中声明 'repeated_header'，或用 `where` 排除这样的行",
    },
  },
  word_not_translated: {
    reason: { en: "'{value}' is not a word that `values` translates", zh: '“{value}”不在 `values` 的翻译表中' },
    remedy: {
      en: 'Add it to `values`[ as one of {valid}], or say what `otherwise` stands for all others',
      zh: '请把它加入 `values`[，对应为 {valid} 之一]，或用 `otherwise` 指定其余的词对应什么',
    },
  },
  not_integer: { reason: { en: "'{value}' is not a whole number", zh: '“{value}”不是整数' }, remedy: NUMBERS },
  not_number: { reason: { en: "'{value}' is not a number", zh: '“{value}”不是数字' }, remedy: NUMBERS },
  not_money: { reason: { en: "'{value}' is not an amount of money", zh: '“{value}”不是金额' }, remedy: NUMBERS },
  not_rate: { reason: { en: "'{value}' is not a price or rate", zh: '“{value}”不是单价或费率' }, remedy: NUMBERS },
  too_large_integer: {
    reason: { en: "'{value}' is too large for a whole number", zh: '“{value}”超出整数的范围' },
    remedy: TOO_LARGE,
  },
  too_large_money: {
    reason: { en: "'{value}' is too large for an amount of money", zh: '“{value}”超出金额的范围' },
    remedy: TOO_LARGE,
  },
  too_large_rate: {
    reason: { en: "'{value}' is too large for a price or rate", zh: '“{value}”超出单价或费率的范围' },
    remedy: TOO_LARGE,
  },
  not_boolean: {
    reason: { en: "'{value}' is not true or false", zh: '“{value}”不表示是或否' },
    remedy: {
      en: 'Valid are true/false, t/f, yes/no, y/n, 1/0 and 是/否; translate other words with `values`',
      zh: '可用 true/false、t/f、yes/no、y/n、1/0 和 是/否；其他词请用 `values` 翻译',
    },
  },
  not_day: {
    reason: { en: "'{value}' is not a day", zh: '“{value}”不是日期' },
    remedy: {
      en: 'Valid are ISO 8601 (2024-12-31 08:30:00)[, {layouts}]; add a layout to `dates`, or the word to `nulls` where it means nothing',
      zh: '可用 ISO 8601 格式（2024-12-31 08:30:00）[、{layouts}]；请在 `dates` 中增加格式；若该词表示空值，请加入 `nulls`',
    },
  },
  not_instant: {
    reason: { en: "'{value}' is not an instant", zh: '“{value}”不是时间' },
    remedy: {
      en: 'Valid are ISO 8601 (2024-12-31 08:30:00)[, {layouts}] in {zone}; add a layout to `dates`, or the word to `nulls` where it means nothing',
      zh: '可用 ISO 8601 格式（2024-12-31 08:30:00）[、{layouts}]，时区为 {zone}；请在 `dates` 中增加格式；若该词表示空值，请加入 `nulls`',
    },
  },
  not_allowed: {
    reason: { en: "'{value}' is not one of {valid}", zh: '“{value}”不是以下值之一：{valid}' },
    remedy: {
      en: "Translate it with `values` in the mapping of {column}, e.g. values: { '…': '{example}' }",
      zh: "请在 {column} 的映射中用 `values` 翻译，例如 values: { '…': '{example}' }",
    },
  },
  required: {
    reason: { en: 'nothing was entered, and it is required', zh: '必填项，但没有填写' },
    remedy: {
      en: "Fill {column} in the source, or map it to an expression that always has a value, e.g. coalesce(…, 'unknown')",
      zh: "请在数据源中填写 {column}，或把它映射为总有值的表达式，例如 coalesce(…, 'unknown')",
    },
  },
  superseded: {
    reason: {
      en: 'superseded in the same batch: a later line has the same key and other contents',
      zh: '被同一批次中后面的行取代：该行的键相同而内容不同',
    },
    remedy: {
      en: 'Give each row a key of its own, or name the column that tells versions apart as version of the feed.',
      zh: '请为每行设置唯一的键，或把区分版本的列设为该数据流的 version。',
    },
  },
  owned_elsewhere: {
    reason: {
      en: 'another source that stands earlier in the configuration owns this key',
      zh: '该键属于配置中排在前面的另一个数据源',
    },
    remedy: {
      en: 'Leave the row out with where, give it a key of its own, or change the order of the sources.',
      zh: '请用 where 排除此行，或为它设置另外的键，或调整数据源的顺序。',
    },
  },
  quote_open: {
    reason: {
      en: 'a quote is opened and not closed before the next field',
      zh: '引号打开后，到下一个字段之前没有关闭',
    },
    remedy: {
      en: 'Double the quotes inside a quoted field, or set `quote` and `escape` to what the file uses.',
      zh: '请把带引号字段中的引号写两遍，或把 `quote` 和 `escape` 设为文件所用的符号。',
    },
  },
  record_open: {
    reason: {
      en: "the record does not end in '{mark}'",
      zh: '该记录没有以“{mark}”结尾',
    },
    remedy: {
      en: 'Set `lineEnd` to what ends the records of this file, or export it again if it was cut off.',
      zh: '请把 `lineEnd` 设为该文件中记录的结尾符；若文件不完整，请重新导出。',
    },
  },
  not_utf8: {
    reason: { en: 'the text is not UTF-8', zh: '文本不是 UTF-8 编码' },
    remedy: {
      en: "Set `encoding` to what the file is written in[; it looks like '{likely}'], or export it as UTF-8.",
      zh: '请把 `encoding` 设为文件的编码[，看起来是“{likely}”]，或以 UTF-8 编码导出该文件。',
    },
  },
  not_encoded: {
    reason: { en: 'some bytes of the line are no text in {encoding}', zh: '该行有字节不是 {encoding} 编码的文本' },
    remedy: {
      en: 'Set `encoding` to what the file is written in, or correct the line in the source.',
      zh: '请把 `encoding` 设为文件的实际编码，或在数据源中修正此行。',
    },
  },
  cell_error: {
    reason: { en: "cell {cell} holds the error '{found}'", zh: '单元格 {cell} 为错误值“{found}”' },
    remedy: {
      en: "Correct the formula, or add '{found}' to `nulls` where it means nothing.",
      zh: '请修正公式；若该值表示空值，请把“{found}”加入 `nulls`。',
    },
  },
  not_workbook: {
    reason: { en: 'the workbook cannot be read: {message}', zh: '无法读取该工作簿（{message}）' },
    remedy: {
      en: 'Save it without a password as .xlsx, or export the sheet as CSV.',
      zh: '请去掉密码并另存为 .xlsx，或把工作表导出为 CSV。',
    },
  },
  no_sheet: {
    reason: { en: "there is no sheet '{sheet}'", zh: '没有工作表“{sheet}”' },
    remedy: { en: 'Set `sheet` to one of {sheets}.', zh: '请把 `sheet` 设为以下之一：{sheets}。' },
  },
  workbook_too_large: {
    reason: {
      en: 'the workbook has {megabytes} MB, more than {most} MB',
      zh: '该工作簿有 {megabytes} MB，超过 {most} MB',
    },
    remedy: {
      en: 'Export the sheet as CSV, which may have any size.',
      zh: '请把工作表导出为 CSV，CSV 不限大小。',
    },
  },
  field_count: {
    reason: { en: 'the line has {fields} fields instead of {width}', zh: '该行有 {fields} 个字段，应为 {width} 个' },
    remedy: {
      en: 'Quote fields that hold the delimiter, or set `delimiter` and `quote` to what the file uses.[ The rule {rule} in `recover` would mend this line.]',
      zh: '请给含有分隔符的字段加引号，或把 `delimiter` 和 `quote` 设为文件所用的符号。[在 `recover` 中声明规则 {rule} 可修复此行。]',
    },
  },
  no_header: {
    reason: {
      en: 'the first line, which should name the columns, is no CSV',
      zh: '第一行应为列名，但它不是有效的 CSV',
    },
    remedy: {
      en: 'Set `quote` to what the file uses, or export it again.',
      zh: '请把 `quote` 设为文件所用的符号，或重新导出。',
    },
  },
  damaged: {
    reason: {
      en: 'the compressed file is damaged in line {line}: {message}',
      zh: '压缩文件在第 {line} 行损坏：{message}',
    },
    remedy: { en: 'Fetch or export the file again.', zh: '请重新取得或导出该文件。' },
  },
  not_parquet: {
    reason: { en: 'the file is no Parquet: {message}', zh: '该文件不是 Parquet：{message}' },
    remedy: AGAIN,
  },
  not_json: { reason: { en: 'the line is no JSON: {message}', zh: '该行不是 JSON：{message}' }, remedy: OBJECTS },
  not_object: { reason: { en: 'the line is no JSON object', zh: '该行不是 JSON 对象' }, remedy: OBJECTS },
  beyond_range: {
    reason: { en: "'{found}' in {field} is beyond what can be kept", zh: '{field} 中的“{found}”超出可保存的范围' },
    remedy: {
      en: 'Correct the value in the source: years lie between 1 and 9999, and a number is a number.',
      zh: '请在数据源中更正该值：年份在 1 到 9999 之间，数字必须是数字。',
    },
  },
} as const satisfies Readonly<Record<string, RowFaultWords>>
