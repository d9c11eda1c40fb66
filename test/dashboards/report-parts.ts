// Reports over the small company, and what can be read back out of their files.
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { unzipSync } from 'fflate'
import { composeReport, type ReportRequest } from '../../dashboards/reports/compose.ts'
import type { ReportDocument } from '../../dashboards/reports/document.ts'
import { viewer, type MartsCompany } from './marts-company.ts'

/** The pages of the small company that it has the marts for. */
function request(company: MartsCompany, changes: Partial<ReportRequest> = {}): ReportRequest {
  return {
    title: 'Monthly 月报',
    parts: [{ address: '/customers?period=last_month' }],
    viewer,
    sight: company.queries.sight(viewer),
    ask: company.ask,
    asOf: '2025-12-31',
    publishedAt: '2026-01-05T00:30:00.000Z',
    language: 'en',
    company: { name: '江南机械 Jiangnan', currency: 'CNY', timeZone: 'Asia/Shanghai' },
    coverageThreshold: 0.7,
    link: (address) => `https://reports.test${address}`,
    ...changes,
  }
}

export async function report(company: MartsCompany, changes: Partial<ReportRequest> = {}): Promise<ReportDocument> {
  return composeReport(request(company, changes))
}

interface Pdf {
  /** Text of each page, without white space: a line may end anywhere. */
  readonly pages: readonly string[]
  /** Addresses that the pages lead to. */
  readonly links: readonly string[]
  readonly info: Readonly<Record<string, unknown>>
  /** Width and height of each page, in points. */
  readonly sizes: readonly (readonly [number, number])[]
  /** Where each text lies across its page, in points: its left and right end. */
  readonly ends: readonly {
    readonly page: number
    readonly text: string
    readonly left: number
    readonly right: number
  }[]
  readonly images: number
}

export async function readPdf(bytes: Uint8Array): Promise<Pdf> {
  const task = getDocument({ data: bytes.slice(), useSystemFonts: false, verbosity: 0 })
  const pdf = await task.promise
  const { info } = (await pdf.getMetadata()) as { info: Record<string, unknown> }
  const pages: string[] = []
  const links: string[] = []
  const sizes: (readonly [number, number])[] = []
  const ends: { page: number; text: string; left: number; right: number }[] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    const texts = items.filter((item) => 'str' in item)
    pages.push(texts.map(({ str }) => str).join('').replaceAll(/\s/g, '')) // prettier-ignore
    for (const { str, transform, width } of texts)
      if (str.trim() !== '') ends.push({ page: number, text: str, left: Number(transform[4]), right: Number(transform[4]) + width }) // prettier-ignore
    const [left = 0, bottom = 0, right = 0, top = 0] = page.view
    sizes.push([right - left, top - bottom])
    for (const { url } of (await page.getAnnotations()) as { url?: string }[]) if (url !== undefined) links.push(url)
  }
  await task.destroy()
  const images = Buffer.from(bytes).toString('latin1').split('/Subtype /Image').length - 1
  return { pages, links, info, sizes, ends, images }
}

/** The files of an archive as text. */
export function readArchive(bytes: Uint8Array): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, content]) => [name, Buffer.from(content).toString()]),
  )
}

/** Rows of cells, read by RFC 4180. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain = '', end] of text
    .replace(/^\uFEFF/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (end === '' && quoted === undefined && plain === '') break
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\r\n') rows.push([])
  }
  return rows.filter((cells) => cells.length > 0)
}
