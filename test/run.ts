// npm test: everything, browser tests included. Arguments narrow it: npm test -- test/api
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { ensureChromium } from './support/chromium.ts'

ensureChromium()
/** Each test file is a process, and many start others: what one has compiled the next need not. */
const compiled = resolve(import.meta.dirname, '../node_modules/.cache/compiled')
const asked = process.argv.slice(2)
const globs =
  asked.length > 0 ? asked.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.test.ts`)) : ['test/**/*.test.ts']
const { status } = spawnSync(
  process.execPath,
  ['--test', '--test-concurrency=2', '--test-timeout=600000', '--disable-warning=ExperimentalWarning', ...globs],
  { stdio: 'inherit', env: { ...process.env, NODE_COMPILE_CACHE: compiled } },
)
process.exitCode = status ?? 1
