import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { literal } from '../../data/quote.ts'
import type { OpenAnswer } from '../queries/queries.ts'

/** DuckDB writes the file, as fast as it can; it is sent, and gone. */
export async function* parquetChunks({ session, statement }: OpenAnswer): AsyncGenerator<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'trueworth-parquet-'))
  try {
    const file = join(folder, 'answer.parquet')
    await session.run(
      `COPY (${statement.sql}) TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd)`,
      statement.parameters,
    )
    yield* createReadStream(file, { highWaterMark: 262_144 }) as AsyncIterable<Uint8Array>
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
