import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ColumnMapping, Feed, Source } from '../../config/source.ts'
import { Warehouse, type Session } from '../../data/warehouse.ts'
import { contractOf, sourceColumns, type EntityName } from '../../entities/entities.ts'
import { ConfigError, SourceError } from '../../errors.ts'
import { openSource } from '../sources/open-source.ts'
import type { SourceColumn, SourceReader } from '../sources/reader.ts'
import { candidatesOf, tableName, tells, wordFor, type Candidate } from './match.ts'
import { profileColumns, type ColumnProfile } from './profile.ts'
import { readingOf } from './readings.ts'
import { plain, vocabulary, type KnownName, type Vocabulary } from './vocabulary.ts'

export interface ProposedColumn {
  readonly column: string
  readonly mapping: ColumnMapping
  readonly because: string
  /** Words of the source that mean nothing the contract allows. */
  readonly unknown: readonly string[]
}

export interface ProposedFeed {
  readonly entity: EntityName
  readonly because: string
  readonly feed: Feed
  readonly columns: readonly ProposedColumn[]
  /** Required columns that nothing fills. */
  readonly missing: readonly string[]
  /** What a person has to decide. */
  readonly doubts: readonly string[]
}

/** What one table or set of files may feed. */
export interface Proposal {
  readonly table: string
  /** Rows looked at. */
  readonly rows: number
  readonly feeds: readonly ProposedFeed[]
  /** Columns with values that no proposed feed takes. */
  readonly left: readonly string[]
  /** Why the table could not be read. */
  readonly error?: string
}

export interface ProposeOptions {
  /** What recipes know. */
  readonly known: readonly KnownName[]
  /** Tables, globs or paths to look at. Default: all that the source lists, else those of its feeds. */
  readonly tables?: readonly string[]
  /** Most rows looked at of each. Default 1,000. */
  readonly sample?: number
}

/** Reads columns and a sample of each table of a source, and proposes what it feeds, with reasons. Loads nothing. */
export async function proposeMapping(
  source: Source,
  { known, tables, sample = 1_000 }: ProposeOptions,
): Promise<Proposal[]> {
  const words = vocabulary(known)
  const warehouse = await Warehouse.open(':memory:')
  const session = await warehouse.session()
  const reader = await openSource(source, { warehouse })
  try {
    const listed = tables ?? (await reader.tables())
    const wanted = listed.length > 0 ? listed : [...new Set(source.feeds.map(({ from }) => from))]
    const looks: Look[] = []
    const shared = commonStart(wanted.map(tableName))
    for (const table of wanted) {
      const name = tableName(table).slice(shared.length)
      looks.push(await lookAt({ source, reader, session, words, sample }, { table, name }))
    }
    return looks.map((look) => proposalOf(look, { looks, words }))
  } finally {
    await reader.close()
    session.close()
    warehouse.close()
  }
}

interface Looking {
  readonly source: Source
  readonly reader: SourceReader
  readonly session: Session
  readonly words: Vocabulary
  readonly sample: number
}

interface Look {
  readonly table: string
  readonly options: Partial<Feed>
  readonly rows: number
  readonly columns: readonly ColumnProfile[]
  readonly candidates: readonly Candidate[]
  readonly error?: string
}

/** The words that all names begin with: 'sf ' of 'sf account' and 'sf task'. */
function commonStart(names: readonly string[]): string {
  let start = ''
  while (names.length > 2) {
    const next = /^\S+ /.exec((names[0] ?? '').slice(start.length))?.[0]
    if (next === undefined || !names.every((name) => name.startsWith(start + next))) break
    start += next
  }
  return start
}

