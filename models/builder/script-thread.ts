// Worker: the functions of `.ts` models run here, so that no fit and no simulation holds the event loop.
import { inspect } from 'node:util'
import { parentPort, type MessagePort } from 'node:worker_threads'
import type { Value } from '../../data/values.ts'
import type { ModelDefinition, ReadColumns } from './model.ts'

/** A model to be run, and where it is talked about. */
export interface ScriptOrder {
  /** Address of its file. */
  readonly module: string
  readonly port: MessagePort
}

/** A part of a read, the end of all reads, or that the last batch was taken. */
export type ToScript = { readonly read: string; readonly columns: ReadColumns } | 'all read' | 'taken'

/** Some rows as a JSON list, the end, a column that `types` does not name, or what the function threw, as text: not everything can be sent. */
export type FromScript =
  | { readonly count: number; readonly json: string }
  | 'done'
  | { readonly stray: string }
  | { readonly error: { readonly message: string; readonly stack: string } }

const BATCH = 5_000

parentPort?.on('message', ({ module, port }: ScriptOrder) => {
  const input: Record<string, Record<string, Value[]>> = {}
  let taken = Promise.withResolvers<void>()
  taken.resolve()
  const tell = async (told: FromScript): Promise<void> => {
    await taken.promise
    taken = Promise.withResolvers()
    port.postMessage(told, [])
  }
  port.on('message', (message: ToScript) => {
    if (message === 'taken') taken.resolve()
    else if (message === 'all read')
      void run(module, input, tell).catch((error: unknown) =>
        tell({ error: { message: error instanceof Error ? error.message : inspect(error), stack: inspect(error) } }),
      )
    else append((input[message.read] ??= {}), message.columns)
  })
})

function append(whole: Record<string, Value[]>, part: ReadColumns): void {
  for (const [name, values] of Object.entries(part)) {
    const column = (whole[name] ??= [])
    for (const value of values) column.push(value)
  }
}

async function run(
  module: string,
  input: Readonly<Record<string, ReadColumns>>,
  tell: (told: FromScript) => Promise<void>,
): Promise<void> {
  const { model } = (await import(module)) as { model: ModelDefinition }
  let batch: object[] = []
  const send = async (): Promise<void> => {
    await tell({ count: batch.length, json: JSON.stringify(batch) })
    batch = []
  }
  for (const row of model.rows(input)) {
    const stray = Object.keys(row).find((column) => !Object.hasOwn(model.types, column))
    if (stray !== undefined) return tell({ stray })
    if (batch.push(row) === BATCH) await send()
  }
  if (batch.length > 0) await send()
  await tell('done')
}
