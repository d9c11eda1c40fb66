import { entityNames, sourceColumns } from '../../entities/entities.ts'
import { sqlType } from '../../entities/entity.ts'
import type { Tables } from './model.ts'

const LOAD = {
  source: 'VARCHAR',
  batch_id: 'VARCHAR',
  loaded_at: 'TIMESTAMP',
  known_from: 'TIMESTAMP',
  version_place: 'INTEGER',
}
const ENDED = { known_to: 'TIMESTAMP', ended_by_batch: 'VARCHAR', ended_how: 'VARCHAR' }

/** The tables models stand on: raw and history of every entity, and those given (policy). */
export function knownTables(policy: Tables): Tables {
  const tables: Record<string, Record<string, string>> = {}
  for (const name of entityNames) {
    const own: Record<string, string> = {}
    for (const [column, { type }] of Object.entries(sourceColumns(name))) own[column] = sqlType(type)
    tables[`raw.${name}`] = { ...own, ...LOAD }
    tables[`history.${name}`] = { ...own, ...LOAD, ...ENDED }
  }
  return { ...tables, ...policy }
}
