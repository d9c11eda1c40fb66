import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sample } from '../config/define.ts'
import { makeSample } from '../data/demo/sample.ts'
import { count, duration } from '../terminal.ts'
import { sampleTeller, type Say } from './progress.ts'

const COMPLETE = '.complete'

/** Makes the sample company anew. A sample that was interrupted is no sample: the mark is set at the end. */
export async function writeSample(
  sample: Sample,
  say: Say,
  verbose = false,
): Promise<{ rows: number; milliseconds: number }> {
  await rm(join(sample.folder, COMPLETE), { force: true })
  const teller = sampleTeller(say, verbose)
  const report = await makeSample({ ...sample, onProgress: (progress) => teller.tell(progress) })
  teller.end()
  await writeFile(join(sample.folder, COMPLETE), JSON.stringify({ scale: sample.scale, seed: sample.seed }))
  return report
}

/** Makes the sample company where it is not there yet. */
export async function ensureSample(sample: Sample | undefined, say: Say, verbose = false): Promise<void> {
  if (sample === undefined || existsSync(join(sample.folder, COMPLETE))) return
  say(`making the sample company (scale ${sample.scale}) …`)
  const { rows, milliseconds } = await writeSample(sample, say, verbose)
  say(`sample company: ${count(rows)} rows, in ${duration(milliseconds)}`)
}
