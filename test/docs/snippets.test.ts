// Configuration and models that the pages show are compiled and run.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { describe, test } from 'node:test'
import { defaultPolicy } from '../../config/policy.ts'
import { installMacros } from '../../data/macros.ts'
import { planModels } from '../../models/builder/plan.ts'
import { readModels } from '../../models/builder/read.ts'
import { withScratch } from '../../models/builder/scratch.ts'
import { readCases, runCase, setRules } from '../models/case.ts'
import { blocksOf, root, type Block } from './pages.ts'

/** What stands around a block of each title, so that it is a file. */
const FRAMES: Readonly<Record<string, (text: string) => string>> = {
  'trueworth.config.ts': (text) => text.replace('./config.ts', join(root, 'config.ts')),
  config: (text) => typed('UserConfig', 'config/define.ts', `{ sources: [], ${text} }`),
  source: (text) => typed('UserConfig', 'config/define.ts', text.trim(), "UserConfig['sources'][number]"),
  feed: (text) => typed('Feed', 'config/source.ts', text.trim()),
  program: (text) => text.replace('./trueworth', root),
  metric: (text) => typed('Metric', 'models/metrics/metric.ts', `{ ${text} }`, 'Record<string, Metric>'),
}

function typed(type: string, path: string, text: string, whole = type): string {
  const used = ['env', 'executiveMonthly', 'headWeekly', 'salesDaily'].filter((name) => text.includes(`${name}(`))
  const given = used.length === 0 ? '' : `import { ${used.join(', ')} } from '${join(root, 'config.ts')}'\n`
  return `${given}import type { ${type} } from '${join(root, path)}'\n\nexport const snippet: ${whole} = ${text}\n`
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'trueworth-snippets-'))
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function compile(folder: string, snippets: readonly Block[]): Promise<string> {
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { typeRoots: [join(root, 'node_modules/@types')] },
    include: ['*.ts'],
    exclude: [],
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  for (const { page, line, title, text } of snippets) {
    const name = `${basename(page, '.md')}-line-${line}.ts`
    await writeFile(join(folder, name), FRAMES[title]?.(text) ?? text)
  }
  const tsc = join(root, 'node_modules/.bin/tsc')
  const { stdout, stderr } = spawnSync(tsc, ['--pretty', 'false', '-p', folder], { cwd: folder, encoding: 'utf8' })
  return stdout + stderr
}

describe('snippets of the pages', () => {
  test('every piece of TypeScript is what it says it is, and compiles', async () => {
    const snippets = blocksOf('ts')
    assert.ok(snippets.length > 5)
    for (const { page, line, title } of snippets)
      assert.ok(
        title in FRAMES,
        `${page}:${line}: \`\`\`ts ${title}: say which of ${Object.keys(FRAMES).join(', ')} it is`,
      )
    await inFolder(async (folder) => assert.equal(await compile(folder, snippets), ''))
  })

  test('a column that no entity has would not compile', async () => {
    const wrong = {
      page: 'wrong.md',
      line: 1,
      language: 'ts',
      title: 'feed',
      text: `{ entity: 'dealers', from: 'd', columns: { dealer: 'id' } }`,
    }
    await inFolder(async (folder) =>
      assert.match(await compile(folder, [wrong]), /wrong-line-1\.ts.+'dealer' does not exist/),
    )
  })

  test('the model and its test case hold', async () => {
    await inFolder(async (folder) => {
      const [model, cases] = [...blocksOf('sql'), ...blocksOf('yaml')]
      for (const block of [model, cases]) {
        const path = join(folder, block?.title ?? '')
        await mkdir(dirname(path), { recursive: true })
        await writeFile(path, block?.text ?? '')
      }
      const own = await readModels(join(folder, 'models'))
      const { model: name, cases: list } = await readCases(join(folder, cases?.title ?? ''))
      assert.deepEqual(
        own.map((one) => one.name),
        [name],
      )
      await withScratch(async ({ session, known }) => {
        const graph = await planModels(session, [...(await readModels(resolve(root, 'models'))), ...own], known)
        await installMacros(session, { timeZone: 'Asia/Shanghai' })
        await setRules(session, defaultPolicy, {})
        for (const one of list) await runCase(session, graph, { model: name, ...one })
      })
    })
  })
})
