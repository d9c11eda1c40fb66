import { join } from 'node:path'
import { metrics } from '../metrics/catalogue.ts'
import { entitiesDocument, metricsDocument, modelsDocument } from './documents.ts'
import type { Graph } from './model.ts'
import { planModels } from './plan.ts'
import { readModels } from './read.ts'
import { generateRules } from './rules.ts'
import { generateSchema } from './schema.ts'
import { withScratch } from './scratch.ts'

/** The graph of the models below `root`/models, planned on a scratch database. */
export async function planProject(root: string): Promise<Graph> {
  const models = await readModels(join(root, 'models'))
  return withScratch((scratch) => planModels(scratch.session, models, scratch.known))
}

/** Every generated file as it should be today, paths relative to `root`. */
export async function generateAll(root: string): Promise<{ path: string; text: string }[]> {
  const graph = await planProject(root)
  return [
    { path: 'models/schema.generated.ts', text: generateSchema(graph) },
    { path: 'models/rules.generated.ts', text: generateRules(graph) },
    { path: 'docs/entities.md', text: entitiesDocument() },
    { path: 'docs/models.md', text: modelsDocument(graph) },
    { path: 'docs/metrics.md', text: metricsDocument(metrics) },
  ]
}
