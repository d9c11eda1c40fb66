import { setTimeout as sleep } from 'node:timers/promises'
import type { Source } from '../../config/source.ts'
import { SourceError } from '../../errors.ts'
import type { Decisions } from '../decisions.ts'
import { driftBetween, type Profile } from '../drift.ts'
import { fingerprint, isHeld, readManifest, type Landing, type Manifest, type OpenBatch } from '../landing.ts'
import { feedOf, type ConfiguredFeed, type FeedName } from '../load/prepare.ts'
import { messageOf } from './faults.ts'
import type { RunJournal, StepOutcome } from './journal.ts'
import { lookOf, type Unchanged } from './unchanged.ts'
import { windowAgain, type Again, type Windows } from './window.ts'
import type { Extracted, SourceReader, Window } from '../sources/reader.ts'
import { isAbsent } from '../sources/open-source.ts'

export type OpenReader = (source: Source) => SourceReader | Promise<SourceReader>

export interface Extraction {
  readonly windows: Windows
  readonly landing: Landing
  readonly unchanged: Unchanged
  readonly journal: RunJournal
  readonly now: () => Date
  readonly open: OpenReader
  readonly full: boolean
  /** A part of the past to read again, whatever was read before; undefined: what is new. */
  readonly again: Again | undefined
  readonly decisions: Decisions
  /** What the columns of a batch are like. */
  readonly inspect: (parquet: string) => Promise<Profile>
  readonly signal: AbortSignal
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/** How long to wait before each new try of what may help to try again. */
const BACKOFF = [1_000, 5_000, 25_000]

/** At most so many sources are read at once: a database is waited for while another's rows are written. */
const AT_ONCE = 2

/**
 * Reads the feeds of all sources into landing, a step for each. A source that fails is a failed step and stops nobody else.
 * Answers the feeds that were read and brought nothing new.
 */
export async function extractAll(run: Extraction, feeds: readonly ConfiguredFeed[]): Promise<FeedName[]> {
  const sources = [...Map.groupBy(feeds, ({ source }) => source).values()]
  const idle: FeedName[] = []
  const work = async (): Promise<void> => {
    for (let next = sources.shift(); next !== undefined; next = sources.shift())
      idle.push(...(await extractSource(run, next)))
  }
  // All have ended before an error goes on: nothing is read or written behind the back of the next run.
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, work))
  await run.unchanged.write()
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  return idle
}

async function extractSource(run: Extraction, feeds: readonly ConfiguredFeed[]): Promise<FeedName[]> {
  const idle: FeedName[] = []
  let reader: SourceReader | undefined
  try {
    const [first] = feeds
    const look = first && (await lookOf(first.source))
    for (const configured of feeds) {
      run.signal.throwIfAborted()
      const name = { source: configured.source.name, entity: configured.feed.entity, origin: configured.feed.from }
      let brought = true
      const report = await run.journal.step('extract', name, () =>
        retrying(run, name.source, async () => {
          if (!run.full && run.again === undefined && run.unchanged.has(configured, look)) {
            brought = false
            return {}
          }
          reader ??= await run.open(configured.source)
          const outcome = await extractFeed(run, reader, configured).catch((error: unknown) =>
            absent(configured, error),
          )
          brought = outcome.brought
          run.unchanged.note(configured, look)
          return outcome
        }),
      )
      if (report.status === 'succeeded' && !brought) idle.push(name)
    }
  } finally {
    await reader?.close()
  }
  return idle
}

function absent({ feed }: ConfiguredFeed, error: unknown): StepOutcome & { brought: boolean } {
  if (error instanceof Error && isAbsent(feed, error)) return { brought: false, note: error.message }
  throw error
}

async function retrying<T>(run: Extraction, source: string, work: () => Promise<T>): Promise<T> {
  for (const wait of BACKOFF) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof SourceError && error.retry) || run.signal.aborted) throw error
      run.journal.tell({ kind: 'retry', source, error: messageOf(error), inMilliseconds: wait })
      await run.wait(wait, run.signal)
    }
  }
  return work()
}

/** Waits, unless the run is stopped meanwhile. */
export async function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal })
}

