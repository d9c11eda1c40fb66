import { on } from 'node:events'
import { join } from 'node:path'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import type { Session } from '../../data/warehouse.ts'
import { toJs } from '../../data/values.ts'
import { ModelError } from '../../errors.ts'
import { pace } from '../../pace.ts'
import type { PlannedModel, ScriptModel } from './model.ts'
import type { FromScript, ScriptOrder, ToScript } from './script-thread.ts'

/** Runs a `.ts` model beside the event loop: reads its inputs, has its function called, keeps the rows. Returns how many. */
export async function fillScript(session: Session, model: PlannedModel & ScriptModel): Promise<number> {
  const types = Object.entries(model.types)
  await session.run(
    `CREATE OR REPLACE TABLE ${model.name} (${types.map(([column, type]) => `${column} ${type}`).join(', ')})`,
  )
  let count = 0
  for await (const batch of batchesOf(session, model)) {
    await insert(session, model, batch.json)
    count += batch.count
  }
  return count
}

type Batch = Extract<FromScript, { json: string }>

/** What the function gives, some rows at a time. The next ones are computed while these are taken. */
async function* batchesOf(session: Session, model: ScriptModel): AsyncGenerator<Batch, void> {
  const { used, port } = begin(model.module)
  const tell = (message: ToScript): void => port.postMessage(message, [])
  // Listens from here on: the port may close before all is read.
  const said = on(port, 'message', { close: ['close'] }) as AsyncIterable<[FromScript]>
  let isDone = false
  try {
    for (const [read, sql] of Object.entries(model.reads)) await give(session, sql, { read, tell })
    tell('all read')
    for await (const [told] of said) {
      if (typeof told === 'object' && 'json' in told) {
        yield told
        tell('taken')
        continue
      }
      isDone = true
      if (told === 'done') return
      throw 'stray' in told ? strayColumn(model, told.stray) : Object.assign(new Error(told.error.message), told.error)
    }
    throw await endOf(used)
  } finally {
    port.close()
    left(used, isDone)
  }
}

/** Vector by vector, so that no read is copied at once. A read without rows has its columns all the same. */
async function give(
  session: Session,
  sql: string,
  { read, tell }: { read: string; tell: (message: ToScript) => void },
): Promise<void> {
  const answer = await session.stream(sql)
  const names = answer.names
  tell({ read, columns: Object.fromEntries(names.map((name) => [name, []])) })
  for await (const chunk of answer) {
    const columns: [string, ReturnType<typeof toJs>[]][] = []
    for (const [index, name] of names.entries()) {
      columns.push([name, chunk.getColumnValues(index).map(toJs)])
      await pace()
    }
    tell({ read, columns: Object.fromEntries(columns) })
  }
}

function strayColumn({ name, file, types }: ScriptModel, stray: string): ModelError {
  return new ModelError(
    `${file}: a row has ${stray}, which types does not name; it names ${Object.keys(types).join(', ')}`,
    { model: name, phase: 'run' },
  )
}

/** Rows travel as JSON and are cast to their types by DuckDB; days and instants as ISO 8601 text. */
async function insert(session: Session, { name, types }: ScriptModel, rows: string): Promise<void> {
  const columns = Object.keys(types)
  const structure = JSON.stringify([Object.fromEntries(columns.map((column) => [column, 'VARCHAR']))])
  const cells = columns.map((column) => `CAST(cells.${column} AS ${types[column]})`)
  await session.run(
    `INSERT INTO ${name} SELECT ${cells.join(', ')} FROM (SELECT unnest(from_json($1, '${structure}')) AS cells)`,
    [rows],
  )
}

/** A thread that has had nothing to do for so long is let go: it holds what models import. */
const IDLE = 30_000

interface Thread {
  readonly worker: Worker
  /** How many functions run in it. */
  running: number
  idle: NodeJS.Timeout | undefined
  /** What ended it, once something has: an error, or its exit code. */
  readonly ended: Promise<unknown>
}

/** One for all models: what they import is loaded once. It keeps no process from ending. */
let thread: Thread | undefined

function begin(module: string): { used: Thread; port: MessagePort } {
  const used = (thread ??= opened())
  clearTimeout(used.idle)
  used.running += 1
  const { port1: port, port2: theirs } = new MessageChannel()
  used.worker.postMessage({ module, port: theirs } satisfies ScriptOrder, [theirs])
  return { used, port }
}

function opened(): Thread {
  const worker = new Worker(join(import.meta.dirname, 'script-thread.ts'))
  worker.unref()
  const ended = Promise.withResolvers<unknown>()
  const made: Thread = { worker, running: 0, idle: undefined, ended: ended.promise }
  worker.on('error', (error) => ended.resolve(error))
  worker.on('exit', (code) => {
    ended.resolve(`exit code ${code}`)
    forget(made)
  })
  return made
}

function forget(used: Thread): void {
  if (thread === used) thread = undefined
}

/** Whoever leaves in the middle takes the thread along, where it is alone there: nobody waits for what a function does for nobody. */
function left(used: Thread, isDone: boolean): void {
  used.running -= 1
  if (used.running > 0) return
  const end = (): void => {
    forget(used)
    void used.worker.terminate()
  }
  if (isDone) used.idle = setTimeout(end, IDLE).unref()
  else end()
}

/** Why the thread is gone. Its ports close before it tells, and nothing else waits for that. */
async function endOf(used: Thread): Promise<Error> {
  forget(used)
  used.worker.ref()
  const cause = await used.ended
  return new Error(`the thread of the models ended: ${String(cause)}`, { cause })
}
