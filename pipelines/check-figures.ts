import { contractOf, isEntityName } from '../entities/entities.ts'
import type { Words } from '../entities/entity.ts'
import type { Figures } from './check.ts'

/** What a figure loses with the sources as they are. */
export interface FigureCost {
  readonly metric: string
  readonly words: Words
  /** `missing`: nothing, or a whole entity it stands on, is there. `partial`: some fields are not. */
  readonly cost: 'missing' | 'partial'
  readonly lacks: readonly string[]
}

/**
 * A figure is missing where no row of an entity it stands on can exist: the entity's key or another required column is
 * filled by nothing. It is partial where only optional fields are.
 */
export function costOf(metrics: Figures, filled: ReadonlySet<string>): FigureCost[] {
  const lost = Object.entries(metrics).flatMap(([metric, { standsOn, words }]): FigureCost[] => {
    const lacks = standsOn.filter((field) => !filled.has(field))
    if (lacks.length === 0) return []
    const cost = lacks.length === standsOn.length || lacks.some((field) => isEmpty(field, filled)) ? 'missing' : 'partial'
    return [{ metric, words, cost, lacks }]
  })
  return lost.toSorted((a, b) => a.cost.localeCompare(b.cost))
}

function isEmpty(field: string, filled: ReadonlySet<string>): boolean {
  const entity = field.split('.')[0] ?? ''
  if (!isEntityName(entity)) return false
  return contractOf(entity).key.some((column) => !filled.has(`${entity}.${column}`))
}
