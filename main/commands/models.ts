import { writeFile } from 'node:fs/promises'
import { modelDocument, modelsDocument } from '../../models/builder/documents.ts'
import { generateAll, planProject } from '../../models/builder/generate.ts'
import { lineageText, modelColumns } from '../../models/builder/lineage.ts'
import { nearest } from '../../models/builder/nearest.ts'
import { lineagePicture } from '../../models/builder/picture.ts'
import { RequestError } from '../../errors.ts'
import { textTable } from '../../terminal.ts'
import { root } from '../system.ts'
import { writeOut } from '../write-out.ts'
import { resolve } from 'node:path'

export interface ModelsFlags {
  readonly columns?: boolean
  readonly docs?: boolean
  readonly picture?: string
  readonly json?: boolean
}

/** `trueworth models`: the graph as text or picture, the columns, or all that is written, of all models or of one. */
export async function modelsCommand(model: string | undefined, flags: ModelsFlags): Promise<number> {
  const graph = await planProject(root)
  const names = graph.models.map(({ name }) => name)
  if (model !== undefined && !names.includes(model)) {
    const near = nearest(model, names)
    const guess = near === undefined ? '' : ` Did you mean '${near}'?`
    throw new RequestError(`there is no model ${model}.${guess} There are ${names.toSorted().join(', ')}.`, {
      field: 'model',
    })
  }
  if (flags.picture !== undefined) {
    await writeOut(flags.picture, lineagePicture(graph))
    return 0
  }
  if (flags.docs) {
    console.log(model === undefined ? modelsDocument(graph) : modelDocument(graph, model))
    return 0
  }
  if (flags.columns) {
    const columns = modelColumns(graph, model)
    if (flags.json) console.log(JSON.stringify(columns, null, 2))
    else
      console.log(
        textTable(
          ['model', 'column', 'type', 'about'],
          columns.map((one) => [one.model, one.column, one.type, one.about]),
        ),
      )
    return 0
  }
  if (flags.json)
    console.log(
      JSON.stringify(
        graph.models.map(({ name, upstream, grain }) => ({ name, upstream, grain })),
        null,
        2,
      ),
    )
  else console.log(lineageText(graph, model === undefined ? {} : { of: model }))
  return 0
}

/** `trueworth generate`: query types and documents that follow from contracts, models and metrics. */
export async function generateCommand(): Promise<number> {
  for (const { path, text } of await generateAll(root)) {
    await writeFile(resolve(root, path), text)
    console.log(path)
  }
  return 0
}
