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
      if ('error' in told) throw told.error
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

/** One thread for all models: what they import is loaded once. It keeps no process from ending. */
let thread: Worker | undefined

function begin(module: string): Script {
  thread ??= opened()
  const { port1: port, port2: theirs } = new MessageChannel()
  thread.postMessage({ module, port: theirs } satisfies ScriptOrder, [theirs])
  return talk(port)
}

function opened(): Worker {
  const made = new Worker(join(import.meta.dirname, 'script-thread.ts'))
  made.unref()
  const gone = (): void => {
    if (thread === made) thread = undefined
  }
  // Whoever talks with it sees the port close.
  made.on('error', gone).on('exit', gone)
  return made
}

function talk(port: MessagePort): Script {
  const said: (FromScript | undefined)[] = []
  const waiting: ((next: FromScript | undefined) => void)[] = []
  const hear = (next: FromScript | undefined): void => {
    const reader = waiting.shift()
    if (reader === undefined) said.push(next)
    else reader(next)
  }
  port.on('message', (next: FromScript) => hear(next))
  port.on('close', () => hear(undefined))
  return {
    tell: (message) => port.postMessage(message, []),
    told: async () => {
      const next =
        said.length > 0 ? said.shift() : await new Promise<FromScript | undefined>((hears) => waiting.push(hears))
      if (next === undefined) throw new Error('the thread of the models ended before the rows did; memory may be short')
      return next
    },
    end: () => port.close(),
  }
}
