import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { read as readWorkbook } from '@e965/xlsx'
import { ROWS } from '../../dashboards/reports/compose.ts'
import { csvOf } from '../../dashboards/reports/csv.ts'
import { tablesOf, type ReportDocument, type ReportTable } from '../../dashboards/reports/document.ts'
import { PDF_ROWS, pdfOf } from '../../dashboards/reports/pdf.ts'
import { renderReport } from '../../dashboards/reports/render.ts'
import { sheetsOf } from '../../dashboards/reports/sheets.ts'
import { HOSTILE_NAME, openMartsCompany, type MartsCompany } from './marts-company.ts'
import { readArchive, readCsv, readPdf, report } from './report-parts.ts'

let company: MartsCompany
let documents: Readonly<Record<'en' | 'zh', ReportDocument>>
before(async () => {
  company = await openMartsCompany()
  const notices = [{ severity: 'error' as const, words: '=An audit failed: "a,b".' }]
  const recipient = 'Karel Dvořák'
  documents = {
    en: await report(company, { notices, recipient, rows: ROWS.files }),
    zh: await report(company, { notices, recipient, rows: ROWS.files, language: 'zh' }),
  }
})
after(() => company.close())

interface Cell {
  readonly t: string
  readonly v: unknown
  readonly z?: string
}
/** The sheets of a workbook in their order, each by the addresses of its cells. */
function sheetsIn(content: Uint8Array): readonly Readonly<Record<string, Cell | undefined>>[] {
  const { SheetNames: names, Sheets: sheets } = readWorkbook(content, { cellNF: true, cellDates: false })
  return names.map((name) => sheets[name] as Readonly<Record<string, Cell | undefined>>)
}

const bare = (text: string): string => text.replaceAll(/\s/g, '')
const dropsOf = (document: ReportDocument): ReportTable => {
  const table = tablesOf(document).find((each) => each.table.name === 'table_drops_title')?.table
  assert.ok(table !== undefined)
  return table
}

describe('a PDF', () => {
  test('has all words in both languages, letters of other alphabets too, its pages counted, links to the live pages', async () => {
    for (const document of Object.values(documents)) {
      const { pages, links, info } = await readPdf(await pdfOf(document))
      const text = pages.join('')
      const { title, company: name, recipient, notices, sections } = document
      const told = sections.flatMap((section) => [section.title, section.intro, ...section.blocks.flatMap((block) => (block.block === 'sentence' ? [block.headline, ...block.rest] : block.block === 'figures' ? block.figures.flatMap(({ words, text: figure }) => [words, figure]) : []))]) // prettier-ignore
      for (const words of [title, name, recipient, ...notices.map((notice) => notice.words), ...told])
        assert.ok(text.includes(bare(words)), words)
      assert.ok(pages.every((page, at) => page.includes(`${at + 1}/${pages.length}`) && page.includes(bare(title))))
      assert.ok(links.includes('https://reports.test/customers?period=2025-12'))
      assert.equal(info['Title'], title)
      assert.equal(info['Author'], name)
      assert.equal(info['Language'], document.language === 'zh' ? 'zh-CN' : 'en')
    }
  })

  test('repeats the headings of a table on each of its pages and says how many rows it leaves out', async () => {
    const { pages } = await readPdf(await pdfOf(documents.en))
    const heading = 'Rankbyrevenue'
    const rows = dropsOf(documents.en)
      .rows.slice(0, PDF_ROWS)
      .map(([name]) => bare(name?.text ?? ''))
    const held = pages.map((page) => rows.filter((name) => page.includes(name)).length)
    assert.ok(held.filter((count) => count > 8).length > 1, held.join())
    pages.forEach((page, at) => assert.ok((held[at] ?? 0) < 9 || page.includes(heading), `page ${at + 1}`))
    assert.ok(rows.every((name) => pages.some((page) => page.includes(name))))
    assert.match(pages.join(''), /Thefirst50of\d+rows/)
  })

  test('keeps every text between the margins of its page', async () => {
    for (const document of Object.values(documents)) {
      const { ends, sizes } = await readPdf(await pdfOf(document))
      for (const { page, text, left, right } of ends) {
        const [width = 0] = sizes[page - 1] ?? []
        assert.ok(left >= 38 && right <= width - 38, `${text} on page ${page}: ${left} to ${right} of ${width}`)
      }
    }
  })

  test('draws its charts as lines and is small, its letters alone embedded', async () => {
    const bytes = await pdfOf(documents.zh)
    assert.equal((await readPdf(bytes)).images, 0)
    assert.ok(bytes.length < 1_000_000, `${bytes.length} bytes`)
  })
})

