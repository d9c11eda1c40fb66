import type { NodemailerError } from 'nodemailer'
import type { Mail } from '../config/mail.ts'
import { fault } from '../entities/faults.ts'
import { addressOf } from '../entities/mail-address.ts'
import { failure, wordsOf, type Failure } from './outcome.ts'

/** Failures of the way to the server, and of signing in there: no other mail would fare better. */
const EVERYTHING = { everything: true }
const FINAL = { final: true }
const CERTIFICATE = /certificate|self.signed|altnames|ssl|tls/i
const TOO_BIG = /^(552|554).*\b5\.3\.4\b|^552\b|size larger|too (big|large)/i

interface Sending {
  readonly mail: Mail
  readonly to: string
  /** The connection was ready, and the mail on its way. */
  readonly offered: boolean
}

/** What a failed sending means: who must act, and whether trying again can help. RFC 5321, 4.2.1: 4xx may, 5xx will not. */
export function mailFailure(error: unknown, { mail, to, offered }: Sending): Failure {
  const { code = '', command = '', responseCode = 0 } = error as Partial<NodemailerError>
  const message = wordsOf(error)
  const { host, user } = mail.smtp
  const refused = responseCode >= 500
  const later = responseCode >= 400 && !refused
  if (code === 'ETLS' || (responseCode === 0 && CERTIFICATE.test(message)))
    return failure(fault('delivery_mail_tls', { host, message }), EVERYTHING)
  if (code === 'EAUTH' && !later) return failure(fault('delivery_mail_auth', { host, user, message }), EVERYTHING)
  if (code === 'EMESSAGE' || code === 'EENVELOPE') {
    if (TOO_BIG.test(responseOf(error)) || TOO_BIG.test(message))
      return later ? whatWaits(host, message) : failure(fault('delivery_mail_size', { host, message }), FINAL)
    if (later) return whatWaits(host, message)
    if (command === 'RCPT TO' || command === 'API')
      return failure(fault('delivery_mail_address', { to, message }), FINAL)
    if (command === 'MAIL FROM')
      return failure(fault('delivery_mail_sender', { host, from: addressOf(mail.from), message }), EVERYTHING)
    if (refused) return failure(fault('delivery_mail_refused', { host, message }), FINAL)
  }
  if (later) return { ...whatWaits(host, message), everything: true }
  return offered
    ? failure(fault('delivery_mail_cut', { host, message }))
    : failure(fault('delivery_mail_unreachable', { host, message }), EVERYTHING)
}

function whatWaits(host: string, message: string): Failure {
  return failure(fault('delivery_mail_later', { host, message }))
}

function responseOf(error: unknown): string {
  return (error as Partial<NodemailerError>).response ?? ''
}
