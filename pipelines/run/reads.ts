import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import type { Landing } from '../landing.ts'
import type { FeedName } from '../load/prepare.ts'
import { timestamp } from '../load/meta.ts'

/** A feed was read without error at that instant, and had nothing new. ISO 8601 in UTC. */
export type Read = FeedName & { readonly read_at: string }

/**
 * Keeps the last reading of each feed that brought no batch, in `landing/reads.json`: a rebuild from landing then knows as
 * well as the warehouse how fresh its figures are.
 */
export async function rememberReads(landing: Landing, reads: readonly Read[]): Promise<void> {
  if (reads.length === 0) return
  const known = await rememberedReads(landing)
  const others = known.filter((one) => !reads.some((read) => sameFeed(one, read)))
  const path = join(landing.folder, 'reads.json')
  await writeFile(`${path}.writing`, `${JSON.stringify([...others, ...reads], null, 2)}\n`)
  await rename(`${path}.writing`, path)
}

export async function rememberedReads(landing: Landing): Promise<Read[]> {
  const path = join(landing.folder, 'reads.json')
  return existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as Read[]) : []
}

/** Notes when feeds were last read without bringing anything: not a batch, yet their figures are as fresh as that. */
export async function markRead(session: Session, reads: readonly Read[]): Promise<void> {
  if (reads.length === 0) return
  const values = reads.map(
    ({ source, entity, origin, read_at }) =>
      `(${literal(source)}, ${literal(entity)}, ${literal(origin)}, TIMESTAMP ${literal(timestamp(read_at))})`,
  )
  const of = (table: string): string => `(${table}.source, ${table}.entity, ${table}.origin)`
  await session.run(
    `CREATE OR REPLACE TEMP TABLE reads AS FROM (VALUES ${values.join(', ')}) AS read(source, entity, origin, read_at);
     UPDATE meta.watermarks AS mark SET read_at = GREATEST(mark.read_at, reads.read_at) FROM reads WHERE ${of('mark')} = ${of('reads')};
     INSERT INTO meta.watermarks SELECT source, entity, origin, NULL, read_at, NULL FROM reads
       WHERE NOT EXISTS (FROM meta.watermarks AS mark WHERE ${of('mark')} = ${of('reads')})`,
  )
}

function sameFeed(one: FeedName, other: FeedName): boolean {
  return one.source === other.source && one.entity === other.entity && one.origin === other.origin
}