describe('a mail', () => {
  test('has the figures in its plain text, and each picture with its figures as words', async () => {
    for (const document of Object.values(documents)) {
      const { html, text, images, subject } = await renderReport(document, 'mail')
      const blocks = document.sections.flatMap((section) => section.blocks)
      for (const block of blocks) {
        if (block.block === 'figures') for (const { words, full } of block.figures) assert.ok(text.includes(`${words}${document.language === 'zh' ? '：' : ': '}${full}`), words) // prettier-ignore
        if (block.block === 'chart') assert.ok(text.includes(block.alternative))
      }
      const shown = [...html.matchAll(/<img\b[^>]*?src="cid:([^"]+)"[^>]*?\salt="([^"]+)"/g)]
      assert.deepEqual(shown.map(([, cid]) => cid), images.map(({ cid }) => cid)) // prettier-ignore
      assert.equal((html.match(/<img\b/g) ?? []).length, images.length)
      assert.ok(images.length > 0 && shown.every(([, , alt = '']) => alt.length > 40))
      for (const { content } of images) assert.equal(Buffer.from(content.slice(1, 4)).toString(), 'PNG')
      assert.ok(subject.includes(document.title) && text.includes(document.notices[0]?.words ?? '–'))
    }
  })

  test('is well formed, escapes what stands in it, and needs nothing that Outlook drops', async () => {
    const { html } = await renderReport(documents.en, 'mail')
    assert.deepEqual(unclosed(html), [])
    assert.ok(!html.includes(HOSTILE_NAME) && html.includes('&lt;script&gt;alert('))
    assert.match(html, /<html lang="en">/)
    assert.equal(/<(style|script|link|iframe|form|svg)\b|display:\s*(flex|grid)|@media|position:|url\(|src="(?!cid:)/.exec(html), null) // prettier-ignore
    assert.equal(/ on\w+=|javascript:/i.exec(html.replaceAll(/&lt;[^]*?&gt;/g, '')), null)
  })
})

const VOID = new Set(['meta', 'br', 'img', 'hr', '!DOCTYPE'])

/** Elements that are not closed, or closed without having been opened. */
function unclosed(html: string): string[] {
  const open: string[] = []
  for (const [, end, name = '', empty] of html.matchAll(/<(\/?)([\w!]+)[^>]*?(\/?)>/g)) {
    if (VOID.has(name) || empty === '/') continue
    if (end !== '/') open.push(name)
    else if (open.at(-1) === name) open.pop()
    else return [...open, `/${name}`]
  }
  return open
}

describe('a workbook', () => {
  test('has a sheet for each table with headings in the language, figures as numbers, days as days', async () => {
    for (const document of Object.values(documents)) {
      const { content, name } = await renderReport(document, 'xlsx')
      assert.equal(name, 'Monthly 月报-2025-12-31.xlsx')
      const book = sheetsIn(content)
      const sheets = sheetsOf(document)
      assert.equal(book.length, sheets.length)
      sheets.forEach((table, at) => {
        const sheet = book[at] ?? {}
        table.columns.forEach((column, x) => assert.equal(sheet[address(x, 0)]?.v, column.words))
        table.rows.forEach((cells, y) =>
          cells.forEach(({ value, unit }, x) => {
            const cell = sheet[address(x, y + 1)]
            const kind = unit ?? table.columns[x]?.kind
            if (typeof value !== 'number' || kind === 'words') return
            assert.deepEqual([cell?.t, cell?.v], ['n', value], `${table.title} ${x} ${y}`)
            if (kind === 'money') assert.match(String(cell?.z), /¥.*0\.00/)
            if (kind === 'share') assert.equal(cell?.z, '0.0%')
          }),
        )
      })
      const months = sheets.findIndex((table) => table.name === 'requests-by-month')
      const month = book[months]?.['A2']
      assert.equal(month?.t, 'n')
      assert.equal(month?.z, 'yyyy-mm')
    }
  })

  test('keeps its headings in sight, and says first what a reader must know', async () => {
    const { content } = await renderReport(documents.en, 'xlsx')
    const files = readArchive(content)
    const sheets = Object.entries(files).filter(([name]) => name.startsWith('xl/worksheets/sheet'))
    assert.equal(sheets.length, sheetsOf(documents.en).length)
    for (const [name, text] of sheets) assert.match(text, /<pane [^>]*ySplit="1"[^>]*state="frozen"/, name)
    assert.equal(sheetsIn(content)[0]?.['B2']?.v, documents.en.notices[0]?.words)
  })
})

const address = (x: number, y: number): string => `${String.fromCharCode(65 + x)}${y + 1}`

describe('CSV', () => {
  test('has every row of every table, as numbers and days, in an archive that begins with what must be known', async () => {
    const { content, name } = await renderReport(documents.zh, 'csv')
    assert.match(name, /\.zip$/)
    const files = Object.values(readArchive(content))
    sheetsOf(documents.zh).forEach((table, at) => {
      const [head, ...rows] = readCsv(files[at] ?? '')
      assert.deepEqual(
        head,
        table.columns.map((column) => column.words),
      )
      assert.equal(rows.length, table.rows.length)
      table.rows.forEach((cells, y) =>
        cells.forEach(({ value }, x) => {
          if (typeof value === 'number') assert.equal(Number(rows[y]?.[x]), value)
        }),
      )
    })
    assert.match(files[0] ?? '', /^\uFEFF/)
    assert.ok(files[0]?.includes(`"'=An audit failed: ""a,b""."\r\n`))
  })

  test('is no formula, whatever stands in a text', () => {
    const cells = ['=1+1', '+1', '-2', '@x', '\t=1', '＝1', 'plain', '-a'].map((text) => [{ value: text, text }])
    const table = { name: 't', title: 't', about: '', columns: [{ name: 'a', words: '=A', kind: 'words' as const }], rows: cells, total: cells.length } // prettier-ignore
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(csvOf(table))
    assert.equal(text, `\uFEFF'=A\r\n'=1+1\r\n'+1\r\n-2\r\n'@x\r\n'\t=1\r\n'＝1\r\nplain\r\n'-a\r\n`)
  })

  test('of one table that nothing need be said about is a file by itself', async () => {
    const exploration = {
      query: { metrics: ['revenue'], by: ['region'], where: [], order: [] },
      show: 'table' as const,
    }
    const document = await report(company, { parts: [{ exploration, name: 'By region' }] })
    const alone = { ...document, notices: [] }
    assert.match((await renderReport(alone, 'csv')).name, /\.csv$/)
    assert.match((await renderReport(document, 'csv')).name, /\.zip$/)
  })
})

test('the same document gives the same bytes in every format', async () => {
  const kept = JSON.parse(JSON.stringify(documents.zh)) as ReportDocument
  for (const format of ['pdf', 'xlsx', 'csv', 'mail'] as const) {
    const [one, other] = [await renderReport(documents.zh, format), await renderReport(kept, format)]
    assert.deepEqual(other, one, format)
  }
})
