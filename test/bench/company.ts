import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { configOf } from '../../config.ts'
import type { Config } from '../../config/define.ts'
import { sampleSources } from '../../data/demo/sources.ts'

const root = resolve(import.meta.dirname, '../..')

/** Where the company of a scale is kept between runs of the bench. */
export function folderOf(scale: number): string {
  return join(root, '.trueworth/bench', `scale-${scale}`)
}

/** The sample company of that scale, as the project's own configuration reads it. */
export function companyOf(scale: number): Config {
  return configOf(folderOf(scale), {
    company: { name: `Scale ${scale}`, currency: 'CNY', timeZone: 'Asia/Shanghai' },
    folder: 'warehouse',
    sources: sampleSources('sample'),
    sample: { folder: join(folderOf(scale), 'sample'), scale, seed: 1 },
    asOf: '2026-06-30',
    schedule: false,
  })
}

/** True once everything of that scale has landed, from the company as it is made today. */
export function isLanded(scale: number): boolean {
  const mark = join(folderOf(scale), LANDED)
  return existsSync(mark) && readFileSync(mark, 'utf8') === madeBy()
}

export function markLanded(scale: number): void {
  writeFileSync(join(folderOf(scale), LANDED), madeBy())
}

const LANDED = 'landed'

/** Differs when the sample company, or how it is read, does. */
function madeBy(): string {
  const hash = createHash('sha256')
  for (const path of globSync('data/demo/**/*.{sql,ts}', { cwd: root }).toSorted())
    hash.update(path).update(readFileSync(join(root, path)))
  return hash.digest('hex')
}
