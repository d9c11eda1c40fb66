import type { Value } from '../../data/values.ts'
import type { Catalogue } from '../../models/metrics/metric.ts'
import { labelOf } from '../queries/compile.ts'
import type { OpenAnswer } from '../queries/queries.ts'

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

/** A dimension that is shown with its words has its id in a column of its own. */
function heading({ name, kind }: OpenAnswer['columns'][number], { catalogue, lang, columns }: Naming): string {
  if (kind === 'metric') return catalogue.metrics[name]?.words[lang] ?? name
  const dimension = columns.find((each) => each.kind === 'dimension' && labelOf(each.name) === name)?.name ?? name
  const words = catalogue.dimensions[dimension]?.words[lang] ?? name
  const isId = kind === 'dimension' && columns.some((each) => each.name === labelOf(name))
  return isId ? `${words}${lang === 'zh' ? '编号' : ' ID'}` : words
}

/** What people read for the values of a closed list; where a label stands beside them, the label has it. */
function wordsOf(name: string, { catalogue, lang, columns }: Naming): ReadonlyMap<string, string> {
  const isId = columns.some((each) => each.name === labelOf(name))
  const dimension = columns.find((each) => each.kind === 'dimension' && labelOf(each.name) === name)?.name ?? name
  const values = isId ? {} : (catalogue.dimensions[dimension]?.values ?? {})
  return new Map(Object.entries(values).map(([value, words]) => [value, words[lang]]))
}
