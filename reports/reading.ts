import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fault } from '../entities/faults.ts'
import { AccessError, RequestError } from '../errors.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import type { ReportCopy, ReportIssue, Reports } from '../models/metrics/report.ts'
import type { DeliveryStatus } from '../models/metrics/status.ts'
import { issueOf, type Archive, type IssueRow, type KeptCopy } from './archive.ts'
import { sightOf } from './copies.ts'
import type { ReportsDeps } from './reports.ts'

const MOST_DELIVERIES = 10_000

type Reading = Pick<Reports, 'issues' | 'issue' | 'open'>

/** The archive as a viewer sees it: everybody sees what went out, and opens what was made for who sees no more than they do. */
export function readArchive(
  { folder, press, outbox }: Pick<ReportsDeps, 'folder' | 'press' | 'outbox'>,
  archive: Archive,
): Reading {
  const opens = (viewer: Viewer, { sight, viewer: of }: KeptCopy): boolean => {
    if (of.id === viewer.id) return true
    const own = sightOf(press, viewer)
    return own !== undefined && (own === sight || own === press.whole)
  }
  const withCopies = async (viewer: Viewer, rows: readonly IssueRow[]): Promise<ReportIssue[]> => {
    const copies = await archive.copies(rows.map(({ issue_id }) => issue_id))
    const firsts = await archive.copies(rows.flatMap(({ again_of: first }) => (first === null ? [] : [first])))
    const seesPeople = sightOf(press, viewer) !== undefined && press.seesPeople(viewer)
    const sent = new Map<string, DeliveryStatus>()
    for (const { issue_id } of rows)
      for (const delivery of await outbox.list({ about: issue_id, limit: MOST_DELIVERIES }))
        sent.set(delivery.key, delivery)
    const copyOf = (copy: KeptCopy): ReportCopy => ({
      copy_id: copy.copy_id,
      recipient: copy.recipient,
      name: copy.name,
      language: copy.language,
      files: copy.files.map(({ format, name, bytes, sha256 }) => ({ format, name, bytes, sha256 })),
      delivery: sent.get(copy.delivery_key) ?? null,
      open: opens(viewer, copy),
    })
    return rows.map((row) => {
      const own = copies.filter(({ issue_id }) => issue_id === row.issue_id)
      const compared = [own, firsts.filter(({ issue_id }) => issue_id === row.again_of)]
      const open = compared.map((each) => recipientsOf(each.filter((copy) => opens(viewer, copy))))
      const issue = openPart(issueOf(row), open)
      return { ...issue, ordered_by: seesPeople ? issue.ordered_by : null, copies: own.map(copyOf) }
    })
  }
  return {
    issues: async (viewer, { report, limit = 50 } = {}) => withCopies(viewer, await archive.list({ report, limit })),
    issue: async (viewer, id) => {
      const [issue] = await withCopies(viewer, [await archive.find(id)])
      if (issue === undefined) throw new RequestError(fault('report_issue_unknown', {}), { status: 404 })
      return issue
    },
    open: async (viewer, id, copyId, format) => {
      const copy = (await archive.copies([id])).find(({ copy_id }) => copy_id === copyId)
      const file = copy?.files.find((each) => each.format === format)
      if (copy === undefined || file === undefined)
        throw new RequestError(fault('report_issue_unknown', {}), { status: 404 })
      if (!opens(viewer, copy)) throw new AccessError(fault('report_not_open', {}))
      return { name: file.name, type: file.type, bytes: await readFile(join(folder, file.file)) }
    },
  }
}

const recipientsOf = (copies: readonly KeptCopy[]): Set<string> => new Set(copies.map(({ recipient }) => recipient))

/** Cells that differ are told of recipients whose copies the reader may open, both the first and the one made again. */
function openPart(
  issue: Omit<ReportIssue, 'copies'>,
  open: readonly ReadonlySet<string>[],
): Omit<ReportIssue, 'copies'> {
  if (issue.differences === null) return issue
  const cells = issue.differences.cells.filter(({ recipient }) => open.every((each) => each.has(recipient)))
  return { ...issue, differences: { ...issue.differences, cells } }
}