async function lookAt(
  { source, reader, session, words, sample }: Looking,
  { table, name }: { table: string; name: string },
): Promise<Look> {
  const folder = await mkdtemp(join(tmpdir(), 'trueworth-propose-'))
  let options: Partial<Feed> = {}
  try {
    options = await optionsOf(source, reader, table)
    const feed = { entity: 'customers', from: table, columns: {}, ...options } as Feed
    const parquet = join(folder, 'sample.parquet')
    const names = await reader.columns(feed)
    const { rows } = await reader.extract(
      feed,
      { since: null, files: new Map() },
      { parquet, signal: new AbortController().signal, limit: sample },
    )
    const columns = rows === 0 ? [] : await profileColumns(session, parquet, names)
    return { table, options, rows, columns, candidates: candidatesOf(name, columns, words) }
  } catch (error) {
    if (!(error instanceof SourceError || error instanceof ConfigError)) throw error
    return { table, options, rows: 0, columns: [], candidates: [], error: error.message }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** How the table is read: as a feed of it already says, else with the delimiter that parts its first line best. */
async function optionsOf(source: Source, reader: SourceReader, table: string): Promise<Partial<Feed>> {
  const feed = source.feeds.find(({ from }) => from === table)
  if (feed !== undefined) {
    const { entity: _, from: __, columns: ___, cursor: ____, where: _____, version: ______, ...options } = feed
    return options
  }
  if (source.kind !== 'files' || source.delimiter !== undefined || !/\.(csv|tsv|txt)(\.gz)?$/i.test(table)) return {}
  const found: { delimiter: string; columns: SourceColumn[] }[] = []
  for (const delimiter of [',', ';', '\t', '|']) {
    const columns = await reader.columns({ entity: 'customers', from: table, columns: {}, delimiter })
    found.push({ delimiter, columns })
  }
  const best = found.toSorted((one, other) => other.columns.length - one.columns.length)[0]
  return best === undefined || best.delimiter === ',' ? {} : { delimiter: best.delimiter }
}

/** A weaker sum of likenesses proposes nothing. */
const LEAST = 1.5

function proposalOf(look: Look, { looks, words }: { looks: readonly Look[]; words: Vocabulary }): Proposal {
  const { table, rows, columns, error } = look
  const best = bestOf(look, looks)
  const also = best === undefined ? [] : alsoOf(look, best, looks)
  const feeds = best === undefined ? [] : [best, ...also].map((each) => proposedFeed(look, each, words))
  const taken = new Set([best, ...also].flatMap((each) => each?.matches.map(({ from }) => from.name) ?? []))
  const left = columns.filter(({ name, filled }) => filled > 0 && !taken.has(name)).map(({ name }) => name)
  return { table, rows, feeds, left, ...(error !== undefined && { error }) }
}

/** A table that is only like an entity by its columns gives way to one that bears the entity's name. */
function bestOf(look: Look, looks: readonly Look[]): Candidate | undefined {
  const named = new Set(looks.flatMap(({ candidates: [first] }) => (first?.isNamed ? [first.entity] : [])))
  return look.candidates.find(
    (each) => each.score >= LEAST && (each.isNamed || (tells(each) && !named.has(each.entity))),
  )
}

/** A table of order lines has what there is to say of orders too, where no table of its own does; and the other way. */
function alsoOf(look: Look, best: Candidate, looks: readonly Look[]): Candidate[] {
  const elsewhere = looks.filter((other) => other !== look).map((other) => other.candidates[0]?.entity)
  return look.candidates.filter((each) => {
    if (elsewhere.includes(each.entity)) return false
    if (wholesOf(best.entity).includes(each.entity)) return each.missing.length === 0
    return wholesOf(each.entity).includes(best.entity) && each.matches.length > 2
  })
}

/** What the entity is a part of: its key holds the key of the whole. */
function wholesOf(entity: EntityName): (string | undefined)[] {
  const { key, columns } = contractOf(entity)
  return key.map((column) => columns[column]?.references)
}

function proposedFeed({ table, options, columns }: Look, candidate: Candidate, words: Vocabulary): ProposedFeed {
  const proposed = candidate.matches.map((match) => {
    const { column, from, because } = match
    const allowed = sourceColumns(candidate.entity)[column]?.values
    if (allowed === undefined) return { column, mapping: from.name, because, unknown: [] }
    const meant = from.words.map(({ word }) => [word, wordFor(word, allowed, words)] as const)
    const values = Object.fromEntries(meant.filter((pair): pair is [string, string] => pair[1] !== undefined))
    const isRequired = sourceColumns(candidate.entity)[column]?.required === true
    return {
      column,
      mapping: { from: from.name, values, ...(!isRequired && { otherwise: null }) },
      because,
      unknown: meant.filter(([, to]) => to === undefined).map(([word]) => word),
    }
  })
  const { reading, doubts } = readingOf(candidate)
  const cursor = cursorOf(columns, options)
  const feed = {
    entity: candidate.entity,
    from: table,
    ...options,
    ...reading,
    ...(cursor !== undefined && { cursor: { column: cursor, lag: { hours: 1 } } }),
    columns: Object.fromEntries(proposed.map(({ column, mapping }) => [column, mapping])),
  } as Feed
  const { entity, because, missing } = candidate
  return { entity, because, feed, columns: proposed, missing, doubts }
}

const CHANGED = /^((last )?(updated|modified|changed)|system modstamp|sys updated|write|date modified|更新|修改)( at)?$/

/** The column that says when a row last changed, where each row has it. */
function cursorOf(columns: readonly ColumnProfile[], options: Partial<Feed>): string | undefined {
  if ('delimiter' in options) return undefined
  return columns.find(({ name, filled, rows, isos }) => CHANGED.test(plain(name)) && filled === rows && isos === rows)
    ?.name
}
