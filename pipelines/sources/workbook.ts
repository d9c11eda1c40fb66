import { Worker } from 'node:worker_threads'
import { literal } from '../../data/quote.ts'
import { rowFault } from '../../entities/faults.ts'
import { readCopyText } from './copy-text.ts'
import type { FileRows } from './csv.ts'
import type { SourceFile } from './file-list.ts'
import type { UnreadableLine } from './reader.ts'
import { unreadableLine } from './unreadable-line.ts'
import type { TableLayout } from './workbook-table.ts'

export interface WorkbookOrder {
  readonly path: string
  /** A new file for the rows, in COPY's layout. */
  readonly scratch: string
  readonly layout: TableLayout
}

export type WorkbookAnswer =
  | {
      readonly columns: readonly string[]
      readonly sheet: string
      readonly headerLine: number
      readonly faults: readonly { line: number; text: string; cell: string; found: string }[]
    }
  | { readonly missing: string; readonly sheets: readonly string[] }
  | { readonly unreadable: string }

/** A workbook is read whole, at about twelve times its size in memory. */
const MOST_MEGABYTES = 80

/** The rows of one sheet of a workbook (xlsx, xlsm, xlsb, xls, ods). `_line` is the row of the sheet. */
export async function workbookRows(
  file: SourceFile,
  { layout, scratch }: { layout: TableLayout; scratch: string },
): Promise<FileRows & { columns: readonly string[] }> {
  const megabytes = Math.round(file.size / 1e6)
  if (megabytes > MOST_MEGABYTES)
    return nothing(file, rowFault('workbook_too_large', { megabytes, most: MOST_MEGABYTES }))
  const answer = await inThread({ path: file.absolute, scratch, layout })
  if ('unreadable' in answer) return nothing(file, rowFault('not_workbook', { message: answer.unreadable }))
  if ('missing' in answer) return nothing(file, rowFault('no_sheet', { sheet: answer.missing, sheets: answer.sheets }))
  const { columns, faults } = answer
  const unreadable = faults.map(({ line, text, cell, found }) =>
    unreadableLine({ file: file.path, line, text }, rowFault('cell_error', { cell, found })),
  )
  if (columns.length === 0) return { relation: '', columns, unreadable }
  const types = [...columns.map((name) => ({ name, type: 'VARCHAR' })), { name: '_line', type: 'BIGINT' }]
  return {
    columns,
    unreadable,
    relation: `SELECT * EXCLUDE (_line), ${literal(file.path)} AS _file, _line FROM ${readCopyText(scratch, types)}`,
  }
}

function nothing(
  file: SourceFile,
  fault: Parameters<typeof unreadableLine>[1],
): { relation: string; columns: readonly string[]; unreadable: UnreadableLine[] } {
  return { relation: '', columns: [], unreadable: [unreadableLine({ file: file.path, line: 1, text: '' }, fault)] }
}

async function inThread(order: WorkbookOrder): Promise<WorkbookAnswer> {
  const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url), { workerData: order })
  try {
    return await new Promise<WorkbookAnswer>((resolve) => {
      worker.once('message', (answer: WorkbookAnswer) => resolve(answer))
      worker.once('error', (error) => resolve({ unreadable: error instanceof Error ? error.message : String(error) }))
    })
  } finally {
    await worker.terminate()
  }
}
