import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { check, format, resolveConfig } from 'prettier'
import { files, read, root } from './files.ts'

const TYPESCRIPT = ['*.ts', '*/**/*.ts', '*/**/*.css']
const SQL = ['models/**/*.sql']

/** Files that are not laid out as the formatters lay them out. `write` mends them instead. */
export async function formatProblems(folder: string, write = false): Promise<string[]> {
  const options = (await resolveConfig(resolve(root, 'package.json'))) ?? {}
  const problems: string[] = []
  for (const path of files(folder, TYPESCRIPT)) {
    if (path.includes('.generated.')) continue
    const text = read(folder, path)
    const one = { ...options, filepath: path }
    if (await check(text, one)) continue
    if (write) writeFileSync(resolve(folder, path), await format(text, one))
    else problems.push(`${path}: not formatted; run npm run format`)
  }
  for (const path of files(folder, SQL)) {
    const text = read(folder, path)
    const formatted = await sqlLayout(path, text).catch((error: unknown) => error as Error)
    if (formatted === text) continue
    if (formatted instanceof Error) problems.push(`${path}: cannot be laid out: ${formatted.message}`)
    else if (write) writeFileSync(resolve(folder, path), formatted)
    else problems.push(`${path}: not formatted; run npm run format`)
  }
  return problems
}

/** The one layout of SQL: four spaces, keywords in capitals, the header as it was written, no semicolon at the end. */
async function sqlLayout(path: string, text: string): Promise<string> {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => !line.startsWith('--'))
  const header = lines.slice(0, start)
  const body = await format(lines.slice(start).join('\n'), {
    parser: 'postgresql',
    plugins: ['prettier-plugin-sql-cst'],
    filepath: path,
    printWidth: 110,
    tabWidth: 4,
    sqlKeywordCase: 'upper',
  })
  return [...header, `${body.trim().replace(/;$/, '')}\n`].join('\n')
}

if (process.argv[1] === import.meta.filename) {
  const problems = await formatProblems(root, process.argv.includes('--write'))
  problems.forEach((problem) => console.error(problem))
  process.exitCode = problems.length === 0 ? 0 : 1
}
