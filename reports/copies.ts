import { createHash, randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import type { ReportFormat, ReportSettings } from '../config/reports.ts'
import type { ReportDocument } from '../dashboards/reports/document.ts'
import type { Mail } from '../dashboards/reports/mail.ts'
import type { ReportFile } from '../dashboards/reports/render.ts'
import type { Language } from '../entities/language.ts'
import { AccessError } from '../errors.ts'
import type { Answer, Ask, Evidence, Viewer } from '../models/metrics/metric.ts'
import type { Doubt } from '../models/metrics/report.ts'
import type { KeptCopy, KeptFile } from './archive.ts'

/** Whom a copy is for, and whose rights it has. */
export interface Recipient {
  readonly via: 'mail' | 'folder' | 'webhook'
  readonly to: string
  readonly name: string
  readonly viewer: Viewer
  readonly language: Language
}

/** Of a copy, as `makeCopies` wrote it: 'mail ceo@example.com'. */
export function recipientOf(written: string): Pick<Recipient, 'via' | 'to'> {
  const at = written.indexOf(' ')
  return { via: written.slice(0, at) as Recipient['via'], to: written.slice(at + 1) }
}

/** What is published, and by which policy and code. */
export interface Grounds {
  readonly as_of: string
  readonly known_at: string
  readonly published_at: string
  readonly warehouse_version: number
  readonly policy_version: string
  /** Of the models, and of the code that makes reports. */
  readonly fingerprint: string
}

/** What figures stood on when they were asked: it changes while the figures stay. */
export interface Standing {
  readonly sources: Evidence['sources']
  readonly figures: Evidence['figures']
}

export interface Composition {
  readonly settings: ReportSettings
  readonly recipient: Recipient
  readonly grounds: Grounds
  readonly doubts: readonly Doubt[]
  readonly ask: Ask
  /** Files that are counted with have more rows; what is read cuts them for itself. */
  readonly rows: 'shown' | 'files'
}

/** How `dashboards/` makes a report; main hands it in. */
export interface Press {
  readonly compose: (composition: Composition) => Promise<ReportDocument>
  readonly mail: (document: ReportDocument) => Promise<Mail>
  readonly file: (document: ReportDocument, format: Exclude<ReportFormat, 'mail'>) => Promise<ReportFile>
  /** What stands at the top of a report, in words. */
  readonly doubts: (doubts: readonly Doubt[], language: Language) => readonly string[]
  /** Who has the same sees the same. Throws AccessError for who may see nothing. */
  readonly sight: (viewer: Viewer) => string
  /** Whether names of people who work here are shown. Throws as `sight` does. */
  readonly seesPeople: (viewer: Viewer) => boolean
  /** The sight of who sees everything. */
  readonly whole: string
}

export interface CopyOrder extends Omit<Composition, 'recipient' | 'rows'> {
  readonly issueId: string
  readonly recipients: readonly Recipient[]
}

/** The mail of a copy: what `messages.ts` sends. */
export interface KeptMail extends Pick<Mail, 'subject' | 'html' | 'text'> {
  readonly images: readonly { readonly cid: string; readonly file: string }[]
}

/** Files of a copy that are not offered: what it was made of. */
export const MAIL_FILE = 'mail.json'
export const DOCUMENT_FILE = 'document.json'

/** Where the files of a copy lie, relative to the folder of the warehouse. */
export function placeOf({ issue_id, copy_id }: Pick<KeptCopy, 'issue_id' | 'copy_id'>): string {
  return posix.join('reports', issue_id, copy_id)
}

/** Makes the files of every recipient. Recipients who may see nothing are left out. */
export async function makeCopies(
  order: CopyOrder,
  { press, folder }: { readonly press: Press; readonly folder: string },
): Promise<KeptCopy[]> {
  const copies: KeptCopy[] = []
  for (const recipient of order.recipients) {
    const sight = sightOf(press, recipient.viewer)
    if (sight === undefined) continue
    const copyId = randomUUID()
    const place = placeOf({ issue_id: order.issueId, copy_id: copyId })
    await mkdir(join(folder, place), { recursive: true })
    const write = async (name: string, content: Uint8Array | string): Promise<string> => {
      const file = posix.join(place, name)
      await writeFile(join(folder, file), content)
      return file
    }
    copies.push({
      copy_id: copyId,
      issue_id: order.issueId,
      recipient: `${recipient.via} ${recipient.to}`,
      name: recipient.name,
      language: recipient.language,
      viewer: recipient.viewer,
      sight,
      delivery_key: `report:${order.issueId}:${recipient.via}:${recipient.to}`,
      files: await filesOf({ ...order, recipient }, press, write),
    })
  }
  return copies
}

/** Undefined: the viewer may see nothing. */
export function sightOf(press: Pick<Press, 'sight'>, viewer: Viewer): string | undefined {
  try {
    return press.sight(viewer)
  } catch (error) {
    if (error instanceof AccessError) return undefined
    throw error
  }
}

type Write = (name: string, content: Uint8Array | string) => Promise<string>

async function filesOf(composition: Omit<Composition, 'rows'>, press: Press, write: Write): Promise<KeptFile[]> {
  const { formats = ['mail', 'pdf'] } = composition.settings
  const isCounted = formats.some((format) => format === 'xlsx' || format === 'csv')
  const document = await press.compose({ ...composition, rows: isCounted ? 'files' : 'shown' })
  await write(DOCUMENT_FILE, JSON.stringify(document))
  // Every copy has a mail: where none is asked for, it says what is attached.
  const mail = await press.mail(document)
  await keepMail(mail, write)
  const kept: KeptFile[] = []
  for (const format of formats) {
    const { name, type, content } = format === 'mail' ? pageOf(mail) : await press.file(document, format)
    kept.push(await keptFile({ format, name, type, content }, write))
  }
  return kept
}

interface Content extends Pick<KeptFile, 'format' | 'name' | 'type'> {
  readonly content: Uint8Array
}

async function keptFile({ content, ...about }: Content, write: Write): Promise<KeptFile> {
  const file = await write(about.name, content)
  return { ...about, file, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }
}

async function keepMail({ subject, html, text, images }: Mail, write: Write): Promise<void> {
  const files: { cid: string; file: string }[] = []
  for (const { cid, name, content } of images) files.push({ cid, file: await write(name, content) })
  await write(MAIL_FILE, JSON.stringify({ subject, html, text, images: files } satisfies KeptMail))
}

/** The mail as one page, with its pictures in it. */
function pageOf({ html, images }: Mail): ReportFile {
  const page = images.reduce(
    (text, { cid, type, content }) =>
      text.replaceAll(`cid:${cid}`, `data:${type};base64,${Buffer.from(content).toString('base64')}`),
    html,
  )
  return { name: 'mail.html', type: 'text/html; charset=utf-8', content: Buffer.from(page) }
}

/** An `ask` that remembers what the figures stood on. */
export function noting(ask: Ask): { readonly ask: Ask; readonly standing: () => Standing } {
  let sources: Evidence['sources'] = []
  const figures: Record<string, Evidence['figures'][string]> = {}
  return {
    standing: () => ({ sources, figures }),
    ask: async (viewer, query) => {
      const answer = await ask(viewer, query)
      sources = answer.evidence.sources
      Object.assign(figures, answer.evidence.figures)
      return answer
    },
  }
}

/** An `ask` that answers from the versions of an issue, standing on what it stood on then. */
export function asThen(
  ask: Ask,
  { grounds, standing, isPublished }: { grounds: Grounds; standing: Standing; isPublished: boolean },
): Ask {
  const { as_of: asOf, known_at: knownAt, warehouse_version } = grounds
  return async (viewer, query): Promise<Answer> => {
    const answer = await ask(viewer, isPublished || query.knownAt !== undefined ? query : { ...query, asOf, knownAt })
    const { sources, figures } = standing
    const named = Object.keys(answer.evidence.figures)
    const then = Object.fromEntries(
      named.flatMap((name) => (figures[name] === undefined ? [] : [[name, figures[name]]])),
    )
    const evidence = { ...answer.evidence, known_at: knownAt, warehouse_version, sources, figures: { ...answer.evidence.figures, ...then } } // prettier-ignore
    return { ...answer, evidence }
  }
}
