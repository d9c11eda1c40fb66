import type { Value } from '../../data/values.ts'
import { ROW_KIND, type Catalogue, type Column } from '../../models/metrics/metric.ts'
import { labelOf } from '../queries/side.ts'
import type { OpenAnswer } from '../queries/queries.ts'
import type { Words } from '../../entities/entity.ts'

export type Language = 'en' | 'zh'

export interface Wording {
  readonly catalogue: Catalogue
  /** Headings and values in this language, for people; absent: the names of the API, for programs. */
  readonly lang: Language | undefined
}

type Columns = OpenAnswer['columns']

/** The headings of the columns. */
export function headingsOf(columns: Columns, { catalogue, lang }: Wording): string[] {
  return columns.map((column) => (lang === undefined ? column.name : heading(column, { catalogue, lang, columns })))
}

/** What stands for a value of a column: the words of a closed list, else the value. */
export function wordingOf(columns: Columns, { catalogue, lang }: Wording): (name: string, value: Value) => Value {
  const said = new Map(
    lang === undefined ? [] : columns.map(({ name }) => [name, wordsOf(name, { catalogue, lang, columns })] as const),
  )
  return (name, value) =>
    said.get(name)?.get(typeof value === 'boolean' ? String(value) : typeof value === 'string' ? value : '') ?? value
}

interface Naming {
  readonly catalogue: Catalogue
  readonly lang: Language
  readonly columns: Columns
}

/** What stands beside a metric that is compared. */
const COMPARED: Readonly<Partial<Record<Column['kind'], Words>>> = {
  compared: { en: ', compared', zh: '（对比值）' },
  difference: { en: ', difference', zh: '（差额）' },
  relative: { en: ', relative difference', zh: '（差额比例）' },
}
const ROW: Words = { en: 'Row', zh: '行类型' }
const ROWS: Readonly<Record<string, Words>> = {
  group: { en: 'Group', zh: '分组' },
  rest: { en: 'Rest', zh: '其余' },
  total: { en: 'Total', zh: '合计' },
}

/** A dimension that is shown with its words has its id in a column of its own. */
function heading({ name, kind, metric = name }: Column, { catalogue, lang, columns }: Naming): string {
  if (kind === 'row_kind') return ROW[lang]
  if (kind !== 'dimension' && kind !== 'label')
    return (catalogue.metrics[metric]?.words[lang] ?? metric) + (COMPARED[kind]?.[lang] ?? '')
  const dimension = columns.find((each) => each.kind === 'dimension' && labelOf(each.name) === name)?.name ?? name
  const words = catalogue.dimensions[dimension]?.words[lang] ?? name
  const isId = kind === 'dimension' && columns.some((each) => each.name === labelOf(name))
  return isId ? `${words}${lang === 'zh' ? '编号' : ' ID'}` : words
}

/** What people read for the values of a closed list; where a label stands beside them, the label has it. */
function wordsOf(name: string, { catalogue, lang, columns }: Naming): ReadonlyMap<string, string> {
  const isId = columns.some((each) => each.name === labelOf(name))
  const dimension = columns.find((each) => each.kind === 'dimension' && labelOf(each.name) === name)?.name ?? name
  const values = name === ROW_KIND ? ROWS : isId ? {} : (catalogue.dimensions[dimension]?.values ?? {})
  return new Map(Object.entries(values).map(([value, words]) => [value, words[lang]]))
}
