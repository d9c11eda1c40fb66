import { isIP } from 'node:net'
import { PassThrough } from 'node:stream'
import type { SMTPPoolOptions, SMTPPoolSentMessageInfo, Transporter } from 'nodemailer'
import type { Mail } from '../config/mail.ts'
import { fault } from '../entities/faults.ts'
import { addressOf, isMailAddress } from '../entities/mail-address.ts'
import { readInside } from './files.ts'
import { mailFailure } from './mail-failure.ts'
import { failure, saidBy, type Failure, type Outcome, type Sender } from './outcome.ts'
import type { MailChannel, Message } from './outgoing.ts'

/** Connections to the mail server at once. */
export const MAIL_CONNECTIONS = 3
/** A server that says a word now and then is given up all the same. */
const LONGEST_SENDING = 300_000

export interface Letter {
  readonly delivery_id: string
  readonly channel: MailChannel
  readonly message: Message
}

interface MailDeps {
  readonly mail: Mail
  /** Where the files of messages lie. */
  readonly folder: string
  readonly now: () => Date
}

interface Pool {
  readonly transporter: Transporter<SMTPPoolSentMessageInfo, SMTPPoolOptions>
  /** Message-IDs of mail that a server that took our name and password was offered. */
  readonly offered: Set<string>
}

/** Sends mail over connections that are kept and used again. */
export function openMail(deps: MailDeps): Sender<Letter> {
  let pool: Promise<Pool> | undefined
  let closed = false
  return {
    send: async (letter) => {
      const { to } = letter.channel
      if (!isMailAddress(to)) return failure(fault('delivery_mail_address_invalid', { to }), { final: true })
      const files = await filesOf(letter.message, deps.folder)
      if ('fault' in files) return files
      if (closed) return failure(fault('delivery_unexpected', { message: 'the process ends' }))
      pool ??= openPool(deps.mail)
      return deliver(await pool, letter, { ...deps, files })
    },
    close: () => {
      closed = true
      // One that could not be opened has nothing to close.
      void pool?.then(({ transporter }) => transporter.close({ force: true })).catch(() => undefined)
    },
  }
}

/** Loaded with the first mail: most commands send none. */
async function openPool({ smtp }: Mail): Promise<Pool> {
  const { createTransport } = await import('nodemailer')
  const wait = smtp.timeoutSeconds * 1000
  const transporter = createTransport({
    pool: true,
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure === 'tls',
    requireTLS: smtp.secure === 'starttls',
    ignoreTLS: smtp.secure === 'none',
    ...(smtp.user !== undefined && { auth: { user: smtp.user, pass: smtp.password } }),
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: !smtp.allowSelfSigned,
      ...(isIP(smtp.host) === 0 && { servername: smtp.host }),
    },
    maxConnections: MAIL_CONNECTIONS,
    // What is sent again, and when, is decided and recorded by the outbox alone.
    maxRequeues: 0,
    // Before the server does: one that it has closed meanwhile would cost an attempt.
    idleTimeout: 10_000,
    connectionTimeout: Math.min(wait, 15_000),
    greetingTimeout: Math.min(wait, 30_000),
    dnsTimeout: Math.min(wait, 15_000),
    socketTimeout: wait,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const offered = new Set<string>()
  // The stream of a message is made when its connection is ready.
  transporter.use('stream', ({ data, message }, done) => {
    message.transform(() => {
      offered.add(data.messageId ?? '')
      return new PassThrough()
    })
    done()
  })
  return { transporter, offered }
}

interface NamedBytes {
  readonly filename: string | false
  readonly cid?: string
  readonly contentType: string
  readonly contentDisposition: 'inline' | 'attachment'
  readonly content: Buffer
}

async function filesOf(message: Message, folder: string): Promise<readonly NamedBytes[] | Failure> {
  const files: NamedBytes[] = []
  for (const { cid, mediaType, file } of message.inline) {
    const content = await readInside(folder, file)
    if ('fault' in content) return content
    files.push({ filename: false, cid, contentType: mediaType, contentDisposition: 'inline', content })
  }
  for (const { name, mediaType, file } of message.attachments) {
    const content = await readInside(folder, file)
    if ('fault' in content) return content
    files.push({ filename: name, contentType: mediaType, contentDisposition: 'attachment', content })
  }
  return files
}

async function deliver(
  { transporter, offered }: Pool,
  { delivery_id, channel: { to, name }, message }: Letter,
  { mail, now, files }: MailDeps & { readonly files: readonly NamedBytes[] },
): Promise<Outcome> {
  const from = addressOf(mail.from)
  const messageId = messageIdOf(delivery_id, from)
  try {
    const { response } = await transporter.sendMail({
      envelope: { from, to: [to] },
      from: mail.from,
      to: name === undefined ? { name: '', address: to } : { name, address: to },
      ...(mail.replyTo !== undefined && { replyTo: mail.replyTo }),
      subject: message.subject,
      date: now(),
      messageId,
      // No out-of-office note answers it: RFC 3834, and Exchange's own word for it.
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      text: message.text,
      ...(message.html !== undefined && { html: message.html }),
      attachments: [...files],
      signal: AbortSignal.timeout(LONGEST_SENDING),
    })
    return { answer: saidBy(response) }
  } catch (error) {
    return mailFailure(error, { mail, to, offered: offered.has(messageId) })
  } finally {
    offered.delete(messageId)
  }
}

/** The same each time the delivery is sent, so that a receiver can know a repetition. */
function messageIdOf(delivery_id: string, from: string): string {
  return `<${delivery_id}@${from.slice(from.lastIndexOf('@') + 1)}>`
}
