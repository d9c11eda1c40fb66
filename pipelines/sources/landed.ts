import type { Source } from '../../config/source.ts'
import type { LandedColumn } from '../mapping/mapping.ts'
import type { SourceColumn } from './reader.ts'

/** The columns that landed rows of a source have: what a mapping is checked against before anything was read. */
export function landedAs(source: Source, columns: readonly SourceColumn[]): LandedColumn[] {
  const named = columns.map(({ name, type }) => ({ name, landed: type === '' ? 'VARCHAR' : type }))
  if (source.kind === 'sqlite') return columns.map(({ name }) => ({ name, landed: 'VARCHAR' }))
  if (source.kind !== 'files') return named
  return [...named, { name: '_file', landed: 'VARCHAR' }, { name: '_line', landed: 'BIGINT' }]
}
