import { explained } from '../models/metrics/change.ts'
import type { Sees } from '../models/metrics/sight.ts'
import type { Asking, Block, PageDefinition, TableBlock } from './page.ts'
import { restatable } from './pages/restatements.ts'

/** A page with what its reader may see: what stands on anything hidden is left out. Undefined: nothing is left. */
export function allowedPart(definition: PageDefinition, sight: Sees): PageDefinition | undefined {
  const rows = definition.rows
    .map((blocks) => blocks.flatMap((block) => allowedBlock(block, sight)))
    .filter((blocks) => blocks.length > 0)
  if (rows.length === 0) return undefined
  const filters = definition.filters.filter(({ field }) => field === 'period' || sight.sees(field))
  return { ...definition, filters, rows }
}

/** Tables and lists lose columns; a sentence or a picture needs all that it is made of, and a row what names it. */
function allowedBlock(block: Block, { sees }: Sees): Block[] {
  if (block.block === 'kpi') return sees(block.metric) ? [block] : []
  const { metrics, by, where = [] } = block.asking
  if (!where.every(({ field }) => sees(field))) return []
  if (block.block === 'finding' || block.block === 'chart') return [...metrics, ...by].every(sees) ? [block] : []
  if (block.block === 'list') return isNamed(block.asking, sees) ? [{ ...block, asking: cut(block.asking, sees) }] : []
  const splits = block.splits?.filter(sees)
  const isLeft = splits === undefined ? isNamed(block.asking, sees) : splits.length > 0 && metrics.some(sees)
  return isLeft ? [{ ...block, ...(splits && { splits }), asking: ordered(cut(block.asking, sees)) }] : []
}

function isNamed({ metrics, by: [first = ''] }: Asking, sees: Sees['sees']): boolean {
  return metrics.some(sees) && sees(first)
}

function cut<Some extends Asking>(asking: Some, sees: Sees['sees']): Some {
  const order = asking.order?.filter((name) => sees(name.replace(/^-/, '')))
  return { ...asking, metrics: asking.metrics.filter(sees), by: asking.by.filter(sees), ...(order && { order }) }
}

function ordered(asking: TableBlock['asking']): TableBlock['asking'] {
  return asking.order.length > 0 ? asking : { ...asking, order: [`-${asking.metrics[0]}`] }
}

/** Pages that are not written down as blocks, and what they cannot do without. */
const others: Readonly<Record<string, (sight: Sees) => boolean>> = {
  '/leads': ({ sees }) => ['leads', 'lead_expected_margin', 'lead', 'customer', 'lead_signal'].every(sees),
  '/policy': ({ may }) => may('try_policy'),
  '/restatements': ({ sees }) => sees('month') && restatable().some(sees),
  '/changes': ({ sees }) => explained((name) => !sees(name)).length > 0,
  '/pipelines': ({ may }) => may('see_sources'),
}

/** Whether a reader may open the page at an address. */
export function opensFor(sight: Sees, definitions: readonly PageDefinition[]): (path: string) => boolean {
  return (path) => {
    const definition = definitions.find((each) => each.path === path)
    return definition === undefined ? (others[path]?.(sight) ?? true) : allowedPart(definition, sight) !== undefined
  }
}
