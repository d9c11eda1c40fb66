import { entities, isEntityName, sourceColumns } from '../../entities/entities.ts'
import type { Graph, PlannedModel, Tables } from './model.ts'

/** Gives every column its meaning: the header's words, else those of the column of the same name upstream. */
export function describeColumns(models: readonly PlannedModel[], known: Tables): Graph {
  const meanings = new Map<string, Readonly<Record<string, string>>>()
  for (const table of Object.keys(known)) meanings.set(table, contractWords(table))
  const undocumented: string[] = []
  const described = models.map((model) => {
    const inherited = Object.assign({}, ...model.upstream.map((name) => meanings.get(name) ?? {})) as Record<string, string>
    const abouts: Record<string, string> = {}
    for (const column of Object.keys(model.columnTypes)) {
      const about = model.columns[column] ?? inherited[column]
      if (about === undefined) undocumented.push(`${model.name}.${column}`)
      else abouts[column] = about
    }
    meanings.set(model.name, abouts)
    return { ...model, abouts }
  })
  return { models: described, known, undocumented }
}

/** Columns of raw and history tables mean what the contract of their entity says. */
function contractWords(table: string): Record<string, string> {
  const [schema, entity = ''] = table.split('.')
  if ((schema !== 'raw' && schema !== 'history') || !isEntityName(entity)) return {}
  const words = Object.entries(sourceColumns(entity)).map(([name, column]): [string, string] => [name, column.about ?? `${column.words.en}.`])
  return { ...Object.fromEntries(words), source: `The source that gave the row of ${entities[entity].words.en.toLowerCase()}.` }
}
