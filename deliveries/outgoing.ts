import { createHash } from 'node:crypto'
import { isAbsolute, posix } from 'node:path'
import { fault } from '../entities/faults.ts'
import { RequestError } from '../errors.ts'

export type DeliveryKind = 'leads' | 'report' | 'alert'

export interface MailChannel {
  readonly via: 'mail'
  /** One address. */
  readonly to: string
  /** Of whom the address is. */
  readonly name?: string
}

export interface FolderChannel {
  readonly via: 'folder'
  /** From the root of the disk. The folder is there already: one that is not mounted is not made. */
  readonly path: string
}

export interface WebhookChannel {
  readonly via: 'webhook'
  /** As the configuration names it. */
  readonly name: string
}

export type Channel = MailChannel | FolderChannel | WebhookChannel

interface SentFile {
  readonly mediaType: string
  /** Relative to the folder of the warehouse, and in it. */
  readonly file: string
}

export interface Message {
  readonly subject: string
  readonly text: string
  readonly html?: string
  /** Pictures that the HTML shows as `cid:…`. */
  readonly inline: readonly (SentFile & { readonly cid: string })[]
  readonly attachments: readonly (SentFile & { readonly name: string })[]
}

interface Outline {
  /** What is put twice under one key is sent once; the first holds. */
  readonly key: string
  readonly kind: DeliveryKind
  /** Id of the issue or evaluation it belongs to. */
  readonly about: string
  /** Not sent before then, e.g. the end of quiet hours. */
  readonly notBefore?: Date
}

/** A message to one receiver. A webhook gets `body` as JSON. */
export type Outgoing = Outline &
  (
    | { readonly channel: MailChannel | FolderChannel; readonly message: Message }
    | { readonly channel: WebhookChannel; readonly body: object }
  )

/** The id under which a receiver knows a repetition: the same key always gives the same one. */
export function deliveryId(key: string): string {
  const hash = createHash('sha256').update(key).digest('hex')
  // RFC 9562, version 8: a UUID of one's own making.
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-')
}

export function recipientOf(channel: Channel): string {
  if (channel.via === 'mail') return channel.to
  return channel.via === 'webhook' ? channel.name : channel.path
}

/** Refuses what would read outside of the warehouse's folder or write outside of the recipient's. Throws RequestError. */
export function checkOutgoing(one: Outgoing): void {
  if (!('message' in one)) return
  const { channel, message } = one
  for (const { file } of [...message.inline, ...message.attachments])
    if (!staysInside(file)) throw new RequestError(fault('delivery_file_outside', { file }), { field: 'file' })
  for (const { name } of message.attachments)
    if (!isFileName(name)) throw new RequestError(fault('delivery_name_unfit', { name }), { field: 'name' })
  if (channel.via === 'folder' && !isAbsolute(channel.path))
    throw new RequestError(fault('delivery_folder_relative', { path: channel.path }), { field: 'path' })
}

function staysInside(file: string): boolean {
  const path = posix.normalize(file.replaceAll('\\', '/'))
  return (
    path !== '.' && path !== '..' && !path.startsWith('../') && !isAbsolute(file) && !/^[/\\]|^[a-z]:|\0/i.test(file)
  )
}

function isFileName(name: string): boolean {
  return name.length <= 200 && /^[^./\\\p{Cc}][^/\\\p{Cc}]*$/u.test(name)
}
