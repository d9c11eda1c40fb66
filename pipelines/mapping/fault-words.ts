import { describeRowFault, type Fault } from '../../entities/faults.ts'
import type { ColumnFault } from './sql.ts'

/** One entry of `_faults`. */
export interface FoundFault {
  readonly place: number
  readonly value: string | null
}

/** A fault that a mapping found, in English. */
export function faultWords(
  faults: readonly ColumnFault[],
  { place, value }: FoundFault,
): { column_name: string; reason: string; remedy: string } {
  const known = faults[place]
  if (known === undefined) throw new Error(`there is no fault ${place} in this mapping`)
  const { column, code, details } = known
  return { column_name: column, ...english({ code, details: { ...details, column, value } }) }
}

/** Reason and remedy as `meta.rejects` has them. */
export function english(fault: Fault): { reason: string; remedy: string } {
  const words = describeRowFault(fault, 'en')
  if (words === undefined) throw new Error(`there are no words for the fault ${fault.code}`)
  return words
}
