// Nobody is told anything in a report that no rule lets through: whatever is put into it, the document is that of a company which
// never had those rows, and in which what stands under hidden words is something else; and no format adds to it.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { read as readWorkbook } from '@e965/xlsx'
import * as fc from 'fast-check'
import { composeReport, type ReportRequest } from '../../dashboards/reports/compose.ts'
import type { ReportDocument } from '../../dashboards/reports/document.ts'
import { REPORT_PAGES, type ReportPart } from '../../dashboards/reports/parts.ts'
import { renderReport } from '../../dashboards/reports/render.ts'
import { localViewer } from '../../api/access.ts'
import type { Queries } from '../../api/queries/queries.ts'
import type { Warehouse } from '../../data/warehouse.ts'
import { AccessError } from '../../errors.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import { splitsOf } from '../../models/metrics/splits.ts'
import { fillMarts, martTypes, oneOf, openMarts, POOLS, randomOf, randomRows, type Rows, type Types } from '../api/access/random-company.ts' // prettier-ignore
import { allowedRows, randomRules, scrambled, withLookups, type Ruled } from '../api/access/random-rules.ts'
import { openServer } from '../api/access/server.ts'
import { readArchive, readPdf } from './report-parts.ts'

const DOCUMENTS = 60
/** Reading a PDF back takes its time. */
const PRINTED = 6

let types: Types
let whole: Warehouse
let part: Warehouse
before(async () => {
  types = await martTypes()
  whole = await openMarts(types)
  part = await openMarts(types)
})
after(() => {
  whole.close()
  part.close()
})

interface Scene {
  readonly ruled: Ruled
  readonly here: Queries
  readonly there: Queries
  /** Marks of rows that no rule lets through. */
  readonly forbidden: ReadonlySet<string>
}

async function sceneOf(random: () => number): Promise<Scene> {
  const ruled = randomRules(random)
  const rows = randomRows(types, random)
  const allowed = allowedRows(ruled, rows)
  await fillMarts(whole, rows)
  await fillMarts(part, scrambled(ruled, withLookups(ruled, allowed, rows), types))
  const marks = (some: Rows): string[] => Object.values(some).flatMap((each) => each.map(({ mark }) => mark))
  const open = new Set(marks(allowed))
  return {
    ruled,
    here: openServer(whole, ruled).queries,
    there: openServer(part, ruled).queries,
    forbidden: new Set(marks(rows).filter((mark) => !open.has(mark))),
  }
}

function randomPart(random: () => number): ReportPart {
  if (random() < 0.3) {
    const metric = oneOf(random, Object.keys(metrics))
    const by = random() < 0.8 ? [oneOf(random, splitsOf({ metrics, dimensions }, [metric]))].filter((name) => name !== undefined) : [] // prettier-ignore
    return { exploration: { query: { metrics: [metric], by, where: [], order: [] }, show: undefined }, name: 'Kept' }
  }
  const path = oneOf(random, REPORT_PAGES)
  if (path === '/customers' && random() < 0.7)
    return { address: `/customers?kind=all&region=${oneOf(random, POOLS['region'] ?? [])}&period=${oneOf(random, ['last_month', '2026', 'all_time'])}` } // prettier-ignore
  if (path === '/customer') return { address: `/customer?customer=${oneOf(random, POOLS['customer_id'] ?? [])}` }
  return { address: path }
}

const requestOf = (
  queries: Queries,
  { viewer }: Ruled,
  changes: Pick<ReportRequest, 'parts' | 'language'>,
): ReportRequest => ({
  title: 'Report',
  viewer,
  sight: queries.sight(viewer),
  ask: (who, query) => queries.ask(who, query),
  asOf: '2026-06-30',
  publishedAt: '2026-07-01T00:00:00.000Z',
  company: { name: 'Works', currency: 'CNY', timeZone: 'Asia/Shanghai' },
  coverageThreshold: 0.7,
  link: (address) => `https://reports.test${address}`,
  ...changes,
})

/** All that is in a document and its files, as text. */
async function printed(document: ReportDocument): Promise<string> {
  const mail = await renderReport(document, 'mail')
  const book = readWorkbook((await renderReport(document, 'xlsx')).content)
  const csv = await renderReport(document, 'csv')
  const texts = csv.name.endsWith('.zip')
    ? Object.values(readArchive(csv.content))
    : [Buffer.from(csv.content).toString()]
  const { pages } = await readPdf((await renderReport(document, 'pdf')).content)
  return [mail.subject, mail.html, mail.text, JSON.stringify(book.Sheets), ...texts, ...pages].join('\n')
}

const marksIn = (text: string): string[] => [...new Set(text.match(/r\d+q/g) ?? [])]

const patience = { concurrency: false, timeout: 3_600_000 }

/** Undefined: the rules let the viewer do nothing at all. */
async function documentsOf(scene: Scene, random: () => number): Promise<readonly ReportDocument[] | undefined> {
  const parts = Array.from({ length: 1 + Math.floor(random() * 3) }, () => randomPart(random))
  const language = oneOf(random, ['en', 'zh'] as const)
  try {
    return await Promise.all([scene.here, scene.there].map((queries) => composeReport(requestOf(queries, scene.ruled, { parts, language })))) // prettier-ignore
  } catch (error) {
    if (error instanceof AccessError) return undefined
    throw error
  }
}

describe('a report of a viewer', patience, () => {
  test('tells nothing that its rules keep back, in any format', patience, async () => {
    let sections = 0
    let left = PRINTED
    let told = 0
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const random = randomOf(seed)
        const scene = await sceneOf(random)
        for (let at = 0; at < 4; at += 1) {
          const [mine, theirs] = (await documentsOf(scene, random)) ?? []
          if (mine === undefined) return
          assert.deepEqual(mine, theirs)
          sections += mine.sections.length
          const inDocument = marksIn(JSON.stringify(mine))
          assert.deepEqual(inDocument.filter((mark) => scene.forbidden.has(mark)), []) // prettier-ignore
          if (mine.sections.length === 0 || left === 0) continue
          left -= 1
          const inFiles = marksIn(await printed(mine))
          told += inFiles.length
          assert.deepEqual(inFiles.filter((mark) => !inDocument.includes(mark)), []) // prettier-ignore
        }
      }),
      { numRuns: DOCUMENTS / 4, seed: 3, endOnFailure: true },
    )
    assert.ok(sections > DOCUMENTS / 3 && left === 0 && told > 0, `${sections} sections, ${told} marks`)
  })

  test('would be found out if it were made with the rights of somebody else', patience, async () => {
    await assert.rejects(async () => {
      const random = randomOf(5)
      for (let at = 0; at < 40; at += 1) {
        const scene = await sceneOf(random)
        const ask = scene.here.ask.bind(scene.here)
        scene.here.ask = async (_viewer, query) => ask(localViewer, query)
        const [mine, theirs] = (await documentsOf(scene, random)) ?? []
        assert.deepEqual(mine, theirs)
      }
    }, assert.AssertionError)
  })
})
