import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Config } from './config/define.ts'
import type { ModelsFlags } from './main/commands/models.ts'
import type { PastFlags } from './main/commands/past.ts'
import type { QueryFlags } from './main/commands/query.ts'
import type { RunFlags } from './main/commands/run.ts'
import type { SampleMappingFlags } from './main/commands/sample-mapping.ts'
import { isScale, SCALES } from './config/scale.ts'
import { COMPARISONS, GRAINS } from './models/metrics/metric.ts'
import { addDeliveryCommands } from './main/commands/delivery-commands.ts'
import { addReportCommands } from './main/commands/report-commands.ts'
import { addAlertCommands } from './main/commands/alert-commands.ts'
import { addPeopleCommands } from './main/commands/people-commands.ts'
import { count, describeError, duration, exitCodeOf } from './terminal.ts'

// What a command needs is imported when it is called: help and a wrong call answer at once.
const root = import.meta.dirname
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

const program = new Command('trueworth')
  .description('What each customer is worth after what it costs to serve.')
  .version(version)
  .exitOverride()
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

/** Exit code of a call that cannot be understood; commander has said why. */
const WRONG_CALL = 64
const json = new Option('--json', 'print JSON instead of text')
const verbose = new Option('-v, --verbose', 'say each table and each model')
const list = (text: string, before: readonly string[] = []): string[] => [
  ...before,
  ...text.split(',').filter((part) => part !== ''),
]
const several = (text: string, before: readonly string[] = []): string[] => [...before, text]
const day = (text: string): string => {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN)
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(text))
    throw new InvalidArgumentError('Write a day of the calendar, as 2026-06-30.')
  return text
}
const whole = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Write a whole number.')
  return Number(text)
}
const scale = (text: string): number => {
  const size = Number(text)
  if (!/^[\d.]+$/.test(text) || !isScale(size)) throw new InvalidArgumentError(`Write ${SCALES}.`)
  return size
}
const port = (text: string): number => {
  if (whole(text) > 65_535) throw new InvalidArgumentError('Write a port from 0 to 65535.')
  return Number(text)
}

program
  .command('start')
  .description('make the sample company if it is configured, extract, build, and serve')
  .option('--host <host>', 'address to listen on')
  .option('--port <port>', 'port to listen on', port)
  .addOption(verbose)
  .action(async (flags: { host?: string; port?: number; verbose?: boolean }) => {
    const { serveCommand } = await import('./main/commands/serve.ts')
    end(await serveCommand(await configuration(), { ...flags, runFirst: true, version }, say))
  })

program
  .command('serve')
  .description('serve what is there, and keep the schedule')
  .option('--host <host>', 'address to listen on')
  .option('--port <port>', 'port to listen on', port)
  .action(async (flags: { host?: string; port?: number }) => {
    const { serveCommand } = await import('./main/commands/serve.ts')
    end(await serveCommand(await configuration(), { ...flags, runFirst: false, version }, say))
  })

program
  .command('check')
  .description(
    'connect to every source and say what fits, what is missing, and which figures that costs; loads nothing; exit code 3 where something does not fit',
  )
  .addOption(json)
  .action(async (flags: { json?: boolean }) => {
    const { checkCommand } = await import('./main/commands/check.ts')
    end(await checkCommand(await configuration(), flags, say))
  })

program
  .command('sample-mapping')
  .description('look at a source and propose what its tables feed: writes a mapping with reasons, to correct')
  .argument('<source>', 'its name in the configuration; its feeds may be empty: feeds: []')
  .option('--from <tables>', 'tables, globs or paths to look at, between commas (default: all there are)', list)
  .option('--rows <rows>', 'rows to look at of each (default: 1000)', whole)
  .option('--out <file>', 'where to write (default: <source>.mapping.ts beside the configuration)')
  .option('--force', 'write over a file that is there')
  .addOption(json)
  .action(async (source: string, flags: SampleMappingFlags) => {
    const { sampleMappingCommand } = await import('./main/commands/sample-mapping.ts')
    end(await sampleMappingCommand(await configuration(), source, { flags, say }))
  })

program
  .command('run')
  .description('extract what is new, load, build, audit and publish')
  .option('--only <sources>', 'sources (crm) or feeds (crm.requests) to read, between commas', list)
  .option('--full', 'read everything, whatever was read before')
  .option('--as-of <day>', 'business date of the figures', day)
  .option('--since <bound>', 'read again from this day or cursor on; needs only')
  .option('--until <bound>', 'up to this day, it included, or this cursor, without it')
  .option('--accept <names>', 'load what waits: sources, feeds or batches, between commas', list)
  .addOption(json)
  .addOption(verbose)
  .action(async (flags: RunFlags) => {
    const { runCommand } = await import('./main/commands/run.ts')
    end(await runCommand(await configuration(), flags, say))
  })

program
  .command('rebuild')
  .description('make the warehouse again from landing alone, without asking a source')
  .option('--as-of <day>', 'business date of the figures', day)
  .addOption(json)
  .addOption(verbose)
  .action(async (flags: RunFlags) => {
    const { rebuildCommand } = await import('./main/commands/run.ts')
    end(await rebuildCommand(await configuration(), flags, say))
  })

program
  .command('batches')
  .description('what was read from the sources, newest first, and what became of it')
  .addOption(json)
  .action(async (flags: { json?: boolean }) => {
    const { batchesCommand } = await import('./main/commands/replay.ts')
    end(await batchesCommand(await configuration(), flags))
  })

addDeliveryCommands(program, { configuration, end, say })
addReportCommands(program, { configuration, end })
addPeopleCommands(program, { configuration, end, say })
addAlertCommands(program, { configuration, end })

