import { contractOf, entityNames, sourceColumns, type EntityName } from '../../entities/entities.ts'
import type { Column } from '../../entities/entity.ts'
import { nearest } from '../../models/builder/nearest.ts'
import type { ColumnProfile } from './profile.ts'
import { plain, type Phrase, type Vocabulary } from './vocabulary.ts'

/** A column of the source proposed for a column of an entity. `score` is above 0 and at most 1. */
export interface Match {
  readonly column: string
  readonly from: ColumnProfile
  readonly score: number
  readonly because: string
}

/** What a table may feed. */
export interface Candidate {
  readonly entity: EntityName
  readonly score: number
  readonly because: string
  /** The table bears the entity's name. Else its columns alone must tell. */
  readonly isNamed: boolean
  readonly matches: readonly Match[]
  /** Required columns that nothing fills. */
  readonly missing: readonly string[]
}

/** A weaker likeness than this proposes nothing. */
const LEAST = 0.62
/** What every table has says little of what it is. */
const COMMON = ['name', 'kind', 'status', 'recorded_at', 'recorded_by']

/** Every entity with what of a table of that plain name would fill it, the likeliest first. */
export function candidatesOf(name: string, columns: readonly ColumnProfile[], words: Vocabulary): Candidate[] {
  return entityNames
    .map((entity) => candidate(entity, { name, columns }, words))
    .filter(({ matches }) => matches.length > 1)
    .toSorted((one, other) => other.score - one.score)
}

