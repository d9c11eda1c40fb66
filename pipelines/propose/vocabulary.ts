import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { contractOf, entityNames, sourceColumns, type EntityName } from '../../entities/entities.ts'

/** A name that a known system has for a column of an entity: a recipe's knowledge. */
export interface KnownName {
  readonly system: string
  readonly entity: EntityName
  /** The system's object or table. */
  readonly object: string
  readonly column: string
  readonly name: string
}

/** What a column or table may be called, and how one knows. */
export interface Phrase {
  readonly words: string
  readonly because: string
}

export interface Vocabulary {
  /** What the tables of an entity are called. */
  readonly entities: Readonly<Record<string, readonly Phrase[]>>
  /** What a column of an entity is called, by 'requests.opened_at'. */
  readonly columns: Readonly<Record<string, readonly Phrase[]>>
  /** What a word of a contract is called: 'fault' → breakdown. */
  readonly values: Readonly<Record<string, readonly string[]>>
}

/** Words that say the same in a name. */
const SAME: Readonly<Record<string, string>> = Object.fromEntries([
  ...['no', 'nr', 'num', 'number', 'code', 'key', 'ref', 'uid', 'guid'].map((word) => [word, 'id'] as const),
  ...['date', 'time', 'datetime', 'timestamp', 'dt', 'on', 'ts', 'day'].map((word) => [word, 'at'] as const),
  ['org', 'organization'],
  ['cust', 'customer'],
  ['acct', 'account'],
  ['desc', 'description'],
  ['qty', 'quantity'],
  ['organisation', 'organization'],
])

/** 'CreatedDate', 'created_at', 'Created on' → 'created at'; '客户编号' → '客户 id'; 'Region__c' → 'region'. */
export function plain(name: string): string {
  const parted = name
    .normalize('NFKC')
    .replaceAll(/__[crx]\b/g, '')
    .replaceAll(/number[ _]?of/gi, 'count of')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/([\p{L}])(\d)/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/(编号|编码|代码|号)$/g, ' id')
    .replaceAll(/(时间|日期)$/g, ' at')
  const words = parted.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  return words.map((word) => SAME[word] ?? SAME[single(word)] ?? single(word)).join(' ')
}

function single(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  return word.length > 3 && word.endsWith('s') && !/(ss|us|is)$/.test(word) ? word.slice(0, -1) : word
}

type Lists = Readonly<Record<string, readonly unknown[]>>

/** Contracts, the vocabulary file and what recipes know, as phrases to compare with. */
export function vocabulary(known: readonly KnownName[]): Vocabulary {
  const text = readFileSync(join(import.meta.dirname, 'vocabulary.yaml'), 'utf8')
  const file = parse(text) as Readonly<Record<string, Lists | undefined>>
  const listed = (part: string, name: string): Phrase[] =>
    (file[part]?.[name] ?? []).map((word) => ({ words: plain(String(word)), because: 'a usual name for it' }))
  const tables = (entity: EntityName): Phrase[] => [
    ...own(entity, contractOf(entity).words),
    ...inSystems(
      known.filter((each) => each.entity === entity).map(({ object, system }) => ({ name: object, system })),
    ),
    ...listed('entities', entity),
  ]
  const columns = entityNames.flatMap((entity) =>
    Object.entries(sourceColumns(entity)).map(([column, { words, references }]) => {
      const isKey = references === undefined && contractOf(entity).key[0] === column && column.endsWith('_id')
      // The employee of a task may be called as employees are; its owner is not.
      const refers = references !== undefined && contractOf(references as EntityName).key[0] === column
      const named = isKey ? entity : refers ? (references as EntityName) : undefined
      const things = named === undefined ? [] : listed('entities', named)
      const phrases = [
        ...own(column, words),
        ...(isKey ? [{ words: 'id', because: 'the id of the table' }] : []),
        ...inSystems(known.filter((each) => each.entity === entity && each.column === column)),
        ...things.map(({ words: thing, because }) => ({ words: `${thing} id`, because })),
        ...(isKey ? things : []),
        ...listed(entity, column),
        ...listed('columns', column),
      ]
      return [`${entity}.${column}`, phrases] as const
    }),
  )
  return {
    entities: Object.fromEntries(entityNames.map((entity) => [entity, tables(entity)])),
    columns: Object.fromEntries(columns),
    values: Object.fromEntries(
      Object.entries(file['values'] ?? {}).map(([word, names]) => [word, names.map((each) => plain(String(each)))]),
    ),
  }
}

function inSystems(names: readonly { readonly name: string; readonly system: string }[]): Phrase[] {
  return [...Map.groupBy(names, ({ name }) => plain(name))].map(([words, alike]) => {
    const systems = new Set(alike.map(({ system }) => system))
    const [first = ''] = systems
    return { words, because: systems.size > 1 ? 'several systems call it so' : `${first} calls it so` }
  })
}

function own(name: string, words: { readonly en: string; readonly zh: string }): Phrase[] {
  return [name, words.en, ...words.zh.split('/')].map((each) => ({ words: plain(each), because: 'the same name' }))
}
