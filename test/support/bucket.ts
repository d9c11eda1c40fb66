import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { S3Remote } from '../../config/source.ts'

interface Kept {
  readonly body: Buffer
  readonly modified: Date
  readonly etag: string
  readonly headers: Record<string, string>
}

/**
 * A real server that keeps a bucket as S3 does: it checks every signature by its own sums, lists in pages of two, and misbehaves
 * as a test wants it to.
 */
export class Bucket {
  readonly files = new Map<string, Kept>()
  /** What was asked for: 'list', or the key of a file. */
  asked: string[] = []
  /** Takes the next requests for files, or all of them, out of the hands of the bucket. */
  trouble: (asked: {
    key: string | undefined
    request: IncomingMessage
    response: ServerResponse
    file: Kept | undefined
  }) => boolean = () => false
  readonly accessKeyId = 'us-and-nobody-else'
  readonly secretAccessKey = 'planted/secret+of=the bucket'
  readonly #server: Server

  constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response))
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  get remote(): S3Remote {
    const { accessKeyId, secretAccessKey } = this
    const address = this.#server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const endpoint = `http://127.0.0.1:${port}`
    return { kind: 's3', endpoint, region: 'cn-north-9', bucket: 'exports', accessKeyId, secretAccessKey }
  }

  put(
    key: string,
    body: string | Buffer,
    modified = '2026-01-01T00:00:00Z',
    headers: Record<string, string> = {},
  ): void {
    const bytes = Buffer.from(body)
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`
    this.files.set(key, { body: bytes, modified: new Date(modified), etag, headers })
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://bucket')
    const [bucket, ...parts] = url.pathname.slice(1).split('/').map(decodeURIComponent)
    const key = parts.join('/')
    this.asked.push(key === '' ? 'list' : key)
    const file = this.files.get(key)
    if (this.trouble({ key: key === '' ? undefined : key, request, response, file })) return
    const wrong = this.#wrong(request, url)
    if (wrong !== undefined) return refuse(response, 403, wrong)
    if (bucket !== 'exports') return refuse(response, 404, 'NoSuchBucket')
    if (key === '') return this.#list(response, url.searchParams)
    const now = this.files.get(key)
    if (now === undefined) return refuse(response, 404, 'NoSuchKey')
    if (request.headers['if-match'] !== now.etag) return refuse(response, 412, 'PreconditionFailed')
    response.writeHead(200, { 'content-length': now.body.byteLength, etag: now.etag, ...now.headers })
    response.end(now.body)
  }

  #list(response: ServerResponse, query: URLSearchParams): void {
    if (query.get('list-type') !== '2' || query.get('encoding-type') !== 'url')
      return refuse(response, 400, 'InvalidArgument')
    const keys = [...this.files.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '')).toSorted()
    // Tokens have what must be written otherwise in an address.
    const from = Number(query.get('continuation-token')?.split('+')[1] ?? 0)
    const entries = keys.slice(from, from + 2).map((key) => {
      const { body, modified, etag } = this.files.get(key)!
      return `<Contents><Key>${encodeURIComponent(key).replaceAll('%20', '+')}</Key><LastModified>${modified.toISOString()}</LastModified>
        <ETag>${etag.replaceAll('"', '&quot;')}</ETag><Size>${body.byteLength}</Size><StorageClass>STANDARD</StorageClass></Contents>`
    })
    const more = from + 2 < keys.length
    listing(
      response,
      `<EncodingType>url</EncodingType>${entries.join('\n')}<IsTruncated>${more}</IsTruncated>
      ${more ? `<NextContinuationToken>a/=&amp;+${from + 2}</NextContinuationToken>` : ''}</ListBucketResult>`,
    )
  }

  /** AWS Signature Version 4, as the documentation of S3 has it. */
  #wrong(request: IncomingMessage, url: URL): string | undefined {
    const { headers, method } = request
    const found =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
        headers.authorization ?? '',
      )
    if (found === null) return 'AccessDenied'
    const [, id, day = '', region = '', names = '', signature] = found
    if (id !== this.accessKeyId) return 'InvalidAccessKeyId'
    if (region !== 'cn-north-9') return 'AuthorizationHeaderMalformed'
    const time = String(headers['x-amz-date'])
    if (!names.split(';').includes('host') || !names.includes('x-amz-date') || !time.startsWith(day))
      return 'AccessDenied'
    const query = [...url.searchParams].map((pair) => pair.map(written).join('=')).toSorted()
    const path = url.pathname.split('/').map((part) => written(decodeURIComponent(part)))
    const canonical = [
      method,
      path.join('/'),
      query.join('&'),
      ...names.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
      '',
      names,
      headers['x-amz-content-sha256'],
    ].join('\n')
    const scope = `${day}/${region}/s3/aws4_request`
    const hash = createHash('sha256').update(canonical).digest('hex')
    let key: string | Buffer = `AWS4${this.secretAccessKey}`
    for (const part of [day, region, 's3', 'aws4_request']) key = sum(key, part)
    const right = sum(key, ['AWS4-HMAC-SHA256', time, scope, hash].join('\n')).toString('hex')
    return signature === right ? undefined : 'SignatureDoesNotMatch'
  }
}

const sum = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

const written = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)

export function listing(response: ServerResponse, xml: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' })
  response.end(`<?xml version="1.0" encoding="UTF-8"?>
    <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>exports</Name>${xml}`)
}

export function refuse(response: ServerResponse, status: number, code: string, words = `said by the bucket`): void {
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(
    `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${words}</Message><RequestId>1</RequestId></Error>`,
  )
}
