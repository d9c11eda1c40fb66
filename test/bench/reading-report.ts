import { inProcess } from './child.ts'
import { megabytes, printTable, ratio, seconds } from './figures.ts'

export interface Reading {
  readonly arrow: { readonly what: string; readonly arrow: number; readonly parquet: number; readonly bytes: number }[]
  readonly questions: { readonly what: string; readonly bare: number; readonly cold: number; readonly kept: number }[]
  readonly page: { readonly first: number; readonly warm: number; readonly bytes: number }
}

/** What reading costs: large answers, questions, a page. */
export async function compareReading(scale: number): Promise<void> {
  const { answer, peak } = await inProcess<Reading>('reading.ts', String(scale))
  printTable(
    '10 million rows × 8 columns out of DuckDB',
    ['text columns', 'Arrow IPC', 'Parquet by COPY', 'ratio', 'Arrow bytes'],
    answer.arrow.map(({ what, arrow, parquet, bytes }) => [
      what,
      seconds(arrow),
      seconds(parquet),
      ratio(arrow, parquet),
      megabytes(bytes),
    ]),
  )
  printTable(
    `Questions at scale ${scale}, in process, medians of 20`,
    ['question', 'bare SQL', 'asked, cold', 'more', 'asked again'],
    answer.questions.map(({ what, bare, cold, kept }) => [
      what,
      seconds(bare),
      seconds(cold),
      seconds(cold - bare),
      seconds(kept),
    ]),
  )
  console.log(
    `\nCold adds to the bare SQL: parse and plan the question, what is published, row rules, coverage, evidence.`,
  )
  const { first, warm, bytes } = answer.page
  console.log(
    `\n/customers over HTTP: first ${seconds(first)}, then ${seconds(warm)} (median of 20), ${Math.round(bytes / 1024)} kB`,
  )
  console.log(`Peak memory of this part: ${megabytes(peak)}`)
}
