import { existsSync } from 'node:fs'
import { posix, resolve } from 'node:path'
import { files, read } from './files.ts'

/** Who may import whom. `types` may be imported with `import type` only. The order is that of docs/decisions.md. */
const ROOMS: Readonly<Record<string, { imports: readonly string[]; types: readonly string[] }>> = {
  pace: { imports: [], types: [] },
  errors: { imports: ['entities'], types: [] },
  entities: { imports: [], types: [] },
  config: { imports: ['errors', 'entities'], types: [] },
  data: { imports: ['pace', 'errors', 'entities'], types: ['config'] },
  models: { imports: ['pace', 'errors', 'entities', 'data'], types: ['config'] },
  pipelines: { imports: ['pace', 'errors', 'entities', 'data', 'models'], types: ['config'] },
  api: { imports: ['pace', 'errors', 'entities', 'data', 'models'], types: ['config'] },
  alerts: { imports: ['errors', 'entities', 'data', 'models'], types: ['config'] },
  users: { imports: ['errors', 'entities', 'data', 'models'], types: ['config'] },
  deliveries: { imports: ['errors', 'entities', 'data', 'models'], types: ['config'] },
  reports: { imports: ['errors', 'entities', 'data', 'models'], types: ['config', 'dashboards', 'deliveries'] },
  dashboards: { imports: ['pace', 'errors', 'entities', 'models'], types: ['config', 'users'] },
  terminal: { imports: ['errors', 'entities', 'models'], types: ['config', 'pipelines'] },
  main: {
    imports: [
      'errors',
      'entities',
      'config',
      'data',
      'models',
      'pipelines',
      'api',
      'alerts',
      'users',
      'deliveries',
      'reports',
      'dashboards',
      'terminal',
    ],
    types: [],
  },
  examples: { imports: ['config'], types: [] },
  trueworth: { imports: ['config', 'data'], types: [] },
}
const ENGINE = ['@duckdb/node-api', '@duckdb/node-bindings', 'apache-arrow', 'node:sqlite']
const VAGUE = /(^|\/)(util|utils|common|helpers?|lib|misc|shared)(\/|\.ts$)/
const LONGEST = 300
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]/g

/** Every breach of the rules in design.md and decisions.md, one line each; none: the structure holds. */
export function architectureProblems(folder: string): string[] {
  const paths = files(folder, ['*.ts', '*/**/*.ts']).filter((path) => !path.startsWith('test/'))
  return [
    ...paths.flatMap((path) => importProblems(folder, path)),
    ...paths.flatMap((path) => environmentProblems(folder, path)),
    ...files(folder, ['**/*.ts', '**/*.css', '**/*.sql']).flatMap((path) => lengthProblems(folder, path)),
    ...files(folder, ['**/*.ts'])
      .filter((path) => VAGUE.test(path))
      .map((path) => `${path}: a name that says nothing; put it with the noun it serves`),
    ...rooms(paths).flatMap((room) => readmeProblems(folder, room)),
  ]
}

function importProblems(folder: string, path: string): string[] {
  const from = roomOf(path)
  const rule = ROOMS[from]
  if (rule === undefined) return [`${path}: '${from}' is no room; see docs/decisions.md`]
  return [...read(folder, path).matchAll(IMPORT)].flatMap((match) => {
    const target = match[2] ?? match[3] ?? ''
    if (ENGINE.includes(target) && from !== 'data') return [`${path}: only data/ may import ${target}`]
    if (!target.startsWith('.')) return []
    const to = roomOf(posix.normalize(posix.join(posix.dirname(path), target)))
    if (to === from || rule.imports.includes(to)) return []
    if (rule.types.includes(to) && match[1] !== undefined) return []
    return [`${path}: ${from} may not import ${to} (${target})`]
  })
}

function environmentProblems(folder: string, path: string): string[] {
  return roomOf(path) !== 'config' && read(folder, path).includes('process.env')
    ? [`${path}: only config.ts reads process.env`]
    : []
}

function lengthProblems(folder: string, path: string): string[] {
  if (path.includes('.generated.')) return []
  const lines = read(folder, path).split('\n').length - 1
  return lines > LONGEST ? [`${path}: ${lines} lines, more than ${LONGEST}; probably two ideas in one file`] : []
}

function readmeProblems(folder: string, room: string): string[] {
  const path = `${room}/README.md`
  if (!existsSync(resolve(folder, path))) return [`${path} is missing: say what the room is for and what may import it`]
  const lines = read(folder, path).split('\n').length - 1
  return lines > 40 ? [`${path}: ${lines} lines, more than 40`] : []
}

function rooms(paths: readonly string[]): string[] {
  return [...new Set(paths.filter((path) => path.includes('/')).map((path) => path.split('/')[0] ?? ''))]
}

/** 'data/arrow.ts' → data; 'config.ts' and 'config/define.ts' → config; 'trueworth.config.ts' → trueworth. */
function roomOf(path: string): string {
  return (path.split('/')[0] ?? path).replace(/(\.config)?\.ts$/, '')
}
