import * as decisions from './decisions.ts'
import * as installed from './installed.ts'
import * as parties from './parties.ts'
import * as trade from './trade.ts'
import * as work from './work.ts'
import { recordColumns, type Column, type Entity } from './entity.ts'

/** Every entity Trueworth knows, by name. The contracts that rows are held to. */
export const entities = { ...parties, ...installed, ...work, ...trade, ...decisions }

export type EntityName = keyof typeof entities

/** The columns a mapping may fill for entity `E`: its own and the two record columns. */
export type ColumnName<E extends EntityName> = keyof (typeof entities)[E]['columns'] | keyof typeof recordColumns

export const entityNames = Object.keys(entities) as EntityName[]

export function isEntityName(name: string): name is EntityName {
  return Object.hasOwn(entities, name)
}

/** The contract of an entity, widened: for code that treats all entities alike. */
export function contractOf(name: EntityName): Entity {
  return entities[name]
}

/** The columns of `raw.<entity>` that a source fills: the entity's own, in order, then the record columns. */
export function sourceColumns(name: EntityName): Readonly<Record<string, Column>> {
  return { ...contractOf(name).columns, ...recordColumns }
}
