import type { ReportFormat } from '../../config/reports.ts'
import { csvOf } from './csv.ts'
import type { ReportDocument } from './document.ts'
import { mailOf, type Mail } from './mail.ts'
import { packed } from './packed.ts'
import { pdfOf } from './pdf.ts'
import { sheetsOf } from './sheets.ts'
import { workbookOf } from './workbook.ts'

export type { ReportFormat }

export interface ReportFile {
  /** 'Customer value-2026-06-30.pdf' */
  readonly name: string
  /** Media type. */
  readonly type: string
  readonly content: Uint8Array
}

/** A document in one format. The same document gives the same bytes. */
export function renderReport(document: ReportDocument, format: 'mail'): Promise<Mail>
export function renderReport(document: ReportDocument, format: Exclude<ReportFormat, 'mail'>): Promise<ReportFile>
export function renderReport(document: ReportDocument, format: ReportFormat): Promise<Mail | ReportFile>
export async function renderReport(document: ReportDocument, format: ReportFormat): Promise<Mail | ReportFile> {
  if (format === 'mail') return mailOf(document)
  if (format === 'pdf')
    return file(document, { ending: 'pdf', type: 'application/pdf', content: await pdfOf(document) })
  if (format === 'xlsx') {
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    return file(document, { ending: 'xlsx', type, content: await workbookOf(document) })
  }
  return csvFile(document)
}

interface Made {
  readonly ending: string
  readonly type: string
  readonly content: Uint8Array
}

const file = (document: ReportDocument, { ending, ...made }: Made): ReportFile => ({
  name: `${nameOf(document.title)}-${document.as_of}.${ending}`,
  ...made,
})

/** An archive with a file for each table; one table alone that nothing need be said about is a file by itself. */
function csvFile(document: ReportDocument): ReportFile {
  const [about, ...others] = sheetsOf(document)
  const [only, sources, ...more] = others
  if (
    only !== undefined &&
    sources !== undefined &&
    more.length === 0 &&
    document.notices.length === 0 &&
    only.rows.length >= only.total
  )
    return file(document, { ending: 'csv', type: 'text/csv; charset=utf-8', content: csvOf(only) })
  const sheets = about === undefined ? others : [about, ...others]
  const files = sheets.map((table, at) => [`${String(at).padStart(2, '0')}-${nameOf(table.title)}.csv`, csvOf(table)])
  const content = packed(Object.fromEntries(files) as Record<string, Uint8Array>, document.published_at)
  return file(document, { ending: 'zip', type: 'application/zip', content })
}

/** Of a title only what every system takes for a name. */
const nameOf = (title: string): string => title.replace(/[^\p{L}\p{N} _-]+/gu, ' ').replace(/ +/g, ' ').trim().slice(0, 80) || 'report' // prettier-ignore
