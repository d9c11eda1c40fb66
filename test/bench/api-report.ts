import { readFile } from 'node:fs/promises'
import { inNode } from './child.ts'
import { megabytes, printTable, ratio, seconds } from './figures.ts'

/** Medians in milliseconds: by SQL alone, over HTTP for the first time, over HTTP again; by one client and by many. */
export interface Measure {
  readonly what: string
  readonly bare: number
  readonly cold: number
  readonly kept: number
  readonly bareMany: number
  readonly coldMany: number
  readonly keptMany: number
  /** Longest that the event loop was held by SQL alone, and by the server. */
  readonly heldBare: number
  readonly held: number
}

export interface ApiReading {
  readonly questions: Measure[]
  readonly large: { readonly format: string; readonly taken: number; readonly held: number }[]
}

/** What a question over HTTP costs beside its own SQL, run in the same process. */
export async function compareApi(scale: number): Promise<void> {
  const { answer, peak } = await inNode<ApiReading>(await serverFlags(), 'api.ts', String(scale))
  printTable(
    `Questions over HTTP at scale ${scale}, one client, medians of 50`,
    ['question', 'bare SQL', 'first time', 'more', 'again', 'loop held', 'by bare SQL'],
    answer.questions.map(({ what, bare, cold, kept, held, heldBare }) => [
      what,
      seconds(bare),
      seconds(cold),
      seconds(cold - bare),
      seconds(kept),
      seconds(held),
      seconds(heldBare),
    ]),
  )
  printTable(
    '50 clients at once, medians of 200',
    ['question', 'bare SQL', 'first time', 'ratio', 'again'],
    answer.questions.map(({ what, bareMany, coldMany, keptMany }) => [
      what,
      seconds(bareMany),
      seconds(coldMany),
      ratio(coldMany, bareMany),
      seconds(keptMany),
    ]),
  )
  printTable(
    '100,000 rows of customers and months',
    ['format', 'taken', 'loop held'],
    answer.large.map(({ format, taken, held }) => [format, seconds(taken), seconds(held)]),
  )
  console.log('\nThe aim: at most 3 ms more at the median, and the loop never held for more than 20 ms.')
  console.log(`Peak memory of this part: ${megabytes(peak)}`)
}

/** The flags that `npm start` runs Node with. */
async function serverFlags(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: { start: string } }
  return scripts.start.split(' ').filter((word) => word.startsWith('--'))
}