program
  .command('rejects')
  .description('rows that did not get in, newest first, with what to do')
  .addOption(json)
  .action(async (flags: { json?: boolean }) => {
    const { rejectsCommand } = await import('./main/commands/replay.ts')
    end(await rejectsCommand(await configuration(), flags))
  })

for (const [kind, description] of [
  ['quarantine', 'take a batch out of all figures, and build them again from landing'],
  ['release', 'let a batch in quarantine count again'],
] as const)
  program
    .command(kind)
    .description(description)
    .argument('<batch>', 'its id, as `batches` shows it')
    .option('--reason <words>', 'why: stands beside the decision')
    .addOption(json)
    .addOption(verbose)
    .action(async (batch_id: string, { reason, ...flags }: RunFlags & { reason?: string }) => {
      const { decideCommand } = await import('./main/commands/replay.ts')
      end(await decideCommand(await configuration(), { batch_id, kind, reason }, { flags, say }))
    })

program
  .command('correct')
  .description('load a rejected row with corrected values')
  .argument('<reject>', 'its id, as `rejects` shows it')
  .requiredOption('--set <column=value>', 'a column of the source and its value, may stand several times', several)
  .option('--reason <words>', 'why: stands beside the correction')
  .addOption(json)
  .addOption(verbose)
  .action(async (reject_id: string, { set, reason, ...flags }: RunFlags & { set: string[]; reason?: string }) => {
    const { correctCommand } = await import('./main/commands/replay.ts')
    end(await correctCommand(await configuration(), { reject_id, set, reason }, { flags, say }))
  })

program
  .command('query')
  .description('figures by name; docs/metrics.md has the names')
  .argument('<metrics...>', 'metrics, as revenue profit_before_allocation')
  .option('--by <dimensions>', 'split by, between commas: customer,month', list)
  .option('--where <filter>', 'field:operator:value, may stand several times: region:eq:华东', several)
  .option('--period <period>', 'trailing_12, all_time, year_to_date, 2025, 2025-03, 2025-01..2025-06')
  .addOption(new Option('--grain <span>', 'spans of time to split by').choices(GRAINS))
  .addOption(new Option('--compare <with>', 'what to hold each figure against; needs --period').choices(COMPARISONS))
  .option('--top <values>', 'the first so many values of the first dimension, and the rest as one row', whole)
  .option('--totals', 'a last row of everything the answer counts')
  .option('--order <names>', "metrics or dimensions, '-' in front: largest first", list)
  .option('--limit <rows>', 'most rows', whole)
  .option('--offset <rows>', 'rows to leave out first', whole)
  .option('--as-of <day>', 'business date of the figures', day)
  .option('--known-at <moment>', 'as they were known then: a day (its end) or an instant, 2026-03-31T16:00:00Z')
  .addOption(
    new Option('--format <format>', 'how to write the answer')
      .choices(['table', 'csv', 'json', 'xlsx', 'arrow', 'parquet'])
      .default('table'),
  )
  .option('--json', 'short for --format json')
  .option('--out <file>', 'write to a file')
  .action(async (metrics: string[], { json: asJson, ...flags }: QueryFlags & { json?: boolean }) => {
    const { queryCommand } = await import('./main/commands/query.ts')
    const names = metrics.flatMap((each) => list(each))
    end(await queryCommand(await configuration(), names, asJson ? { ...flags, format: 'json' } : flags))
  })

program
  .command('mcp')
  .description('answer an assistant over standard input and output, by the Model Context Protocol')
  .action(async () => end(await (await import('./main/commands/mcp.ts')).mcpCommand(await configuration(), version)))

program
  .command('past')
  .description('the figures as they were known at a moment, built into a DuckDB file of their own')
  .requiredOption('--out <file>', 'the file to write')
  .option('--known-at <moment>', 'a day (its end) or an instant, 2026-03-31T16:00:00Z (default: all that is known)')
  .option('--as-of <day>', 'business date of the figures (default: that of the moment)', day)
  .addOption(json)
  .action(async (flags: PastFlags) => {
    const { pastCommand } = await import('./main/commands/past.ts')
    end(await pastCommand(await configuration(), flags, say))
  })

program
  .command('models')
  .description('the graph of the models: what each stands on')
  .argument('[model]', 'only this model, as marts.customer_months')
  .option('--columns', 'columns with their types and meaning')
  .option('--docs', 'all that is written about them, as Markdown')
  .option('--picture <file.svg>', 'draw the graph')
  .addOption(json)
  .action(async (model: string | undefined, flags: ModelsFlags) => {
    const { modelsCommand } = await import('./main/commands/models.ts')
    end(await modelsCommand(model, flags))
  })

program
  .command('sample')
  .description('make the sample company anew')
  .option('--folder <folder>', 'where to (default: that of the configuration, else .trueworth/sample)')
  .option('--scale <scale>', '1: about 12,000 requests; 1000: 12 million; 0.25: a quarter', scale)
  .option('--seed <seed>', 'the same seed makes the same company', whole)
  .addOption(json)
  .addOption(verbose)
  .action(async (flags: { folder?: string; scale?: number; seed?: number; json?: boolean; verbose?: boolean }) => {
    const { writeSample } = await import('./main/sample.ts')
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
  .action(async () => end(await (await import('./main/commands/models.ts')).generateCommand()))

function say(line: string): void {
  console.error(line)
}

async function configuration(): Promise<Config> {
  const { loadConfig } = await import('./config.ts')
  const { config } = program.opts<{ config?: string }>()
  return loadConfig(root, config && resolve(config))
}

function end(code: number): void {
  process.exitCode = code
}

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) end(error.exitCode === 0 ? 0 : WRONG_CALL)
  else {
    say(describeError(error))
    end(exitCodeOf(error))
  }
}