/** 'crm/Tickets-2026-*.csv' → 'ticket', 'public.sales_orders' → 'sale order'. */
export function tableName(table: string): string {
  const file = table.replace(/^.*\//, '').replace(/\.(csv|tsv|txt|ndjson|jsonl|parquet|xls[xmb]?|ods)(\.gz)?$/i, '')
  const bare = file.includes('.') ? file.slice(file.lastIndexOf('.') + 1) : file
  const words = plain(bare.replaceAll(/[\d*"]+/g, ' ')).split(' ')
  return words.filter((word) => !['tbl', 'vw', 'data', 'export', 'table', 'list'].includes(word)).join(' ')
}

function candidate(
  entity: EntityName,
  { name, columns }: { name: string; columns: readonly ColumnProfile[] },
  words: Vocabulary,
): Candidate {
  const table = likeness([name], words.entities[entity] ?? [])
  const matches = named(entity, assign(entity, { name, columns }, words))
  const filled = new Set(matches.map(({ column }) => column))
  const required = Object.entries(sourceColumns(entity)).filter(([, { required: needed }]) => needed)
  const missing = required.map(([column]) => column).filter((column) => !filled.has(column))
  const sum = matches.reduce((total, { column, score }) => total + score * (isRequired(entity, column) ? 1 : 0.4), 0)
  // A kind that no column tells is often the same for the whole table.
  const lacking = missing.filter((column) => sourceColumns(entity)[column]?.values === undefined)
  const isNamed = table.score >= 0.85
  return {
    entity,
    score: table.score * (isNamed ? 2 : 1) + sum - lacking.length,
    because: isNamed ? `by its name (${table.because})` : 'by its columns',
    isNamed,
    matches,
    missing,
  }
}

/** Where nothing else is a name, what tells one thing from the other is. */
function named(entity: EntityName, matches: readonly Match[]): readonly Match[] {
  const key = matches.find(({ column }) => column === contractOf(entity).key[0])
  if (key === undefined || !isRequired(entity, 'name') || matches.some(({ column }) => column === 'name'))
    return matches
  return [...matches, { ...key, column: 'name', because: 'nothing else is a name' }]
}

/** Whether a table of another name is one by its columns: all that is required is there, and enough beside what every table has; more where its key is a mere id. */
export function tells({ entity, matches, missing }: Candidate): boolean {
  const [key] = contractOf(entity).key
  const keyed = matches.find(({ column }) => column === key)
  const own = matches.filter(({ column }) => !COMMON.includes(column)).length
  return (
    missing.every((column) => sourceColumns(entity)[column]?.values !== undefined) &&
    keyed !== undefined &&
    own >= (plain(keyed.from.name) === 'id' ? 8 : 3)
  )
}

function isRequired(entity: EntityName, column: string): boolean {
  return sourceColumns(entity)[column]?.required === true
}

/** Each column of the source at most once, the surest first; of equally sure ones, what is required. */
function assign(
  entity: EntityName,
  { name, columns }: { name: string; columns: readonly ColumnProfile[] },
  words: Vocabulary,
): Match[] {
  const contract = Object.entries(sourceColumns(entity))
  const things = [name, ...(words.entities[entity] ?? []).map((phrase) => phrase.words)].filter((thing) => thing !== '')
  const pairs = columns.flatMap((from) => {
    const forms = formsOf(from.name, things)
    return contract.flatMap(([column, shape]) => {
      const like = likeness(forms, words.columns[`${entity}.${column}`] ?? [])
      if (like.score < LEAST) return []
      const fit = fitOf(column, { entity, shape, from }, words)
      const score = like.score * fit.share
      return score < LEAST ? [] : [{ column, from, score, because: [like.because, fit.because].join('; ') }]
    })
  })
  const inOrder = pairs.toSorted(
    (one, other) =>
      other.score - one.score || Number(isRequired(entity, other.column)) - Number(isRequired(entity, one.column)),
  )
  const taken = new Set<string>()
  const used = new Set<string>()
  return inOrder
    .filter(({ column, from }) => {
      if (taken.has(column) || used.has(from.name)) return false
      taken.add(column)
      used.add(from.name)
      return true
    })
    .toSorted((one, other) => order(contract, one) - order(contract, other))
}

function order(contract: readonly (readonly [string, Column])[], { column }: Match): number {
  return contract.findIndex(([name]) => name === column)
}

/** The name, and the name without the table's own in front: ticket_status in tickets is a status. */
function formsOf(name: string, things: readonly string[]): string[] {
  const whole = plain(name)
  const shorter = things.filter((thing) => whole.startsWith(`${thing} `)).map((thing) => whole.slice(thing.length + 1))
  return [...new Set([whole, ...shorter])]
}

function likeness(forms: readonly string[], phrases: readonly Phrase[]): { score: number; because: string } {
  let best = { score: 0, because: '' }
  for (const [place, form] of forms.entries()) {
    for (const [index, { words, because }] of phrases.entries()) {
      // Of two names that are usual, the one that stands first in the list.
      const score = alike(form, words) * (1 - 0.002 * index) * (place === 0 ? 1 : 0.95)
      if (score > best.score) best = { score, because: form === words ? because : `like '${words}'` }
    }
  }
  return best
}

const known = new Map<string, number>()

function alike(one: string, other: string): number {
  const pair = `${one}\n${other}`
  const before = known.get(pair)
  if (before !== undefined) return before
  const score = likenessOf(one, other)
  known.set(pair, score)
  return score
}

function likenessOf(one: string, other: string): number {
  if (one === other) return 1
  const ours = one.split(' ')
  const theirs = other.split(' ')
  const common = ours.filter((word) => theirs.includes(word))
  if (common.some((word) => word !== 'id' && word !== 'at')) {
    const bare = (words: readonly string[]): string => words.filter((word) => word !== 'id' && word !== 'at').join(' ')
    if (bare(ours) === bare(theirs)) return 0.9
    const shared = common.length / (ours.length + theirs.length - common.length)
    if (shared >= 0.5) return 0.35 + 0.5 * shared
  }
  const lengths = Math.abs(one.length - other.length) <= 1 && one.length >= 6
  return lengths && one[0] === other[0] && sameLetters(one, other) && nearest(one, [other]) !== undefined ? 0.7 : 0
}

/** But for one. */
function sameLetters(one: string, other: string): boolean {
  const left = other.split('')
  const kept = one.split('').filter((letter) => {
    const at = left.indexOf(letter)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
  return kept.length >= Math.max(one.length, other.length) - 1
}

/** How much of a column's text can be what the contract asks, and what of that is worth saying. */
function fitOf(
  column: string,
  { entity, shape, from }: { entity: EntityName; shape: Column; from: ColumnProfile },
  words: Vocabulary,
): { share: number; because: string } {
  const { rows, filled, distinct } = from
  if (filled === 0) return { share: isRequired(entity, column) ? 0.4 : 0.7, because: 'empty in the sample' }
  const share = (count: number): number => Math.min(1, count / filled)
  const often = filled === rows ? 'never empty' : `filled in ${Math.round((100 * filled) / rows)} %`
  const { type, values } = shape
  if (values !== undefined) {
    if (from.words.length === 0) return { share: 0, because: '' }
    const known = from.words.filter(({ word }) => wordFor(word, values, words) !== undefined)
    const said = known.reduce((sum, each) => sum + each.rows, 0)
    return { share: 0.6 + 0.4 * share(said), because: `${known.length} of its ${from.words.length} words known` }
  }
  if (type === 'day' || type === 'instant') {
    const dated = share(from.isos + Math.max(0, ...Object.values(from.layouts)))
    return { share: dated, because: `${often}, ${Math.round(dated * 100)} % are days or instants` }
  }
  if (type === 'money' || type === 'rate' || type === 'number' || type === 'integer') {
    const numbers = share(from.numbers + Math.max(from.grouped, from.commas))
    return { share: numbers, because: `${often}, ${Math.round(numbers * 100)} % are numbers` }
  }
  if (type === 'boolean') return { share: share(from.booleans), because: often }
  if (type === 'id') {
    const isKey = contractOf(entity).key.length === 1 && contractOf(entity).key[0] === column
    if (from.longest > 80) return { share: 0.3, because: 'long texts' }
    if (isKey && distinct === rows) return { share: 1, because: 'never empty, no value twice' }
    return { share: isKey ? 0.8 : 0.95, because: isKey ? `${often}, ${distinct} values` : often }
  }
  const isTime = filled > 3 && from.isos + Math.max(0, ...Object.values(from.layouts)) >= filled * 0.95
  return { share: isTime ? 0.5 : 1, because: often }
}

/** The word of a contract that a source's word means. */
export function wordFor(word: string, allowed: readonly string[], words: Vocabulary): string | undefined {
  const said = plain(word)
  return (
    allowed.find((each) => plain(each) === said) ?? allowed.find((each) => words.values[each]?.includes(said) === true)
  )
}
