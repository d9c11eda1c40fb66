import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { generateAll } from '../../models/builder/generate.ts'
import { read, root } from './files.ts'

/** Generated files that are missing or differ from what the contracts and models say today. */
export async function generatedProblems(folder: string): Promise<string[]> {
  const generated = await generateAll(root)
  return generated
    .filter(({ path, text }) => !existsSync(resolve(folder, path)) || read(folder, path) !== text)
    .map(({ path }) => `${path}: not what the contracts and models say; run npm run generate`)
}
