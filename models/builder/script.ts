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
  const script = begin(model.module)
  try {
    for (const [read, sql] of Object.entries(model.reads)) await give(session, sql, { read, script })
    script.tell('all read')
    let count = 0
    for (;;) {
      const told = await script.told()
      if (told === 'done') return count
      if ('error' in told) throw Object.assign(new Error(told.error.message), told.error)
      if ('stray' in told) throw strayColumn(model, told.stray)
      script.tell('taken')
      await insert(session, model, told.json)
      count += told.count
    }
  } finally {
    script.end()
  }
}

/** One run of a function in the thread. */
interface Script {
  tell(message: ToScript): void
  /** What it says next. Rejects where the thread is gone. */
  told(): Promise<FromScript>
  end(): void
}

/** Vector by vector, so that no read is copied at once. A read without rows has its columns all the same. */
async function give(session: Session, sql: string, { read, script }: { read: string; script: Script }): Promise<void> {
  const answer = await session.stream(sql)
  const names = answer.names
  script.tell({ read, columns: Object.fromEntries(names.map((name) => [name, []])) })
  for await (const chunk of answer) {
    const columns: [string, ReturnType<typeof toJs>[]][] = []
    for (const [index, name] of names.entries()) {
      columns.push([name, chunk.getColumnValues(index).map(toJs)])
      await pace()
    }
    script.tell({ read, columns: Object.fromEntries(columns) })
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

function begin(module: string): Script {
  const used = (thread ??= opened())
  clearTimeout(used.idle)
  used.running += 1
  const { port1: port, port2: theirs } = new MessageChannel()
  used.worker.postMessage({ module, port: theirs } satisfies ScriptOrder, [theirs])
  return talk(used, port)
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

function talk(used: Thread, port: MessagePort): Script {
  const said: FromScript[] = []
  const waiting: PromiseWithResolvers<FromScript>[] = []
  let isOver = false
  let isDone = false
  port.on('message', (next: FromScript) => {
    isDone = next === 'done' || 'error' in next || 'stray' in next
    const reader = waiting.shift()
    if (reader === undefined) said.push(next)
    else reader.resolve(next)
  })
  const gone = Promise.withResolvers<never>()
  gone.promise.catch(() => undefined)
  port.on('close', () => {
    if (isOver) return
    // The port closes before the thread tells what ended it, which nothing else waits for.
    forget(used)
    used.worker.ref()
    void used.ended.then((cause) =>
      gone.reject(new Error(`the thread of the models ended: ${String(cause)}`, { cause })),
    )
  })
  return {
    tell: (message) => port.postMessage(message, []),
    told: async () => {
      const next = said.shift()
      if (next !== undefined) return next
      const reader = Promise.withResolvers<FromScript>()
      waiting.push(reader)
      return Promise.race([reader.promise, gone.promise])
    },
    end: () => {
      isOver = true
      left(used, isDone)
      port.close()
    },
  }
}
