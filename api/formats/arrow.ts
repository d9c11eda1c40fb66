import { arrowStream } from '../../data/arrow.ts'
import type { OpenAnswer } from '../queries/queries.ts'

/** Arrow IPC stream, built from DuckDB's column vectors. */
export async function* arrowChunks({ session, statement }: OpenAnswer): AsyncGenerator<Uint8Array> {
  yield* arrowStream(session, statement.sql, statement.parameters)
}
