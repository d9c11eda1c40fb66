import { Command, InvalidArgumentError, Option } from 'commander'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { loadConfig } from './config.ts'
import type { Config } from './config/define.ts'
import { checkCommand } from './main/commands/check.ts'
import { generateCommand, modelsCommand, type ModelsFlags } from './main/commands/models.ts'
import { queryCommand, type QueryFlags } from './main/commands/query.ts'
import { rebuildCommand, runCommand, type RunFlags } from './main/commands/run.ts'
import { serveCommand } from './main/commands/serve.ts'
import { writeSample } from './main/sample.ts'
import { root } from './main/system.ts'
import { count, describeError, duration, exitCodeOf } from './terminal.ts'

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

const program = new Command('trueworth')
  .description('What each customer is worth after what it costs to serve.')
  .version(version)
  .option('-c, --config <file>', 'configuration file (default: trueworth.config.ts)')
  .addHelpText(
    'after',
    `
Exit codes: 0 done · 1 some sources failed · 2 configuration · 3 a source · 4 a model · 5 an audit, nothing was published · 64 the call · 70 a fault of ours
Examples:
  npm run trueworth -- check
  npm run trueworth -- run --only crm.requests
  npm run trueworth -- query revenue profit_before_allocation rank_drop --by customer --order -rank_drop --limit 10`,
  )

const json = new Option('--json', 'print JSON instead of text')
const verbose = new Option('-v, --verbose', 'say each table and each model')
const list = (text: string, before: readonly string[] = []): string[] => [
  ...before,
  ...text.split(',').filter((part) => part !== ''),
]
const several = (text: string, before: readonly string[] = []): string[] => [...before, text]
const day = (text: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('write a day as 2026-06-30.')
  return text
}
const whole = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('write a whole number.')
  return Number(text)
}

program
  .command('start')
  .description('make the sample company if it is configured, extract, build, and serve')
  .option('--host <host>', 'address to listen on')
  .option('--port <port>', 'port to listen on', whole)
  .addOption(verbose)
  .action(async (flags: { host?: string; port?: number; verbose?: boolean }) =>
    end(await serveCommand(await configuration(), { ...flags, runFirst: true, version }, say)),
  )

program
  .command('serve')
  .description('serve what is there, and keep the schedule')
  .option('--host <host>', 'address to listen on')
  .option('--port <port>', 'port to listen on', whole)
  .action(async (flags: { host?: string; port?: number }) =>
    end(await serveCommand(await configuration(), { ...flags, runFirst: false, version }, say)),
  )

program
  .command('check')
  .description(
    'connect to every source and say what fits, what is missing, and which figures that costs; loads nothing',
  )
  .addOption(json)
  .action(async (flags: { json?: boolean }) => end(await checkCommand(await configuration(), flags, say)))

program
  .command('run')
  .description('extract what is new, load, build, audit and publish')
  .option('--only <sources>', 'sources (crm) or feeds (crm.requests) to read, between commas', list)
  .option('--full', 'read everything, whatever was read before')
  .option('--as-of <day>', 'business date of the figures', day)
  .addOption(json)
  .addOption(verbose)
  .action(async (flags: RunFlags) => end(await runCommand(await configuration(), flags, say)))

program
  .command('rebuild')
  .description('make the warehouse again from landing alone, without asking a source')
  .option('--as-of <day>', 'business date of the figures', day)
  .addOption(json)
  .addOption(verbose)
  .action(async (flags: RunFlags) => end(await rebuildCommand(await configuration(), flags, say)))

program
  .command('query')
  .description('figures by name; docs/metrics.md has the names')
  .argument('<metrics...>', 'metrics, as revenue profit_before_allocation')
  .option('--by <dimensions>', 'split by, between commas: customer,month', list)
  .option('--where <filter>', 'field:operator:value, may stand several times: region:eq:华东', several)
  .option('--period <period>', 'trailing_12, all_time, year_to_date, 2025, 2025-03, 2025-01..2025-06')
  .option('--order <names>', "metrics or dimensions, '-' in front: largest first", list)
  .option('--limit <rows>', 'most rows', whole)
  .option('--offset <rows>', 'rows to leave out first', whole)
  .addOption(
    new Option('--format <format>', 'how to write the answer')
      .choices(['table', 'csv', 'json', 'arrow', 'parquet'])
      .default('table'),
  )
  .option('--json', 'short for --format json')
  .option('--out <file>', 'write to a file')
  .action(async (metrics: string[], { json: asJson, ...flags }: QueryFlags & { json?: boolean }) =>
    end(
      await queryCommand(
        await configuration(),
        metrics.flatMap((names) => list(names)),
        asJson ? { ...flags, format: 'json' } : flags,
      ),
    ),
  )

program
  .command('models')
  .description('the graph of the models: what each stands on')
  .argument('[model]', 'only this model, as marts.customer_months')
  .option('--columns', 'columns with their types and meaning')
  .option('--picture <file.svg>', 'draw the graph')
  .addOption(json)
  .action(async (model: string | undefined, flags: ModelsFlags) => end(await modelsCommand(model, flags)))

program
  .command('sample')
  .description('make the sample company anew')
  .option('--folder <folder>', 'where to (default: that of the configuration, else .trueworth/sample)')
  .option('--scale <scale>', '1: about 12,000 requests; 1000: 12 million', whole)
  .option('--seed <seed>', 'the same seed makes the same company', whole)
  .addOption(json)
  .addOption(verbose)
  .action(async (flags: { folder?: string; scale?: number; seed?: number; json?: boolean; verbose?: boolean }) => {
    const { sample } = await configuration()
    const folder = resolve(flags.folder ?? sample?.folder ?? '.trueworth/sample')
    const made = await writeSample(
      { folder, scale: flags.scale ?? sample?.scale ?? 1, seed: flags.seed ?? sample?.seed ?? 1 },
      flags.json ? () => undefined : say,
      flags.verbose,
    )
    if (flags.json) console.log(JSON.stringify(made, null, 2))
    else say(`sample company in ${folder}: ${count(made.rows)} rows, in ${duration(made.milliseconds)}`)
  })

program
  .command('generate')
  .description('write again what follows from contracts, models and metrics: query types and documents')
  .action(async () => end(await generateCommand()))

function say(line: string): void {
  console.error(line)
}

async function configuration(): Promise<Config> {
  return loadConfig(
    root,
    program.opts<{ config?: string }>().config && resolve(program.opts<{ config: string }>().config),
  )
}

function end(code: number): void {
  process.exitCode = code
}

try {
  await program.parseAsync()
} catch (error) {
  say(describeError(error))
  end(exitCodeOf(error))
}
