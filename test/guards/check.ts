// npm run check: types, lint, layout, dead code, architecture, generated files, the Trino grammar. Runs all, then says which failed.
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { architectureProblems } from './architecture.ts'
import { root } from './files.ts'
import { formatProblems } from './format.ts'
import { generatedProblems } from './generated.ts'
import { trinoProblems } from './trino.ts'

/** A guard answers what is wrong with the tree below `folder`, one line each. */
export type Guard = (folder: string) => string[] | Promise<string[]>

export const guards: Readonly<Record<string, Guard>> = {
  types: (folder) => tool(folder, 'tsc', ['--pretty', 'false', '-p', resolve(folder, 'tsconfig.json')]),
  lint: (folder) =>
    tool(folder, 'oxlint', [
      '--type-aware',
      '-c',
      resolve(root, '.oxlintrc.json'),
      '--ignore-pattern',
      'test/guards/samples/**',
      '.',
    ]),
  layout: (folder) => formatProblems(folder),
  'dead code': (folder) => tool(folder, 'knip', ['--no-progress', '--no-config-hints']),
  architecture: architectureProblems,
  generated: generatedProblems,
  trino: trinoProblems,
}

function tool(folder: string, name: string, args: readonly string[]): string[] {
  const bin = resolve(root, 'node_modules/.bin', name)
  const { status, stdout, stderr, error } = spawnSync(bin, [...args], { cwd: folder, encoding: 'utf8' })
  if (error) return [`${name}: ${error.message}`]
  return status === 0 ? [] : `${stdout}${stderr}`.trim().split('\n')
}

if (process.argv[1] === import.meta.filename) {
  for (const [name, guard] of Object.entries(guards)) {
    const started = performance.now()
    const problems = await guard(root)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(13)} ${seconds} s`)
    problems.forEach((problem) => console.error(`  ${problem}`))
    if (problems.length > 0) process.exitCode = 1
  }
}
