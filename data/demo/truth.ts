import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Session } from '../warehouse.ts'
import type { SampleOptions } from './sample.ts'

/** Writes `truth.json`: what was planted, for tests only. */
export async function writeTruth(session: Session, options: SampleOptions): Promise<void> {
  const row = await session.one<{ truth: string }>(`SELECT count(*) AS truth FROM requests`)
  await writeFile(join(options.folder, 'truth.json'), JSON.stringify(row))
}
