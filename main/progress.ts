import stringWidth from 'string-width'
import type { SampleProgress } from '../data/demo/sample.ts'
import type { RunEvent } from '../pipelines/run/journal.ts'
import type { RunReport } from '../pipelines/run/run.ts'
import { count, duration } from '../terminal.ts'

export type Say = (line: string) => void

/** What belongs together on the terminal: the tables of a source, the models of a layer. */
interface Group {
  readonly name: string
  parts: number
  rows: number
  rejects: number
  milliseconds: number
}

export interface SampleTeller {
  tell(progress: SampleProgress): void
  end(): void
}

/** Says how the sample company comes about: a line for each system it is written to, or with `verbose` for each table. */
export function sampleTeller(say: Say, verbose = false): SampleTeller {
  let group: Group | undefined
  const end = (): void => {
    if (group !== undefined) say(groupLine('make', group, 'tables'))
    group = undefined
  }
  return {
    tell: ({ step, rows, milliseconds }) => {
      if (verbose) return say(line('make', step, rows, milliseconds))
      const [system, table] = step.split('/')
      const name = table === undefined || system === undefined ? 'the company' : system
      if (group?.name !== name) end()
      group ??= emptyGroup(name)
      add(group, { rows: rows ?? 0, milliseconds })
    },
    end,
  }
}

/** What the last lines of a run stand on. */
type Outcome = Pick<RunReport, 'status' | 'published' | 'version' | 'rows' | 'rejects' | 'milliseconds' | 'error'>

export interface RunTeller {
  tell(event: RunEvent): void
  /** The last lines of a run: what readers see now, and where to look when something went wrong. */
  report(report: Outcome): void
}

/**
 * Says how a run goes: a line for each source that was read and loaded and for each layer of models, or with `verbose` for
 * each feed and model. `feeds`: how many feeds each source has. What fails is said at once, with its reason.
 */
export function runTeller(say: Say, feeds: ReadonlyMap<string, number>, verbose = false): RunTeller {
  const failures: string[] = []
  const groups = new Groups(say, feeds)
  return {
    tell: (event) => {
      if (event.kind === 'retry')
        say(`  ${event.source}: ${event.error}; trying again in ${duration(event.inMilliseconds)}`)
      else if (event.kind === 'end' && event.status === 'failed') {
        failures.push(`${event.source}: ${event.note}`)
        say(`  FAILED to ${WORDS[event.step]} ${nameOf(event)}: ${event.note ?? ''}`)
      } else if (verbose) sayStep(event, say)
      else groups.take(event)
    },
    report: (report) => {
      groups.end()
      sayReport(report, failures, say)
    },
  }
}

const WORDS = { extract: 'read', load: 'load', build: 'build', publish: 'publish' } as const

/** Sums steps as they end, and says a group when it is complete. */
class Groups {
  readonly #say: Say
  readonly #feeds: ReadonlyMap<string, number>
  readonly #open = new Map<string, Group>()
  #step: keyof typeof WORDS = 'extract'

  constructor(say: Say, feeds: ReadonlyMap<string, number>) {
    this.#say = say
    this.#feeds = feeds
  }

  take(event: RunEvent): void {
    if (event.kind === 'model') return this.#model(event)
    if (event.kind === 'begin' && event.step !== this.#step) {
      this.end()
      this.#step = event.step
    }
    if (event.kind !== 'end' || event.source === undefined) return
    const group = this.#of(event.source)
    add(group, event)
    if (event.step === 'extract' && group.parts === this.#feeds.get(event.source)) this.#close(group)
  }

  end(): void {
    for (const group of this.#open.values()) this.#close(group)
  }

  #model({ model, rows, milliseconds }: RunEvent & { kind: 'model' }): void {
    const layer = model.split('.')[0] ?? model
    if (rows !== undefined) add(this.#of(layer), { rows, milliseconds })
  }

  #of(name: string): Group {
    const group = this.#open.get(name) ?? emptyGroup(name)
    this.#open.set(name, group)
    return group
  }

  #close(group: Group): void {
    this.#open.delete(group.name)
    if (group.rows > 0) this.#say(groupLine(WORDS[this.#step], group, this.#step === 'build' ? 'models' : 'tables'))
  }
}

function sayStep(event: RunEvent, say: Say): void {
  if (event.kind === 'model' && event.rows !== undefined)
    say(line('build', event.model, event.rows, event.milliseconds))
  if (event.kind !== 'end' || (event.rows === 0 && event.note === undefined)) return
  const note = event.note === undefined ? '' : `  ${event.note}`
  say(line(WORDS[event.step], nameOf(event), event.rows, event.milliseconds) + note)
}

function sayReport(report: Outcome, failures: readonly string[], say: Say): void {
  const took = duration(report.milliseconds)
  const rejected =
    report.rejects === 0 ? '' : `, ${count(report.rejects)} rejected (the Pipelines page has each with its reason)`
  const unsaid = failures.reduce((words, failure) => words.replace(failure, ''), report.error ?? '').trim()
  if (unsaid !== '') say(`run ${report.status}: ${unsaid}`)
  if (report.published) say(`version ${report.version} published: ${count(report.rows)} rows${rejected}, in ${took}`)
  else if (report.error === null) say(`nothing new, figures are as they were, in ${took}`)
  else say(`nothing was published, readers keep what they had, in ${took}`)
}

function nameOf({ source, entity }: { readonly source?: string; readonly entity?: string }): string {
  return source === undefined ? '' : `${source}.${entity ?? ''}`
}

function emptyGroup(name: string): Group {
  return { name, parts: 0, rows: 0, rejects: 0, milliseconds: 0 }
}

function add(
  group: Group,
  { rows, rejects = 0, milliseconds }: { rows: number; rejects?: number; milliseconds: number },
): void {
  group.parts += 1
  group.rows += rows
  group.rejects += rejects
  group.milliseconds += milliseconds
}

function groupLine(
  verb: string,
  { name, parts, rows, rejects, milliseconds }: Group,
  unit: 'tables' | 'models',
): string {
  const of = rows === 0 ? name : `${name}, ${parts} ${parts === 1 ? unit.slice(0, -1) : unit}`
  return (
    line(verb, of, rows === 0 ? undefined : rows, milliseconds) + (rejects === 0 ? '' : `  ${count(rejects)} rejected`)
  )
}

/** What, how many rows, how long: the columns of every progress line. */
function line(verb: string, what: string, rows: number | undefined, milliseconds: number): string {
  const blanks = ' '.repeat(Math.max(0, 38 - stringWidth(what)))
  const number = rows === undefined ? '' : `${count(rows)} ${rows === 1 ? 'row ' : 'rows'}`
  return `  ${verb.padEnd(6)} ${what}${blanks} ${number.padStart(16)} ${duration(milliseconds).padStart(9)}`
}
