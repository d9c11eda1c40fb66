import { readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { Outgoing } from '../deliveries/outgoing.ts'
import type { Language } from '../entities/language.ts'
import type { ReportIssue } from '../models/metrics/report.ts'
import type { KeptCopy } from './archive.ts'
import { MAIL_FILE, placeOf, recipientOf, type KeptMail, type Press } from './copies.ts'

/** A copy as what goes out to its recipient. */
export async function messageOf(
  copy: KeptCopy,
  { folder, issue, link }: { readonly folder: string; readonly issue: object; readonly link: string | undefined },
): Promise<Outgoing> {
  const { delivery_key: key, issue_id: about, recipient, name, files } = copy
  const { via, to } = recipientOf(recipient)
  const outline = { key, kind: 'report', about } as const
  const attached = files.filter(({ format }) => format !== 'mail').map(({ name, type, file }) => ({ name, mediaType: type, file })) // prettier-ignore
  if (via === 'webhook') {
    const body = { type: 'report.issued', data: { issue, link: link ?? null, files: files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })) } } // prettier-ignore
    return { ...outline, channel: { via, name: to }, body }
  }
  const { subject, html, text, images } = JSON.parse(
    await readFile(join(folder, placeOf(copy), MAIL_FILE), 'utf8'),
  ) as KeptMail
  const isWritten = files.some(({ format }) => format === 'mail')
  if (via === 'folder') {
    const pages = files.map(({ name, type, file }) => ({ name, mediaType: type, file }))
    return { ...outline, channel: { via, path: to }, message: { subject, text, inline: [], attachments: pages } }
  }
  const inline = images.map(({ cid, file }) => ({ cid, mediaType: 'image/png', file }))
  const message = isWritten
    ? { subject, text, html, inline, attachments: attached }
    : { subject, text: text.split('\n\n').slice(0, 3).join('\n\n'), inline: [], attachments: attached }
  return { ...outline, channel: { via: 'mail', to, name }, message }
}

/** A folder of the configuration, from the root of the disk. */
export function folderOf(path: string, base: string): string {
  return isAbsolute(path) ? path : join(base, path)
}

/** What the operator is told of an issue: that it is held back, or could not be made. */
export function operatorMessage(
  { issue_id, report, title, due_at, doubts, error }: Omit<ReportIssue, 'copies'>,
  {
    operator,
    what,
    press,
  }: { readonly operator: string; readonly what: 'held' | 'failed'; readonly press: Pick<Press, 'doubts'> },
): Outgoing {
  const isHeld = what === 'held'
  const why = (language: Language): string => (isHeld ? press.doubts(doubts, language).join(' ') : (error ?? ''))
  const text = [
    isHeld
      ? `The report "${title.en}" (${report}) of ${due_at} is held back. ${why('en')}`
      : `The report "${title.en}" (${report}) of ${due_at} could not be made: ${why('en')}`,
    isHeld
      ? `报表“${title.zh}”（${report}，${due_at}）已暂扣。${why('zh')}`
      : `报表“${title.zh}”（${report}，${due_at}）未能生成：${why('zh')}`,
    '',
    isHeld
      ? `Send it on: npm run trueworth -- report release ${issue_id}`
      : `Make it again: npm run trueworth -- report make ${report}`,
  ].join('\n')
  const subject = isHeld
    ? `Held back: ${title.en} / 已暂扣：${title.zh}`
    : `Not made: ${title.en} / 未生成：${title.zh}`
  const message = { subject, text, inline: [], attachments: [] }
  return { key: `report:${issue_id}:operator:${what}`, kind: 'report', about: issue_id, channel: { via: 'mail', to: operator }, message } // prettier-ignore
}
