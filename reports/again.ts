import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReportDocument, ReportTable } from '../dashboards/reports/document.ts'
import type { CellDifference, Differences } from '../models/metrics/report.ts'
import type { KeptCopy } from './archive.ts'
import { DOCUMENT_FILE, placeOf, type Grounds } from './copies.ts'

/** Differences that are told one by one. */
const MOST = 200

interface Compared {
  readonly folder: string
  readonly first: { readonly grounds: Grounds; readonly copies: readonly KeptCopy[] }
  readonly second: { readonly grounds: Grounds; readonly copies: readonly KeptCopy[] }
}

/** How an issue that was made again differs from the first, file by file and cell by cell, and what can have caused it. */
export async function differencesOf({ folder, first, second }: Compared): Promise<Differences> {
  const pairs = first.copies.map((was) => [was, second.copies.find(({ recipient }) => recipient === was.recipient)] as const) // prettier-ignore
  const files = pairs.flatMap(([was, is]) =>
    was.files.map(({ format, sha256 }) => is?.files.find((file) => file.format === format)?.sha256 === sha256),
  )
  const equal = files.filter(Boolean).length
  const cells: CellDifference[] = []
  for (const [was, is] of pairs) if (is !== undefined) cells.push(...(await cellsOf(folder, was, is)))
  return {
    equal,
    of: files.length,
    causes: equal === files.length ? [] : causesOf({ first, second, pairs, isFigures: cells.length > 0 }),
    cells: cells.slice(0, MOST),
    count: cells.length,
  }
}

interface Causes extends Pick<Compared, 'first' | 'second'> {
  readonly pairs: readonly (readonly [KeptCopy, KeptCopy | undefined])[]
  readonly isFigures: boolean
}

function causesOf({ first, second, pairs, isFigures }: Causes): Differences['causes'] {
  const isCode = first.grounds.fingerprint !== second.grounds.fingerprint
  const isPolicy = first.grounds.policy_version !== second.grounds.policy_version
  const isRights = pairs.some(([was, is]) => was.sight !== is?.sight)
  const named = [...(isCode ? ['code' as const] : []), ...(isPolicy ? ['policy' as const] : []), ...(isRights ? ['rights' as const] : [])] // prettier-ignore
  return named.length === 0 && isFigures ? ['knowledge'] : named
}

async function cellsOf(folder: string, was: KeptCopy, is: KeptCopy): Promise<CellDifference[]> {
  const [first, second] = await Promise.all([documentOf(folder, was), documentOf(folder, is)])
  const now = new Map(rowsOf(second).map((row) => [row.key, row]))
  const seen = new Set<string>()
  const changed = rowsOf(first).flatMap(({ key, table, row, cells }) => {
    seen.add(key)
    const other = now.get(key)
    return cells.flatMap(({ column, text }, at) => {
      const becomes = other?.cells[at]?.text ?? '–'
      return becomes === text ? [] : [{ recipient: was.recipient, table, row, column, was: text, is: becomes }]
    })
  })
  const added = rowsOf(second)
    .filter(({ key }) => !seen.has(key))
    .flatMap(({ table, row, cells }) =>
      cells.map(({ column, text }) => ({ recipient: was.recipient, table, row, column, was: '–', is: text })),
    )
  return [...changed, ...added]
}

interface Row {
  readonly key: string
  readonly table: string
  readonly row: string
  readonly cells: readonly { readonly column: string; readonly text: string }[]
}

/** Every figure of a document as rows: those that stand alone, and those of tables and pictures. */
function rowsOf({ sections, sources }: ReportDocument): Row[] {
  return [
    ...sections.flatMap(({ title, blocks }, place) =>
      blocks.flatMap((block, at): Row[] => {
        if (block.block === 'figures')
          return block.figures.map(({ name, words, full }) => ({
            key: `${place} ${at} ${name}`,
            table: title,
            row: words,
            cells: [{ column: words, text: full }],
          }))
        if (block.block === 'sentence') return []
        return rowsIn(block.block === 'table' ? block.table : block.figures, `${place} ${at}`)
      }),
    ),
    ...rowsIn(sources, 'sources'),
  ]
}

function rowsIn({ title, columns, rows }: ReportTable, place: string): Row[] {
  return rows.map((cells, at) => ({
    key: `${place} ${at}`,
    table: title,
    row: cells[0]?.text ?? String(at + 1),
    cells: cells.map(({ text }, column) => ({ column: columns[column]?.words ?? '', text })),
  }))
}

async function documentOf(folder: string, copy: KeptCopy): Promise<ReportDocument> {
  return JSON.parse(await readFile(join(folder, placeOf(copy), DOCUMENT_FILE), 'utf8')) as ReportDocument
}
