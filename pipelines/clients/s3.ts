import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { AwsV4Signer } from 'aws4fetch'
import type { S3Remote } from '../../config/source.ts'
import { fault, type Fault } from '../../entities/faults.ts'
import { SourceError } from '../../errors.ts'
import { insisting, placeOf, prefixOf, type RemoteFile, type RemoteFolder } from './remote-folder.ts'
import { listingPage, refusal, type ListingPage } from './s3-answers.ts'
import { world, type World } from './tries.ts'

/** Of a listing, which has at most 1,000 files a page. */
const MOST_BYTES = 16 * 1024 * 1024
const CREDENTIALS =
  /^(InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|ExpiredToken|InvalidSecurity|AuthFailure|NotSignedUp)$/
const ELSEWHERE = /^(PermanentRedirect|TemporaryRedirect|Redirect|AuthorizationHeaderMalformed|IllegalLocation\w*)$/

/**
 * A folder of a bucket, over the REST API of S3: ListObjectsV2 and GetObject, signed by AWS Signature Version 4.
 * Bytes come as they are stored: `fetch` would unpack what was stored with Content-Encoding.
 */
export class S3Folder implements RemoteFolder {
  readonly #source: string
  readonly #remote: S3Remote
  readonly #world: World
  readonly #prefix: string

  constructor(source: string, remote: S3Remote, given: World = world) {
    this.#source = source
    this.#remote = remote
    this.#world = given
    this.#prefix = prefixOf(remote)
  }

  async list(signal: AbortSignal): Promise<RemoteFile[]> {
    const files: RemoteFile[] = []
    for (let token: string | undefined; ;) {
      const { files: found, next } = await this.#insist(signal, () => this.#page(token, signal))
      files.push(...found)
      if (next === undefined) return files
      if (next === token) throw this.#fail(this.#noListing('the same page comes again and again'), false)
      token = next
    }
  }

