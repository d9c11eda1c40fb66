import { resolve } from 'node:path'
import type { TrinoSQL } from 'dt-sql-parser'
import { build } from 'esbuild'
import { macroNames } from '../../data/macros.ts'
import { Warehouse, type Session } from '../../data/warehouse.ts'
import type { Model, SqlModel } from '../../models/builder/model.ts'
import { readModels } from '../../models/builder/read.ts'
import { lineAt, syntaxTree, textOf, walk } from '../../models/builder/syntax.ts'
import { root } from './files.ts'

interface Problem {
  readonly file: string
  readonly line: number
  readonly message: string
}

/** Functions that DuckDB and Trino have under one name, with one meaning. Add one after looking it up in both manuals. */
const SHARED = new Set(
  `abs any_value approx_distinct arbitrary avg bool_and bool_or cbrt ceil ceiling chr coalesce concat corr count count_star
  covar_pop covar_samp cume_dist current_date date_diff date_trunc day day_of_week day_of_year degrees dense_rank exp
  first_value floor greatest hour lag last_day_of_month last_value lead least length ln log10 log2 lower lpad ltrim max
  max_by min min_by minute mod month nth_value ntile nullif percent_rank pi pow power quarter radians rank
  regr_intercept regr_slope replace reverse round row_number rpad rtrim second sign sqrt stddev stddev_pop
  stddev_samp strpos substr substring sum trim truncate upper var_pop var_samp variance week year`.split(/\s+/),
)

/** What in core/ and marts/ would not run on Trino. Staging may use the engine's own readers. */
async function checkTrino(models: readonly Model[]): Promise<Problem[]> {
  const shared = models.filter((model): model is SqlModel => model.kind === 'sql' && model.schema !== 'staging')
  const parser = await trinoParser()
  const warehouse = await Warehouse.open(':memory:')
  try {
    const session = await warehouse.session()
    const problems: Problem[] = []
    for (const model of shared)
      problems.push(
        ...(grammarProblems(parser, model) ?? (await functionProblems(session, model))),
        ...unitProblems(model),
      )
    session.close()
    return problems
  } finally {
    warehouse.close()
  }
}

/** The same for the models below `folder`, one line each. */
export async function trinoProblems(folder: string): Promise<string[]> {
  const problems = await checkTrino(await readModels(resolve(folder, 'models')))
  return problems.map(({ file, line, message }) => `${file} line ${line}: ${message}`)
}

/** The package is written for bundlers, so it is bundled: only the Trino grammar, in memory. */
async function trinoParser(): Promise<TrinoSQL> {
  const { outputFiles } = await build({
    stdin: { contents: `export { TrinoSQL } from 'dt-sql-parser/dist/parser/trino'`, resolveDir: root },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  })
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')
  const module = (await import(`data:text/javascript;base64,${code}`)) as { TrinoSQL: new () => TrinoSQL }
  return new module.TrinoSQL()
}

/** The first thing the grammar refuses; what follows it is mostly its echo. */
function grammarProblems(parser: TrinoSQL, model: SqlModel): Problem[] | undefined {
  const [error] = parser.validate(model.sql)
  if (error === undefined) return undefined
  const line = model.firstLine + error.startLine - 1
  const found = model.sql.split('\n')[error.startLine - 1]?.trim() ?? ''
  return [{ file: model.file, line, message: `Trino would not parse this: ${error.message}: ${found}` }]
}

async function functionProblems(session: Session, model: SqlModel): Promise<Problem[]> {
  const problems: Problem[] = []
  const complain = (position: number, message: string): void => {
    const line = model.firstLine + lineAt(model.sql, position) - 1
    problems.push({ file: model.file, line, message })
  }
  walk(await syntaxTree(session, model.sql), (node) => {
    const name = textOf(node['function_name']).toLowerCase()
    // DuckDB writes INTERVAL and EXTRACT as calls of its own: only what stands in the text counts.
    const isCall = /^\w+$/.test(name) && new RegExp(`\\b${name}\\s*\\(`, 'i').test(model.sql)
    if (!isCall || SHARED.has(name) || (macroNames as readonly string[]).includes(name)) return
    complain(
      Number(node['query_location']),
      `${name}() is not among the functions DuckDB and Trino share; use one of test/guards/trino.ts, or make it a macro of data/macros.ts`,
    )
  })
  return problems
}

/** DuckDB counts the boundaries crossed, Trino the whole units that passed: from 31 January to 1 February is one month or none. */
function unitProblems(model: SqlModel): Problem[] {
  const calls = [...model.sql.matchAll(/\bdate_diff\s*\(\s*'(\w+)'/gi)]
  return calls
    .filter(([, unit]) => !['day', 'second', 'millisecond'].includes(unit?.toLowerCase() ?? ''))
    .map(({ index, 1: unit }) => ({
      file: model.file,
      line: model.firstLine + lineAt(model.sql, index) - 1,
      message: `date_diff('${unit}', …) differs between DuckDB and Trino; count days or seconds and divide`,
    }))
}
