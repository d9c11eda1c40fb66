import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { literal } from '../data/quote.ts'
import type { Session } from '../data/warehouse.ts'
import { timestamp } from './load/meta.ts'

/** What a person decided of a batch. `accept`: load it although it looks wrong. `quarantine`: none of its rows. `release`: they count again. */
export interface Decision {
  readonly decision_id: string
  /** ISO 8601 in UTC; later than that of every decision before. */
  readonly at: string
  readonly by: string
  readonly kind: 'accept' | 'quarantine' | 'release'
  readonly batch_id: string
  readonly source: string
  readonly entity: string
  readonly origin: string
  readonly reason?: string
}

/** A name that no source can have. */
export const DECISIONS = '_decisions'

/**
 * What people decided, a file each in `landing/_decisions/`, written once: a rebuild from landing alone knows them too.
 */
export class Decisions {
  readonly #folder: string
  #all: Decision[]

  private constructor(folder: string, all: Decision[]) {
    this.#folder = folder
    this.#all = all
  }

  static async open(landing: string): Promise<Decisions> {
    const folder = join(landing, DECISIONS)
    await mkdir(folder, { recursive: true })
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json'))
    const all = await Promise.all(
      names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Decision),
    )
    return new Decisions(
      folder,
      all.toSorted((one, other) => (one.decision_id < other.decision_id ? -1 : 1)),
    )
  }

  /** Oldest first. */
  get all(): readonly Decision[] {
    return this.#all
  }

  isAccepted(batchId: string): boolean {
    return this.#all.some(({ kind, batch_id }) => kind === 'accept' && batch_id === batchId)
  }

  isQuarantined(batchId: string): boolean {
    const last = this.#all.findLast(({ kind, batch_id }) => kind !== 'accept' && batch_id === batchId)
    return last?.kind === 'quarantine'
  }

  /** Batches of a feed in quarantine. */
  quarantinedOf(feed: { source: string; entity: string; origin: string }): string[] {
    const decided = this.#all.filter(
      ({ kind, source, entity, origin }) =>
        kind === 'quarantine' && source === feed.source && entity === feed.entity && origin === feed.origin,
    )
    return [...new Set(decided.map(({ batch_id }) => batch_id))].filter((id) => this.isQuarantined(id))
  }

  async add(decision: Omit<Decision, 'decision_id' | 'at'>, now: Date): Promise<Decision> {
    const last = this.#all.at(-1)
    const at = new Date(Math.max(now.getTime(), last === undefined ? 0 : Date.parse(last.at) + 1)).toISOString()
    const decision_id = `${at.replaceAll(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`
    const made = { decision_id, at, ...decision }
    const path = join(this.#folder, `${decision_id}.json`)
    const file = await open(`${path}.writing`, 'w')
    try {
      await file.writeFile(`${JSON.stringify(made, null, 2)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${path}.writing`, path)
    this.#all = [...this.#all, made]
    return made
  }
}

/** Writes `meta.decisions` from the files, in the caller's transaction. */
export async function writeDecisions(session: Session, all: readonly Decision[]): Promise<void> {
  await session.run('DELETE FROM meta.decisions')
  if (all.length === 0) return
  const values = all.map(
    ({ decision_id, at, by, kind, batch_id, source, entity, origin, reason }) =>
      `(${[decision_id, timestamp(at), by, kind, batch_id, source, entity, origin].map(literal).join(', ')}, ${reason === undefined ? 'NULL' : literal(reason)})`,
  )
  await session.run(`INSERT INTO meta.decisions VALUES ${values.join(', ')}`)
}
