import { inProcess, type Measured } from './child.ts'
import { median, megabytes, printTable, ratio, seconds } from './figures.ts'

interface Run {
  readonly phases: Readonly<Record<Phase, number>>
  /** Milliseconds of each feed and model. */
  readonly each: Readonly<Record<string, number>>
  readonly total: number
  readonly rows: number
  readonly rejects: number
}

type Phase = 'load' | 'models' | 'audits' | 'commit' | 'rest'

const PHASES: Readonly<Record<Phase, string>> = {
  load: 'load: Parquet → raw',
  models: 'models: their SELECTs',
  audits: 'plan models, policy, audits',
  commit: 'commit and close',
  rest: 'open, schemas, prepare mappings, journal',
}
const AIM = 1.25

/** A full run from landing by Trueworth beside DuckDB alone with the same SQL on the same Parquet, taken in turns. */
export async function compareRuns(scale: number, runs: number): Promise<void> {
  // Not measured: what functions of models give is read from it by DuckDB alone.
  await inProcess('full-run.ts', String(scale))
  await inProcess('bare-script.ts', String(scale))
  const ours: Measured<Run>[] = []
  const bare: Measured<Run>[] = []
  for (let turn = 0; turn < runs; turn++) {
    bare.push(told('bare DuckDB', await inProcess<Run>('bare-run.ts', String(scale))))
    ours.push(told('Trueworth', await inProcess<Run>('full-run.ts', String(scale))))
  }
  const middle = (taken: readonly Measured<Run>[], read: (run: Run) => number): number =>
    median(taken.map(({ answer }) => read(answer)))
  const line = (what: string, read: (run: Run) => number): string[] => {
    const [own, floor] = [middle(ours, read), middle(bare, read)]
    return [what, seconds(own), seconds(floor), floor < 1 ? '' : ratio(own, floor)]
  }
  const total = middle(ours, (run) => run.total) / middle(bare, (run) => run.total)
  const processors = [ours, bare].map((taken) => median(taken.map(({ processor }) => processor)))
  printTable(
    `A full run at scale ${scale}, medians of ${runs}, taken in turns`,
    ['phase', 'Trueworth', 'bare DuckDB', 'ratio'],
    [
      ...(Object.keys(PHASES) as Phase[]).map((phase) => line(PHASES[phase], (run) => run.phases[phase])),
      line('total', (run) => run.total),
      ['processor time', ...processors.map(seconds), ratio(processors[0] ?? 0, processors[1] ?? 0)],
      ['peak memory', ...[ours, bare].map((taken) => megabytes(median(taken.map(({ peak }) => peak)))), ''],
      ['rows into raw', ...[ours, bare].map((taken) => middle(taken, (run) => run.rows).toLocaleString('en')), ''],
      ['rejects', ...[ours, bare].map((taken) => middle(taken, (run) => run.rejects).toLocaleString('en')), ''],
    ],
  )
  console.log(`
Each turn: ${ours.map(({ answer }, turn) => ratio(answer.total, bare[turn]?.answer.total ?? 0)).join(', ')}. Ratio of the medians: ${total.toFixed(2)}; aim: at most ${AIM}${total <= AIM ? ', reached' : ''}.
Both read the same Parquet with the same typed expressions and run the same SELECTs in one transaction into a fresh file.
What functions in TypeScript compute, Trueworth computes and DuckDB alone reads from files.
Beyond that Trueworth checks every value against its contract, keeps rejects with reason and original, proves keys unique
and settles repeats and owners, keeps history, batches, watermarks and files, plans the models and finds their lineage,
runs every audit, and writes the run down. Bare DuckDB does none of it; rows at fault stay in its tables.`)
  printTable(
    'Where the difference is',
    ['feed or model', 'Trueworth', 'bare DuckDB', 'more'],
    dearest(ours, bare).map(({ name, own, floor }) => [name, seconds(own), seconds(floor), seconds(own - floor)]),
  )
}

function told(whose: string, run: Measured<Run>): Measured<Run> {
  console.log(`  ${whose.padEnd(12)} ${seconds(run.answer.total)}, processor ${seconds(run.processor)}`)
  return run
}

function dearest(
  ours: readonly Measured<Run>[],
  bare: readonly Measured<Run>[],
): { name: string; own: number; floor: number }[] {
  const names = Object.keys(ours[0]?.answer.each ?? {})
  const of = (taken: readonly Measured<Run>[], name: string): number =>
    median(taken.map(({ answer }) => answer.each[name] ?? 0))
  return names
    .map((name) => ({ name, own: of(ours, name), floor: of(bare, name) }))
    .toSorted((one, other) => other.own - other.floor - (one.own - one.floor))
    .slice(0, 8)
}
