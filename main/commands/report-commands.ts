import type { Command } from 'commander'
import type { Config } from '../../config/define.ts'

interface Calling {
  readonly configuration: () => Promise<Config>
  readonly end: (code: number) => void
}

/** `trueworth report`. */
export function addReportCommands(program: Command, { configuration, end }: Calling): void {
  const load = () => import('./reports.ts')
  const report = program.command('report').description('what goes out by itself, and what went out')
  report
    .command('list')
    .description('reports with their next time, and the newest issues')
    .option('--json', 'print JSON instead of text')
    .action(async (flags: { json?: boolean }) => end(await (await load()).listReports(await configuration(), flags)))
  for (const [name, about] of [
    ['make', 'make and send a report now'],
    ['again', 'make an issue again from its versions, and say how it differs'],
    ['release', 'send on an issue that is held back'],
  ] as const)
    report
      .command(name)
      .description(about)
      .argument(name === 'make' ? '<report>' : '<issue>')
      .action(async (which: string) => end(await (await load()).orderReport(await configuration(), name, which)))
}
