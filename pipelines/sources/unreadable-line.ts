import type { Fault } from '../../entities/faults.ts'
import { english } from '../mapping/fault-words.ts'
import type { UnreadableLine } from './reader.ts'

/** A line that is not a row: where it stands, and why as a code and in English. */
export function unreadableLine(at: Pick<UnreadableLine, 'file' | 'line' | 'text'>, fault: Fault): UnreadableLine {
  return { ...at, ...english(fault), fault: fault.code, details: JSON.stringify(fault.details) }
}
