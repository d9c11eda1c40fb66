import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { OpenPast, Past } from '../api/queries/past.ts'
import type { Config } from '../config/define.ts'
import { literal } from '../data/quote.ts'
import type { Warehouse } from '../data/warehouse.ts'
import { fault } from '../entities/faults.ts'
import { RequestError } from '../errors.ts'

/** How many editions of the past are kept. The one that was longest not asked for goes first. */
const KEPT = 8

const MARKED = /-([0-9a-f]{16})\.duckdb$/

interface PastsDeps {
  readonly warehouse: Warehouse
  readonly config: Config
  /** Builds an edition into a file. */
  readonly build: (file: string, at: { asOf: string; knownAt: string }) => Promise<void>
  /** Differs when figures would come out otherwise from the same rows. */
  readonly fingerprint: (asOf: string) => Promise<string>
}

interface Kept {
  readonly past: Promise<Past>
  /** When it was last asked for. */
  used: number
}

/** Those that are open, by mark, and those on their way out: whoever asks for one of these waits until it is gone. */
interface Shelf {
  readonly open: Map<string, Kept>
  readonly leaving: Map<string, Promise<void>>
}

/**
 * Editions of the past, each in a file below `past/`: built when first asked for, kept for the next who asks.
 * They belong to one published version: after a run, what was known then may have come late, and is built again.
 */
export function keepPasts(deps: PastsDeps): OpenPast {
  const shelf: Shelf = { open: new Map(), leaving: new Map() }
  const { open } = shelf
  return async (moment, published) => {
    const { asOf, knownAt } = await momentOf(deps, moment, published)
    if (asOf === published.as_of && knownAt >= published.known_at) return undefined
    const mark = createHash('sha256')
      .update(JSON.stringify([asOf, knownAt, published.warehouse_version, await deps.fingerprint(asOf)]))
      .digest('hex')
      .slice(0, 16)
    const kept = open.get(mark) ?? { past: openPast(deps, shelf, { mark, asOf, knownAt }), used: 0 }
    open.set(mark, kept)
    used(shelf, mark)
    kept.past.catch(() => open.delete(mark))
    return kept.past.finally(() => used(shelf, mark))
  }
}

function used({ open }: Shelf, mark: string): void {
  const kept = open.get(mark)
  if (kept !== undefined) kept.used = Date.now()
}

async function openPast(
  deps: PastsDeps,
  shelf: Shelf,
  { mark, ...at }: { mark: string; asOf: string; knownAt: string },
): Promise<Past> {
  const { warehouse, config, build } = deps
  await shelf.leaving.get(mark)
  const file = join(config.folder, 'past', `${at.knownAt.slice(0, 10)}-${mark}.duckdb`)
  if (!existsSync(file)) await build(file, at)
  const now = new Date()
  await utimes(file, now, now)
  const database = `past_${mark}`
  await warehouse.read((session) => session.run(`ATTACH IF NOT EXISTS ${literal(file)} AS ${database} (READ_ONLY)`))
  // Building it may have taken long.
  used(shelf, mark)
  await forget(deps, shelf)
  return { database, as_of: at.asOf, known_at: at.knownAt }
}

/** What was asked for a moment ago may not be read yet. A query that reads an edition keeps it until it ends. */
const STILL_MS = 60_000

async function forget({ warehouse, config }: PastsDeps, { open, leaving }: Shelf): Promise<void> {
  const folder = join(config.folder, 'past')
  const files = (await readdir(folder)).filter((name) => MARKED.test(name))
  if (files.length <= KEPT) return
  const markOf = (name: string): string => MARKED.exec(name)?.[1] ?? ''
  const dated = await Promise.all(
    files.map(async (name) => {
      const used = open.get(markOf(name))?.used ?? (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs
      return { name, mark: markOf(name), used: used ?? 0 }
    }),
  )
  const isStill = ({ mark, used }: { mark: string; used: number }): boolean =>
    open.has(mark) && Date.now() - used < STILL_MS
  const old = dated.toSorted((one, other) => other.used - one.used).slice(KEPT)
  for (const { name, mark } of old.filter((each) => !isStill(each) && !leaving.has(each.mark))) {
    const leave = async (): Promise<void> => {
      open.delete(mark)
      await warehouse.read((session) => session.run(`DETACH DATABASE IF EXISTS past_${mark}`))
      await rm(join(folder, name), { force: true })
    }
    const left = leave().finally(() => leaving.delete(mark))
    leaving.set(mark, left)
    await left
  }
}

/** A day means its end in the company's time zone. The business date is that of the moment, unless another is asked for. */
export async function momentOf(
  { warehouse, config }: Pick<PastsDeps, 'warehouse' | 'config'>,
  moment: { readonly asOf?: string; readonly knownAt?: string },
  published: { readonly as_of: string; readonly known_at: string },
): Promise<{ asOf: string; knownAt: string }> {
  const zone = config.company.timeZone
  const knownAt =
    moment.knownAt === undefined
      ? published.known_at
      : /^\d{4}-\d{2}-\d{2}$/.test(moment.knownAt)
        ? await endOf(warehouse, moment.knownAt, zone)
        : new Date(moment.knownAt).toISOString()
  // A day that still runs is known as far as it is published.
  const isToday = moment.knownAt?.length === 10 && moment.knownAt === localDay(published.known_at, zone)
  if (knownAt > published.known_at && !isToday) throw tooLate('known_at', moment.knownAt ?? knownAt, published.known_at)
  const known = knownAt > published.known_at ? published.known_at : knownAt
  const day = localDay(new Date(Date.parse(known) - 1).toISOString(), zone)
  const asOf = moment.asOf ?? (day < published.as_of ? day : published.as_of)
  if (asOf > published.as_of) throw tooLate('as_of', asOf, published.as_of)
  return { asOf, knownAt: known }
}

async function endOf(warehouse: Warehouse, day: string, zone: string): Promise<string> {
  const row = await warehouse.read((session) =>
    session.one<{ ends: string }>(
      `SELECT make_timestamp(epoch_us(timezone($1, CAST($2 AS TIMESTAMP) + INTERVAL 1 DAY))) AS ends`,
      [zone, day],
    ),
  )
  return row?.ends ?? day
}

function localDay(instant: string, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(instant))
  // Years before 1000 are told with as few digits as they need.
  return day.padStart('0000-00-00'.length, '0')
}

function tooLate(field: string, text: string, published: string): RequestError {
  return new RequestError(fault('moment_too_late', { field, text, published }), { field })
}
