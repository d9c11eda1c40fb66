/** How a connection to the mail server is encrypted: from its first byte, after STARTTLS, or not at all. */
export type MailSecurity = 'tls' | 'starttls' | 'none'

interface Smtp {
  readonly host: string
  /** Default: 465 with 'tls', 587 with 'starttls', 25 with 'none'. */
  readonly port?: number
  /**
   * Default: 'tls' on port 465; 'none' to this machine itself, where no password is given; else 'starttls', and a server
   * that does not offer it gets no mail.
   */
  readonly secure?: MailSecurity
  readonly user?: string
  /** From the environment: `env('MAIL_PASSWORD')`. */
  readonly password?: string
  /** Takes any certificate, also that of who stands in between. Better: name the company's own authority in NODE_EXTRA_CA_CERTS. */
  readonly allowSelfSigned?: boolean
  /** After so long without a word the server is given up until the next attempt. Default: 60. */
  readonly timeoutSeconds?: number
}

/** The mail server, and who sends. */
export interface MailSettings {
  readonly smtp: Smtp
  /** 'Trueworth <reports@example.com>' or the address alone. */
  readonly from: string
  /** Where answers go. Default: to `from`. */
  readonly replyTo?: string
  /** Who is told when something breaks. */
  readonly operator: string
}

/** The same with every default filled in. */
export interface Mail extends Omit<MailSettings, 'smtp'> {
  readonly smtp: Smtp & Required<Pick<Smtp, 'port' | 'secure' | 'allowSelfSigned' | 'timeoutSeconds'>>
}

const PORTS: Readonly<Record<MailSecurity, number>> = { tls: 465, starttls: 587, none: 25 }

/** Fills the defaults. */
export function mailOf({ smtp, ...rest }: MailSettings): Mail {
  const secure = securityOf(smtp)
  return {
    ...rest,
    smtp: { allowSelfSigned: false, timeoutSeconds: 60, ...smtp, secure, port: smtp.port ?? PORTS[secure] },
  }
}

/** What holds where `secure` is not said. */
export function securityOf({ secure, port, host, password }: Connecting): MailSecurity {
  if (secure !== undefined) return secure
  if (port === PORTS.tls) return 'tls'
  return isLoopback(host) && password === undefined ? 'none' : 'starttls'
}

type Connecting = { readonly [Name in 'secure' | 'port' | 'host' | 'password']?: Smtp[Name] | undefined }

function isLoopback(host: string | undefined): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host ?? '')
}
