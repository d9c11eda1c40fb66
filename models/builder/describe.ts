import { contractOf, isEntityName, sourceColumns } from '../../entities/entities.ts'
import type { Graph, PlannedModel, Tables } from './model.ts'

/** What a column of a table means, and whether that column alone is the table's grain. */
type Meaning = { readonly about: string; readonly isKey: boolean }

/** Gives every column its meaning: the header's words, else those of the column of the same name upstream. */
export function describeColumns(models: readonly PlannedModel[], known: Tables): Graph {
  const meanings = new Map<string, ReadonlyMap<string, Meaning>>()
  for (const table of Object.keys(known)) meanings.set(table, contractMeanings(table))
  const undocumented: string[] = []
  const described = models.map((model) => {
    const own = new Map<string, Meaning>()
    for (const column of Object.keys(model.columnTypes)) {
      const about = model.columns[column] ?? inherited(column, model, meanings)
      if (about === undefined) undocumented.push(`${model.name}.${column}`)
      else own.set(column, { about, isKey: model.grain.length === 1 && model.grain[0] === column })
    }
    meanings.set(model.name, own)
    return { ...model, abouts: Object.fromEntries([...own].map(([column, { about }]) => [column, about])) }
  })
  return { models: described, known, undocumented }
}

/** The words of the column upstream. Where they differ: of the table whose key it is, else the most common ones. */
function inherited(
  column: string,
  model: PlannedModel,
  meanings: ReadonlyMap<string, ReadonlyMap<string, Meaning>>,
): string | undefined {
  const found = model.upstream.flatMap((name) => meanings.get(name)?.get(column) ?? [])
  const key = found.find(({ isKey }) => isKey)
  if (key) return key.about
  const votes = Map.groupBy(found, ({ about }) => about)
  return [...votes].toSorted((one, other) => other[1].length - one[1].length)[0]?.[0]
}

/** Columns of raw and history tables mean what the contract of their entity says. */
function contractMeanings(table: string): ReadonlyMap<string, Meaning> {
  const [schema, entity = ''] = table.split('.')
  if ((schema !== 'raw' && schema !== 'history') || !isEntityName(entity)) return new Map()
  const { key, words } = contractOf(entity)
  const columns = Object.entries(sourceColumns(entity)).map(([name, column]): [string, Meaning] => [
    name,
    { about: column.about ?? `${column.words.en}.`, isKey: key.length === 1 && key[0] === name },
  ])
  const source = { about: `The source that gave the row of ${words.en.toLowerCase()}.`, isKey: false }
  return new Map([...columns, ['source', source]])
}
