import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
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

/** True once everything of that scale has landed. */
export function isLanded(scale: number): boolean {
  return existsSync(join(folderOf(scale), LANDED))
}

export async function markLanded(scale: number): Promise<void> {
  await writeFile(join(folderOf(scale), LANDED), '')
}

const LANDED = 'landed'
