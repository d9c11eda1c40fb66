import { contractOf, isEntityName } from '../../entities/entities.ts'
import type { Words } from '../../entities/entity.ts'
import type { Figures } from './check.ts'

/** What a figure loses with the sources as they are. */
export interface FigureCost {
  readonly metric: string
  readonly words: Words
  /** `missing`: what it counts is not there. `partial`: some of what it stands on is not. */
  readonly cost: 'missing' | 'partial'
  readonly lacks: readonly string[]
}

/**
 * A figure is missing where nothing it needs of the entity it counts – that of its first field – is filled, or no row of
 * that can exist. What else it lacks, a rate or a calendar, makes it partial.
 */
export function costOf(metrics: Figures, filled: ReadonlySet<string>): FigureCost[] {
  const lost = Object.entries(metrics).flatMap(([metric, { standsOn, words }]): FigureCost[] => {
    const lacks = standsOn.filter((field) => !filled.has(field))
    if (lacks.length === 0) return []
    const cost = isEmpty(entityOf(standsOn[0] ?? ''), standsOn, filled) ? 'missing' : 'partial'
    return [{ metric, words, cost, lacks }]
  })
  return lost.toSorted((a, b) => a.cost.localeCompare(b.cost))
}

function isEmpty(entity: string, standsOn: readonly string[], filled: ReadonlySet<string>): boolean {
  const needed = standsOn.filter((field) => entityOf(field) === entity)
  if (needed.every((field) => !filled.has(field))) return true
  return isEntityName(entity) && contractOf(entity).key.some((column) => !filled.has(`${entity}.${column}`))
}

function entityOf(field: string): string {
  return field.split('.')[0] ?? ''
}
