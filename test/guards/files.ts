import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

const LEFT_OUT = ['node_modules/**', '.trueworth/**', 'test/guards/samples/**', 'dist/**']

/** Paths below `folder` that match one of the globs, sorted, with '/' between folders. */
export function files(folder: string, globs: readonly string[]): string[] {
  return globSync([...globs], { cwd: folder, exclude: LEFT_OUT })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
}

export function read(folder: string, path: string): string {
  return readFileSync(resolve(folder, path), 'utf8')
}
