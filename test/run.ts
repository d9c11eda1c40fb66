// npm test: everything, browser tests included. Arguments narrow it: npm test -- test/api
import { spawnSync } from 'node:child_process'
import { ensureChromium } from './support/chromium.ts'

ensureChromium()
const asked = process.argv.slice(2)
const globs =
  asked.length > 0 ? asked.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.test.ts`)) : ['test/**/*.test.ts']
const { status } = spawnSync(
  process.execPath,
  ['--test', '--test-concurrency=2', '--test-timeout=600000', '--disable-warning=ExperimentalWarning', ...globs],
  { stdio: 'inherit' },
)
process.exitCode = status ?? 1
