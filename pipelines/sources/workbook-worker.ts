// Reads a workbook in a thread of its own: it takes seconds, and memory that is free again when the thread ends.
import { read } from '@e965/xlsx'
import { readFileSync, writeFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { headLine, textRow } from './copy-text.ts'
import { distinct } from './names.ts'
import { NoSheetError, sheetTable } from './workbook-table.ts'
import type { WorkbookAnswer, WorkbookOrder } from './workbook.ts'

const { path, scratch, layout } = workerData as WorkbookOrder
parentPort?.postMessage(answer(), [])

function answer(): WorkbookAnswer {
  try {
    const book = read(readFileSync(path), {
      dense: true,
      cellNF: true,
      cellText: true,
      cellDates: false,
      cellHTML: false,
    })
    const table = sheetTable(book, layout)
    const given = typeof layout.header === 'object' ? layout.header : table.names
    const width = Math.max(given.length, ...table.rows.slice(0, 1).map(({ fields }) => fields.length))
    const columns = distinct(Array.from({ length: width }, (_, index) => given[index] ?? ''))
    const sound = table.rows.filter(({ error }) => error === undefined)
    const types = [...columns, '_line'].map((name) => ({ name, type: 'VARCHAR' }))
    writeFileSync(
      scratch,
      headLine(types) + sound.map(({ fields, line }) => textRow([...fields, String(line)])).join(''),
    )
    const faults = table.rows.flatMap(({ line, fields, error }) =>
      error === undefined ? [] : [{ line, text: fields.map((field) => field ?? '').join(' | '), ...error }],
    )
    return { columns, faults, sheet: table.sheet, headerLine: table.headerLine }
  } catch (error) {
    if (error instanceof NoSheetError) return { missing: String(layout.sheet), sheets: error.sheets }
    return { unreadable: error instanceof Error ? error.message : String(error) }
  }
}