async function extractFeed(
  run: Extraction,
  reader: SourceReader,
  configured: ConfiguredFeed,
): Promise<StepOutcome & { brought: boolean }> {
  const { source, feed } = configured
  const window = run.again === undefined ? run.windows.of(configured, run.full) : windowAgain(configured, run.again)
  const batch = await run.landing.begin(source.name, feed.entity, run.now())
  try {
    const extracted = await reader.extract(feed, window, { parquet: batch.parquet, signal: run.signal })
    const last = await lastManifest(run, configured)
    const manifest = await describe(run, { configured, batch, window, extracted, last })
    if (bringsNothing(configured, manifest, last?.newest)) {
      await run.landing.discard(batch)
      return { brought: false }
    }
    await run.landing.seal(batch, manifest, extracted)
    return { brought: true, rows: extracted.rows }
  } catch (error) {
    await run.landing.discard(batch)
    throw error
  }
}

async function describe(
  run: Extraction,
  {
    configured,
    batch,
    window,
    extracted,
    last,
  }: {
    configured: ConfiguredFeed
    batch: OpenBatch
    window: Window
    extracted: Extracted
    last: { readonly counts: Manifest | undefined }
  },
): Promise<Manifest> {
  const { source, feed } = configured
  const { rows, files } = extracted
  const full = run.full || run.again !== undefined
  const read = { since: window.since, full, ...(window.until !== undefined && { until: window.until }) }
  const profile = rows === 0 ? undefined : await run.inspect(batch.parquet)
  const after = { rows, files, window: read, ...(profile && { profile }) }
  const drift = last.counts === undefined ? [] : driftBetween({ source, feed, before: last.counts, after })
  return {
    batch_id: batch.batch_id,
    run_id: run.journal.runId,
    source: source.name,
    entity: feed.entity,
    origin: feed.from,
    window: read,
    // A part of the past that is read again does not move how far the feed was read.
    cursor: run.again === undefined ? extracted.cursor : null,
    files: extracted.files,
    rows: extracted.rows,
    unreadable: extracted.unreadable.length,
    ...(extracted.recovered && extracted.recovered.length > 0 && { recovered: extracted.recovered.length }),
    ...(await fingerprint(batch, extracted)),
    ...(profile && { profile }),
    ...(drift.length > 0 && { drift }),
    extracted_at: batch.extracted_at,
    feed,
  }
}

/** No rows, or to the byte what the feed's last batch had: the source did not change. What is asked for in full is loaded again. */
function bringsNothing({ feed }: ConfiguredFeed, manifest: Manifest, last: Manifest | undefined): boolean {
  if (manifest.rows + manifest.unreadable + manifest.files.length === 0 && !feed.deletions) return true
  if (manifest.window.full) return false
  if (last === undefined) return manifest.rows + manifest.unreadable + manifest.files.length === 0
  return (
    last.rows === manifest.rows &&
    last.sha256 === manifest.sha256 &&
    last.unreadable === manifest.unreadable &&
    JSON.stringify(last.files) === JSON.stringify(manifest.files)
  )
}

/** The newest batch of a feed from its source, and the newest that counts: neither held nor in quarantine. */
async function lastManifest(
  { landing, decisions }: Extraction,
  { source, feed }: ConfiguredFeed,
): Promise<{ newest: Manifest | undefined; counts: Manifest | undefined }> {
  let newest: Manifest | undefined
  for (const batch of landing.batchesOf(source.name, feed.entity).toReversed()) {
    const manifest = await readManifest(batch)
    if (manifest.origin !== feed.from || manifest.correction !== undefined) continue
    newest ??= manifest
    if (!isHeld(manifest, decisions) && !decisions.isQuarantined(manifest.batch_id)) return { newest, counts: manifest }
  }
  return { newest, counts: undefined }
}

/** The feeds to read: all, or those that `only` names as `source` or `source.entity`. */
export function feedsToRead(sources: readonly Source[], only: readonly string[] | undefined): ConfiguredFeed[] {
  const wanted = (source: Source, entity: string): boolean =>
    only === undefined || only.includes(source.name) || only.includes(`${source.name}.${entity}`)
  return sources.flatMap((source) =>
    source.feeds
      .filter(({ entity }) => wanted(source, entity))
      .map(({ entity, from }) => feedOf({ sources }, { source: source.name, entity, origin: from }))
      .filter((configured) => configured !== undefined),
  )
}
