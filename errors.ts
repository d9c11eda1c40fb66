/**
 * One class per who must act. Each fixes the exit code of the command line and the HTTP status of the API.
 * A message says what failed, with the value, then what to do and what would be valid.
 */

import { describeFault, type Fault } from './entities/faults.ts'

const hidden = new Set<string>()

/**
 * Remembers a secret, so that no error, log, record or manifest of this process shows it: as it is, as it stands in an
 * address, in JSON and in base64. What is shorter than four characters would hide every other word.
 */
export function hideSecret(secret: string): void {
  if (secret.length < 4) return
  const encoded = Buffer.from(secret).toString('base64').replace(/=+$/, '')
  for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), encoded])
    hidden.add(form)
}

/** The text with every secret that was remembered as ***. */
export function withoutSecrets(text: string): string {
  let clean = text
  for (const secret of hidden) if (clean.includes(secret)) clean = clean.replaceAll(secret, '***')
  return clean
}

interface TrueworthErrorOptions {
  cause?: unknown
}

export abstract class TrueworthError extends Error {
  /** Exit code of the command line. */
  abstract readonly exitCode: number
  /** Status of the HTTP answer. */
  abstract readonly status: 400 | 401 | 403 | 404 | 406 | 409 | 413 | 415 | 422 | 429 | 500 | 502 | 503 | 504

  /** What is wrong as a code, from which other languages make their words. */
  readonly fault: Fault | undefined

  constructor(message: string | Fault, options: TrueworthErrorOptions = {}) {
    const text = typeof message === 'string' ? message : (describeFault(message, 'en') ?? message.code)
    super(withoutSecrets(text), options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.fault =
      typeof message === 'string' ? undefined : (JSON.parse(withoutSecrets(JSON.stringify(message))) as Fault)
  }
}

/** The operator must act: configuration, folders, ports, a second writer. */
export class ConfigError extends TrueworthError {
  readonly exitCode = 2
  readonly status = 503
}

/** The other system must act, or be tried again: `retry` says whether trying again can help. */
export class SourceError extends TrueworthError {
  readonly exitCode = 3
  readonly status = 502
  readonly source: string
  readonly entity: string | undefined
  readonly retry: boolean

  constructor(
    message: string | Fault,
    options: TrueworthErrorOptions & { source: string; entity?: string; retry: boolean },
  ) {
    super(message, options)
    this.source = options.source
    this.entity = options.entity
    this.retry = options.retry
  }
}

/** The analyst must act: a model does not parse, bind or run. */
export class ModelError extends TrueworthError {
  readonly exitCode = 4
  readonly status = 500
  readonly model: string
  readonly line: number | undefined
  readonly phase: 'read' | 'parse' | 'bind' | 'run' | 'test'

  constructor(
    message: string | Fault,
    options: TrueworthErrorOptions & {
      model: string
      line?: number
      phase: 'read' | 'parse' | 'bind' | 'run' | 'test'
    },
  ) {
    super(message, options)
    this.model = options.model
    this.line = options.line
    this.phase = options.phase
  }
}

interface AuditResult {
  readonly model: string
  readonly audit: string
  readonly audit_zh: string | null
  readonly severity: 'error' | 'warn'
  readonly rows_at_fault: number
  readonly passed: boolean
}

/** The owner of the data must act: an audit of severity error found rows. Nothing was published. */
export class AuditError extends TrueworthError {
  readonly exitCode = 5
  readonly status = 500
  /** The first audit that failed, and the rows it found. */
  readonly model: string
  readonly audit: string
  readonly count: number
  /** All audits of the build, passed ones too: after the rollback nobody else knows them. */
  readonly outcomes: readonly AuditResult[]

  constructor(
    message: string | Fault,
    options: TrueworthErrorOptions & {
      model: string
      audit: string
      count: number
      outcomes: readonly AuditResult[]
    },
  ) {
    super(message, options)
    this.model = options.model
    this.audit = options.audit
    this.count = options.count
    this.outcomes = options.outcomes
  }
}

/** We must act: SQL that Trueworth wrote failed. Keeps the SQL for the log; an answer never shows it. */
export class QueryError extends TrueworthError {
  readonly exitCode = 70
  readonly status = 500
  readonly sql: string

  constructor(message: string | Fault, options: TrueworthErrorOptions & { sql: string }) {
    super(message, options)
    this.sql = options.sql
  }
}

/** The caller must act: an unknown metric, a bad date. `field` names the part of the request at fault. */
export class RequestError extends TrueworthError {
  readonly exitCode = 64
  readonly status: 400 | 404 | 406 | 413 | 415 | 422
  readonly field: string | undefined

  constructor(
    message: string | Fault,
    options: TrueworthErrorOptions & { field?: string; status?: 400 | 404 | 406 | 413 | 415 | 422 } = {},
  ) {
    super(message, options)
    this.field = options.field
    this.status = options.status ?? 400
  }
}

/** The caller asked for more than the server gives to one: rows (413), questions at once (429), time or memory (503). */
export class LimitError extends TrueworthError {
  readonly exitCode = 75
  readonly status: 413 | 429 | 503
  readonly field: string | undefined

  constructor(fault: Fault, options: TrueworthErrorOptions & { status: 413 | 429 | 503; field?: string }) {
    super(fault, options)
    this.status = options.status
    this.field = options.field
  }
}

/** The caller may not see this. The message never says what exists. */
export class AccessError extends TrueworthError {
  readonly exitCode = 77
  readonly status = 403
}

/** The caller must say who it is. */
export class SignInError extends TrueworthError {
  readonly exitCode = 77
  readonly status = 401
}
