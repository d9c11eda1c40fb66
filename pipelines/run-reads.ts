import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Landing } from './landing.ts'
import type { FeedName } from './load-prepare.ts'

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

function sameFeed(one: FeedName, other: FeedName): boolean {
  return one.source === other.source && one.entity === other.entity && one.origin === other.origin
}