  async fetch(file: RemoteFile, to: string, signal: AbortSignal): Promise<void> {
    const isSame = await this.#insist(signal, async () => {
      // What was changed since it was listed is refused by the other side, or told by its other tag.
      const condition = file.etag === undefined ? {} : { 'if-match': file.etag }
      const response = await this.#ask(this.#address(`${this.#prefix}${file.path}`), { condition, signal })
      const { statusCode = 0, headers } = response
      const isOther = file.etag !== undefined && headers.etag !== undefined && headers.etag !== file.etag
      if (statusCode === 404 || statusCode === 412 || (statusCode === 200 && isOther)) {
        response.destroy()
        return false
      }
      if (statusCode !== 200) throw await this.#refused(response)
      await pipeline(response, createWriteStream(to, { flush: true }), { signal })
      const { size } = await stat(to)
      if (size === file.size) return true
      throw this.#fail(fault('remote_cut', { ...this.#named, file: file.path, got: size, size: file.size }), true)
    })
    if (!isSame) throw this.#fail(fault('remote_changed', { ...this.#named, file: file.path }), true)
  }

  close(): void {}

  async #page(token: string | undefined, signal: AbortSignal): Promise<ListingPage> {
    const address = this.#address('')
    const parameters = {
      'list-type': '2',
      'encoding-type': 'url',
      ...(this.#prefix !== '' && { prefix: this.#prefix }),
      ...(token !== undefined && { 'continuation-token': token }),
    }
    address.search = Object.entries(parameters)
      .map(([name, value]) => `${name}=${encoded(value)}`)
      .join('&')
    const response = await this.#ask(address, { signal })
    if (response.statusCode !== 200) throw await this.#refused(response)
    const answer = await short(response)
    try {
      return listingPage(answer, this.#prefix)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      throw this.#fail(this.#noListing(message), false)
    }
  }

  /** Of a file, or of the bucket itself. */
  #address(key: string): URL {
    const { endpoint, region, bucket, pathStyle } = this.#remote
    const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
    const address = new URL(endpoint ?? `https://s3.${region}.${domain}`)
    // An address of numbers has no names below it.
    const inPath = pathStyle ?? isIP(address.hostname.replaceAll(/[[\]]/g, '')) !== 0
    if (!inPath) address.hostname = `${bucket}.${address.hostname}`
    const parts = [...(inPath ? [bucket] : []), ...key.split('/')]
    address.pathname = `${address.pathname.replace(/\/$/, '')}/${parts.map(encoded).join('/')}`
    return address
  }

  async #ask(
    address: URL,
    { condition = {}, signal }: { condition?: Record<string, string>; signal: AbortSignal },
  ): Promise<IncomingMessage> {
    const { accessKeyId, secretAccessKey, region } = this.#remote
    const datetime = new Date(this.#world.now()).toISOString().replaceAll(/[:-]|\.\d{3}/g, '')
    const keys = { accessKeyId, secretAccessKey, region, service: 's3', datetime }
    const signed = await new AwsV4Signer({ url: address.href, headers: condition, ...keys }).sign()
    const send = address.protocol === 'https:' ? requestHttps : requestHttp
    const headers = Object.fromEntries(signed.headers)
    return new Promise((resolve, reject) => {
      const sent = send(address, { headers, signal, timeout: this.#seconds * 1_000 }, (response) => {
        received = response
        resolve(response)
      })
      let received: IncomingMessage | undefined
      sent.on('timeout', () => (received ?? sent).destroy(new TimeoutError()))
      sent.on('error', reject)
      sent.end()
    })
  }

  async #refused(response: IncomingMessage): Promise<SourceError> {
    const { statusCode: status = 0 } = response
    const { code = '', message = response.statusMessage } = refusal(await short(response))
    const details = { ...this.#named, message }
    if (CREDENTIALS.test(code)) return this.#fail(fault('s3_credentials', details), false)
    if (code === 'RequestTimeTooSkewed') return this.#fail(fault('s3_clock', details), false)
    if (code === 'NoSuchBucket' || (status === 404 && code === '')) return this.#fail(this.#noBucket(message), false)
    if (ELSEWHERE.test(code) || (status >= 300 && status < 400)) return this.#fail(fault('s3_region', details), false)
    if (status === 401 || status === 403) return this.#fail(fault('s3_denied', details), false)
    const again = status === 408 || status === 429 || status >= 500
    return this.#fail(fault('s3_failed', { ...details, status }), again)
  }

  #insist<Answer>(signal: AbortSignal, work: () => Promise<Answer>): Promise<Answer> {
    return insisting({ world: this.#world, signal, failureOf: (error) => this.#failure(error) }, work)
  }

  #failure(error: unknown): SourceError {
    if (error instanceof SourceError) return error
    if (error instanceof TimeoutError)
      return this.#fail(fault('remote_timeout', { ...this.#named, seconds: this.#seconds }), true)
    const message = error instanceof Error ? error.message || error.name : String(error)
    return this.#fail(fault('remote_lost', { ...this.#named, message }), true)
  }

  #noListing(message: string): Fault {
    return fault('s3_listing', { ...this.#named, message })
  }

  #noBucket(message: string | undefined): Fault {
    const { bucket } = this.#remote
    return fault('s3_bucket', { source: this.#source, bucket, address: this.#address('').host, message })
  }

  #fail(found: Fault, retry: boolean): SourceError {
    return new SourceError(found, { source: this.#source, retry })
  }

  get #named(): { source: string; place: string } {
    return { source: this.#source, place: placeOf(this.#remote) }
  }

  get #seconds(): number {
    return this.#remote.timeoutSeconds ?? 60
  }
}

class TimeoutError extends Error {}

/** Everything but letters, digits and -._~ as RFC 3986 has it: `+` and `'` too, which signatures read in two ways. */
function encoded(part: string): string {
  return encodeURIComponent(part).replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
}

async function short(response: IncomingMessage): Promise<string> {
  let bytes = 0
  response.on('data', (part: Buffer) => {
    bytes += part.byteLength
    if (bytes > MOST_BYTES) response.destroy(new Error(`an answer of more than ${MOST_BYTES} bytes`))
  })
  return text(response)
}
