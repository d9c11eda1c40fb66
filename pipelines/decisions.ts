import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { PolicyVersion } from '../config/policy-version.ts'
import type { Class } from '../config/score.ts'
import { literal } from '../data/quote.ts'
import type { Session } from '../data/warehouse.ts'
import { timestamp } from './load/meta.ts'

interface Decided {
  readonly decision_id: string
  /** ISO 8601 in UTC; later than that of every decision before. */
  readonly at: string
  readonly by: string
}

/** What a person decided of a batch. `accept`: load it although it looks wrong. `quarantine`: none of its rows. `release`: they count again. */
export interface BatchDecision extends Decided {
  readonly kind: 'accept' | 'quarantine' | 'release'
  readonly batch_id: string
  readonly source: string
  readonly entity: string
  readonly origin: string
  readonly reason?: string
}

/** What a person decided of the class of a customer: `class` it is to have from a business date until a day, or the end of that. */
export interface ClassDecision extends Decided {
  readonly kind: 'class' | 'class_end'
  readonly customer_id: string
  readonly class?: Class
  readonly from: string
  readonly until?: string
  readonly reason: string
}

/** A version of the rules that a person saved; the last one of a day holds. */
export interface PolicyDecision extends Decided {
  readonly kind: 'policy'
  readonly policy: PolicyVersion
  readonly reason?: string
}

export type Decision = BatchDecision | ClassDecision | PolicyDecision
/** As it is made: when and under which id is not for whoever decides to say. */
export type NewDecision = Fresh<BatchDecision> | Fresh<ClassDecision> | Fresh<PolicyDecision>
type Fresh<One extends Decided> = Omit<One, 'decision_id' | 'at'>

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

  get #ofBatches(): BatchDecision[] {
    return this.#all.filter((one): one is BatchDecision => 'batch_id' in one)
  }

  /** Oldest first. */
  get all(): readonly Decision[] {
    return this.#all
  }

  /** Not before the last decision, so that what is built now knows of it. */
  noEarlier(now: Date): Date {
    return new Date(Math.max(now.getTime(), Date.parse(this.#all.at(-1)?.at ?? '') || 0))
  }

  isAccepted(batchId: string): boolean {
    return this.#ofBatches.some(({ kind, batch_id }) => kind === 'accept' && batch_id === batchId)
  }

  isQuarantined(batchId: string): boolean {
    const last = this.#ofBatches.findLast(({ kind, batch_id }) => kind !== 'accept' && batch_id === batchId)
    return last?.kind === 'quarantine'
  }

  /** Batches of a feed in quarantine. */
  quarantinedOf(feed: { source: string; entity: string; origin: string }): string[] {
    const decided = this.#ofBatches.filter(
      ({ kind, source, entity, origin }) =>
        kind === 'quarantine' && source === feed.source && entity === feed.entity && origin === feed.origin,
    )
    return [...new Set(decided.map(({ batch_id }) => batch_id))].filter((id) => this.isQuarantined(id))
  }

  async add(decision: NewDecision, now: Date): Promise<Decision> {
    const last = this.#all.at(-1)
    const at = new Date(Math.max(now.getTime(), last === undefined ? 0 : Date.parse(last.at) + 1)).toISOString()
    const decision_id = `${at.replaceAll(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`
    const made: Decision = { decision_id, at, ...decision }
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

/** Writes `meta.decisions` from the files, in the caller's transaction. Gives the decisions that were there before. */
export async function writeDecisions(session: Session, all: readonly Decision[]): Promise<readonly Decision[]> {
  const former = await session.rows<{ decision_id: string }>('SELECT decision_id FROM meta.decisions')
  const known = new Set(former.map(({ decision_id }) => decision_id))
  await session.run('DELETE FROM meta.decisions')
  const values = all.map((decision) => {
    const { decision_id, at, by, kind, ...content } = decision
    const { batch_id, source, entity, origin } = 'batch_id' in content ? content : NO_BATCH
    const cells = [decision_id, timestamp(at), by, kind, batch_id, source, entity, origin, decision.reason]
    const rest = 'batch_id' in content ? undefined : JSON.stringify(content)
    return `(${[...cells, rest].map((cell) => (cell === undefined ? 'NULL' : literal(cell))).join(', ')})`
  })
  if (values.length > 0)
    await session.run(
      `INSERT INTO meta.decisions (decision_id, decided_at, decided_by, kind, batch_id, source, entity, origin, reason, content)
       VALUES ${values.join(', ')}`,
    )
  return all.filter(({ decision_id }) => known.has(decision_id))
}

const NO_BATCH = { batch_id: undefined, source: undefined, entity: undefined, origin: undefined }
