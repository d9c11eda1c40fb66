import * as oauth from 'oauth4webapi'
import type { HttpAuth, HttpSource } from '../../config/source.ts'
import { fault, type Fault } from '../../entities/faults.ts'
import { hideSecret, SourceError, withoutSecrets } from '../../errors.ts'
import { untilAnswered, world, type Tried, type World } from './tries.ts'

export interface HttpAnswer {
  readonly body: unknown
  /** The header Link, where there is one. */
  readonly link: string | null
}

const MOST_REDIRECTS = 5
const MOST_BYTES = 64 * 1024 * 1024

/**
 * Asks one HTTP API for JSON: says who asks, keeps to its pace, tries again what passes. Knows no entity.
 * Throws SourceErrors that never hold a secret; what is asked for stands in them without its query's secrets.
 */
export class HttpClient {
  readonly #source: HttpSource
  readonly #world: World
  #token: { readonly text: string; readonly until: number } | undefined
  #next = 0

  constructor(source: HttpSource, given: World = world) {
    this.#source = source
    this.#world = given
    const { auth } = source
    if (auth?.kind === 'basic') hideSecret(basic(auth))
  }

  /** The JSON at an address. */
  async get(address: URL, signal: AbortSignal): Promise<HttpAnswer> {
    return untilAnswered(this.#world, signal, () => this.#try(address, signal))
  }

  async #try(address: URL, signal: AbortSignal): Promise<Tried<HttpAnswer>> {
    try {
      return await this.#ask(address, signal)
    } catch (error) {
      if (error instanceof SourceError) return { failure: error }
      signal.throwIfAborted()
      const seconds = this.#seconds
      if (error instanceof Error && error.name === 'TimeoutError')
        return { failure: this.#fail(fault('http_timeout', { ...this.#place(address), seconds }), true) }
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
      const message = cause instanceof Error ? cause.message || cause.name : String(cause)
      const known = message.includes('terminated') || message.includes('aborted') ? 'http_cut' : 'http_no_answer'
      return { failure: this.#fail(fault(known, { ...this.#place(address), message }), true) }
    }
  }

  async #ask(address: URL, signal: AbortSignal): Promise<Tried<HttpAnswer>> {
    let response = await this.#send(address, signal)
    if (response.status === 401 && this.#token !== undefined) {
      // A token may be withdrawn before its time: one new one is asked for.
      await response.body?.cancel()
      this.#token = undefined
      response = await this.#send(address, signal)
    }
    const text = await this.#text(response, address)
    if (!response.ok) return this.#refused(address, response, text)
    try {
      return { answer: { body: parse(text, response), link: response.headers.get('link') } }
    } catch (error) {
      return this.#unread(address, { response, text, error })
    }
  }

  /** One request and what redirects it; who asks is told to nobody but the address that was configured. */
  async #send(address: URL, signal: AbortSignal): Promise<Response> {
    let at = address
    for (let redirects = 0; ; redirects++) {
      await this.#pace(signal)
      const own = at.origin === new URL(this.#source.url).origin
      const headers = { accept: 'application/json', ...(own ? await this.#headers(signal) : {}) }
      const limit = AbortSignal.any([signal, AbortSignal.timeout(this.#seconds * 1_000)])
      const response = await fetch(own ? this.#withSecret(at) : at, { headers, redirect: 'manual', signal: limit })
      const to = response.headers.get('location')
      if (response.status < 300 || response.status > 399 || to === null || redirects === MOST_REDIRECTS) return response
      await response.body?.cancel()
      at = new URL(to, at)
    }
  }

  get #seconds(): number {
    return this.#source.timeoutSeconds ?? 60
  }

  async #pace(signal: AbortSignal): Promise<void> {
    const { ratePerSecond } = this.#source
    if (ratePerSecond === undefined) return
    const now = this.#world.now()
    const at = Math.max(now, this.#next)
    this.#next = at + 1_000 / ratePerSecond
    if (at > now) await this.#world.wait(at - now, signal)
  }

  async #headers(signal: AbortSignal): Promise<Record<string, string>> {
    const { auth, headers } = this.#source
    return { ...headers, ...(await this.#identity(auth, signal)) }
  }

  async #identity(auth: HttpAuth | undefined, signal: AbortSignal): Promise<Record<string, string>> {
    switch (auth?.kind) {
      case 'bearer':
        return { authorization: `Bearer ${auth.token}` }
      case 'basic':
        return { authorization: `Basic ${basic(auth)}` }
      case 'header':
        return { [auth.name]: auth.value }
      case 'oauth2':
        return { authorization: `Bearer ${await this.#accessToken(auth, signal)}` }
      default:
        return {}
    }
  }

  #withSecret(address: URL): URL {
    const { auth } = this.#source
    if (auth?.kind !== 'query') return address
    const secret = new URL(address)
    secret.searchParams.set(auth.parameter, auth.value)
    return secret
  }

  /** A token that is good for another minute. */
  async #accessToken(auth: HttpAuth & { kind: 'oauth2' }, signal: AbortSignal): Promise<string> {
    const now = this.#world.now()
    if (this.#token !== undefined && this.#token.until > now + 60_000) return this.#token.text
    const server = { issuer: new URL(auth.tokenUrl).origin, token_endpoint: auth.tokenUrl }
    const client = { client_id: auth.clientId }
    try {
      const response = await oauth.clientCredentialsGrantRequest(
        server,
        client,
        oauth.ClientSecretPost(auth.clientSecret),
        new URLSearchParams(auth.scope === undefined ? {} : { scope: auth.scope }),
        { [oauth.allowInsecureRequests]: auth.tokenUrl.startsWith('http:'), signal },
      )
      const result = await oauth.processClientCredentialsResponse(server, client, response)
      hideSecret(result.access_token)
      this.#token = { text: result.access_token, until: now + 1_000 * (result.expires_in ?? 3_600) }
      return result.access_token
    } catch (error) {
      signal.throwIfAborted()
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
      const message =
        error instanceof Error ? [error.message, cause].filter((part) => part !== '').join(': ') : String(error)
      const retry = error instanceof TypeError
      throw this.#fail(fault('http_token', { ...this.#place(new URL(auth.tokenUrl)), message }), retry)
    }
  }

  async #text(response: Response, address: URL): Promise<string> {
    const parts: Uint8Array[] = []
    let bytes = 0
    for await (const part of response.body ?? []) {
      bytes += part.byteLength
      if (bytes > MOST_BYTES) {
        const megabytes = MOST_BYTES / (1024 * 1024)
        throw this.#fail(fault('http_too_large', { ...this.#place(address), megabytes }), false)
      }
      parts.push(part)
    }
    return Buffer.concat(parts).toString('utf8')
  }

  #refused(address: URL, response: Response, text: string): Tried<HttpAnswer> {
    const { status } = response
    const again = status === 408 || status === 425 || status === 429 || status >= 500
    const details = { ...this.#place(address), status, words: firstWords(text), remedy: remedyOf(status) }
    const failure = this.#fail(fault('http_status', details), again)
    const pause = pauseOf(response.headers.get('retry-after'), this.#world.now())
    return { failure, pause }
  }

  /** What should be JSON and is none: cut off it may come whole the next time, a page for people will not. */
  #unread(
    address: URL,
    { response, text, error }: { response: Response; text: string; error: unknown },
  ): Tried<HttpAnswer> {
    const type = (response.headers.get('content-type') ?? '').split(';')[0] || 'text'
    const message = error instanceof Error ? error.message : String(error)
    const isJson = type.includes('json') || /^\s*[[{]/.test(text)
    const failure = isJson
      ? this.#fail(fault('http_cut', { ...this.#place(address), message }), true)
      : this.#fail(fault('http_not_json', { ...this.#place(address), type, words: firstWords(text) }), false)
    return { failure }
  }

  #place(address: URL): { source: string; address: string } {
    return { source: this.#source.name, address: withoutSecrets(`${address.host}${address.pathname}${address.search}`) }
  }

  #fail(found: Fault, retry: boolean): SourceError {
    return new SourceError(found, { source: this.#source.name, retry })
  }
}

/** JSON, or one JSON value a line. */
function parse(text: string, response: Response): unknown {
  if (!/ndjson|jsonl|json-seq/.test(response.headers.get('content-type') ?? '')) return JSON.parse(text)
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as unknown)
}

function pauseOf(header: string | null, now: number): number | undefined {
  if (header === null) return undefined
  const pause = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now
  return Number.isNaN(pause) ? undefined : Math.max(0, pause)
}

function firstWords(text: string): string | undefined {
  const words = withoutSecrets(text.replaceAll(/<[^>]*>|\s+/g, ' ').trim()).slice(0, 160)
  return words === '' ? undefined : words
}

function remedyOf(status: number): string {
  if (status === 401 || status === 403) return 'Check `auth` of the source, and what its user may read.'
  if (status === 404) return 'Check `url` of the source and `from` of the feed.'
  if (status === 400 || status === 422) return 'Check `from`, `paging` and `since` of the feed.'
  return status === 429 || status >= 500 ? 'It is tried again.' : 'Check the source.'
}

function basic({ user, password }: { readonly user: string; readonly password: string }): string {
  return Buffer.from(`${user}:${password}`).toString('base64')
}
