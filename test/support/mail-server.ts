import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { simpleParser, type ParsedMail } from 'mailparser'
import { generate } from 'selfsigned'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A mail as it came over the wire. */
export interface Arrived {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string
  readonly mail: ParsedMail
  /** The version of TLS; undefined: the connection was not encrypted. */
  readonly encrypted: string | undefined
}

type Refusal = { readonly code: number; readonly words: string } | undefined

/** A real SMTP server, and what it does beside taking every mail; a mail that came before under its Message-ID is dropped. */
export class MailServer {
  /** In order, each Message-ID once. */
  readonly arrived: Arrived[] = []
  /** How often each Message-ID was taken. */
  readonly taken = new Map<string, number>()
  connections = 0
  onSender: (address: string) => Refusal = () => undefined
  onRecipient: (address: string) => Refusal = () => undefined
  /** Before the mail is read. */
  onBody: (drop: () => void) => Refusal | Promise<Refusal> = () => undefined
  /** When the mail is kept, before 250 is said. */
  onTaken: (messageId: string) => void = () => undefined
  readonly #server: SMTPServer
  readonly certificate: string

  private constructor(pem: { private: string; cert: string }, options: SMTPServerOptions) {
    this.certificate = pem.cert
    const answer = (refusal: Refusal): Error | null =>
      refusal === undefined ? null : Object.assign(new Error(refusal.words), { responseCode: refusal.code })
    this.#server = new SMTPServer({
      key: pem.private,
      cert: pem.cert,
      authOptional: true,
      disableReverseLookup: true,
      closeTimeout: 100,
      logger: false,
      onConnect: (_session, done) => {
        this.connections++
        done()
      },
      onMailFrom: ({ address }, _session, done) => done(answer(this.onSender(address))),
      onRcptTo: ({ address }, _session, done) => done(answer(this.onRecipient(address))),
      onData: (stream, session, done) => {
        const { mailFrom, rcptTo } = session.envelope
        const drop = (): void => {
          for (const connection of this.#server.connections) connection.close()
        }
        const take = async (): Promise<Error | null> => {
          const refusal = await this.onBody(drop)
          const raw = await text(stream)
          if (refusal !== undefined) return answer(refusal)
          const mail = await simpleParser(raw)
          const id = mail.messageId ?? ''
          const before = this.taken.get(id) ?? 0
          this.taken.set(id, before + 1)
          const from = mailFrom === false ? '' : mailFrom.address
          const { tlsOptions } = session
          const encrypted = session.secure && tlsOptions ? tlsOptions.version : undefined
          if (before === 0) this.arrived.push({ from, to: rcptTo.map(({ address }) => address), raw, mail, encrypted })
          this.onTaken(id)
          return null
        }
        const finish = async (): Promise<void> => done(await take().catch((error: unknown) => error as Error))
        void finish()
      },
      ...options,
    })
    // A client that is killed leaves its connection broken.
    this.#server.on('error', () => undefined)
  }

  static async open(options: SMTPServerOptions = {}): Promise<MailServer> {
    const pem = await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048, algorithm: 'sha256' })
    const server = new MailServer(pem, options)
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server.server, 'listening')
    return server
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => this.#server.close(done))
  }
}
