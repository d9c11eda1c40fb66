import { inProcess, type Measured } from './child.ts'
import { median, megabytes, printTable, ratio, seconds } from './figures.ts'

interface Built {
  readonly rows: number
  readonly milliseconds: number
}

const MODELS: Readonly<Record<string, string>> = {
  promises: 'working minutes, due instants and promises of requests, beside the same join with elapsed time',
  allocation: 'allocation to the cent, beside parts that are not rounded',
  history: 'history by event, beside when the next event came',
}

/** Models of working time and history over ten million rows, each beside a bare query of its kind, in turns. */
export async function compareModels(rows: number, runs: number): Promise<void> {
  const lines: string[][] = []
  for (const [model, words] of Object.entries(MODELS)) {
    const ours: Measured<Built>[] = []
    const bare: Measured<Built>[] = []
    for (let turn = 0; turn < runs; turn++) {
      bare.push(await inProcess<Built>('models.ts', model, 'bare', String(rows)))
      ours.push(await inProcess<Built>('models.ts', model, 'ours', String(rows)))
    }
    const time = median(ours.map(({ answer }) => answer.milliseconds))
    const times = ours.map(({ answer }, turn) => answer.milliseconds / (bare[turn]?.answer.milliseconds ?? Number.NaN))
    lines.push([
      words,
      seconds(time),
      `${Math.round(rows / time)} k`,
      ratio(median(times), 1),
      megabytes(Math.max(...ours.map(({ peak }) => peak))),
    ])
  }
  printTable(
    `${rows.toLocaleString('en')} rows, medians of ${runs}`,
    ['model', 'time', 'rows a second', 'beside bare', 'most memory'],
    lines,
  )
}
