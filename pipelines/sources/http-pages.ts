import type { Feed, HttpFormat, HttpSource, Paging } from '../../config/source.ts'
import { fault } from '../../entities/faults.ts'
import { SourceError } from '../../errors.ts'
import type { HttpAnswer, HttpClient } from '../clients/http.ts'

export type HttpRecord = Readonly<Record<string, unknown>>

interface Asking {
  readonly source: HttpSource
  readonly feed: Feed
  readonly client: HttpClient
  /** Lower bound of the cursor; null: from the beginning. */
  readonly since: string | null
  readonly signal: AbortSignal
}

/** The records of a feed, page by page, in the order given. Throws SourceError where pages repeat or records are missing. */
export async function* httpPages(asking: Asking): AsyncGenerator<readonly HttpRecord[]> {
  const { client, signal } = asking
  const format = formatOf(asking)
  let address: URL | undefined = first(asking, format)
  const asked = new Set<string>()
  let found = 0
  let total: number | undefined
  let before = ''
  for (let page = 0; address !== undefined; page++) {
    if (asked.has(address.href))
      throw failed(asking, 'http_loop', { address, value: address.search || address.pathname })
    asked.add(address.href)
    const answer = await client.get(address, signal)
    const text = JSON.stringify(answer.body)
    // Another address and the same records: the parameter means nothing to the other side.
    if (text === before) throw failed(asking, 'http_loop', { address, value: address.search })
    before = text
    const records = recordsOf(asking, format, { address, body: answer.body })
    found += records.length
    total = totalOf(format, answer.body) ?? total
    yield records
    address = next(format, { address, answer, records: records.length, page })
  }
  if (total !== undefined && found < total) {
    const place = first(asking, format)
    throw failed(asking, 'http_short', { address: place, total, found })
  }
}

function formatOf({ source, feed }: Asking): HttpFormat {
  const pick = <Name extends keyof HttpFormat>(name: Name): Pick<HttpFormat, Name> | object => {
    const value = feed[name] ?? source[name]
    return value === undefined ? {} : { [name]: value }
  }
  return { ...pick('records'), ...pick('explode'), ...pick('paging'), ...pick('total'), ...pick('since') }
}

/** `from` below the address of the source, with the first page and the bound. */
function first({ source, feed, since }: Asking, { paging, since: bound }: HttpFormat): URL {
  const address = new URL(feed.from.replace(/^\//, ''), source.url.endsWith('/') ? source.url : `${source.url}/`)
  if (paging?.size !== undefined) address.searchParams.set(paging.size.parameter, String(paging.size.value))
  if (paging?.kind === 'page') address.searchParams.set(paging.parameter, String(paging.first ?? 1))
  if (paging?.kind === 'offset') address.searchParams.set(paging.parameter, '0')
  if (bound !== undefined && since !== null) address.searchParams.set(bound.parameter, boundText(since, bound.as))
  return address
}

function boundText(since: string, as: 'iso' | 'day' | 'seconds' | undefined): string {
  const zoned = /(Z|[+-]\d{2}(:?\d{2})?)$/.test(since.slice(10)) || since.length <= 10
  const instant = new Date(
    zoned ? since.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00') : `${since.replace(' ', 'T')}Z`,
  )
  if (as === undefined || Number.isNaN(instant.getTime())) return since
  if (as === 'seconds') return String(Math.floor(instant.getTime() / 1_000))
  return as === 'day' ? instant.toISOString().slice(0, 10) : instant.toISOString()
}

/** The address of the next page; undefined after the last. */
function next(
  { paging }: HttpFormat,
  { address, answer, records, page }: { address: URL; answer: HttpAnswer; records: number; page: number },
): URL | undefined {
  if (paging === undefined) return undefined
  if (paging.kind === 'link') return follow(address, relNext(answer.link))
  if (paging.kind === 'next') return follow(address, textAt(answer.body, paging.next))
  if (paging.kind === 'cursor') return changed(address, paging.parameter, textAt(answer.body, paging.next))
  // A short page is the last; where no size is known an empty one is.
  const size = sizeOf(paging)
  if (records === 0 || (size !== undefined && records < size)) return undefined
  const value = paging.kind === 'page' ? (paging.first ?? 1) + page + 1 : (page + 1) * paging.size.value
  return changed(address, paging.parameter, String(value))
}

function sizeOf(paging: Paging): number | undefined {
  return paging.size?.value
}

function follow(address: URL, to: string | undefined): URL | undefined {
  return to === undefined ? undefined : new URL(to, address)
}

function changed(address: URL, parameter: string, value: string | undefined): URL | undefined {
  if (value === undefined) return undefined
  const other = new URL(address)
  other.searchParams.set(parameter, value)
  return other
}

/** The target of rel="next" in a header Link, RFC 8288. */
function relNext(link: string | null): string | undefined {
  for (const [, target, parameters = ''] of (link ?? '').matchAll(
    /<([^>]*)>((?:\s*;\s*[^,;="]+(?:=(?:"[^"]*"|[^,;]*))?)*)/g,
  )) {
    if (/;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?\s*(;|$)/i.test(parameters)) return target
  }
  return undefined
}

function valueAt(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), body)
}

function textAt(body: unknown, path: string): string | undefined {
  const value = valueAt(body, path)
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined
}

function totalOf({ total }: HttpFormat, body: unknown): number | undefined {
  const value = total === undefined ? undefined : valueAt(body, total)
  return value === undefined || value === null || Number.isNaN(Number(value)) ? undefined : Number(value)
}

function recordsOf(
  asking: Asking,
  { records: path, explode }: HttpFormat,
  { address, body }: { address: URL; body: unknown },
): HttpRecord[] {
  const list = path === undefined ? body : valueAt(body, path)
  if (!Array.isArray(list)) {
    const names = isObject(body) ? Object.keys(body) : [Array.isArray(body) ? 'a list' : typeof body]
    throw failed(asking, 'http_no_records', { address, path: path ?? '', names })
  }
  const records = list.map((record: unknown) => (isObject(record) ? record : { value: record }))
  return explode === undefined ? records : records.flatMap((record) => exploded(record, explode))
}

/** A row for each entry of a list within the record. */
function exploded(record: HttpRecord, path: string): HttpRecord[] {
  const { [path]: list, ...others } = record
  const entries: unknown[] = Array.isArray(list) ? list : []
  return entries.map((entry, index) => {
    const columns = Object.entries(isObject(entry) ? entry : { value: entry })
    return {
      ...others,
      [`${path}_position`]: index + 1,
      ...Object.fromEntries(columns.map(([name, value]) => [`${path}_${name}`, value])),
    }
  })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function failed(
  { source, feed }: Asking,
  code: 'http_loop' | 'http_short' | 'http_no_records',
  {
    address,
    ...details
  }: { address: URL; value?: string; total?: number; found?: number; path?: string; names?: string[] },
): SourceError {
  const place = { source: source.name, address: `${address.host}${address.pathname}`, ...details }
  return new SourceError(fault(code, place), {
    source: source.name,
    entity: feed.entity,
    retry: code === 'http_short',
  })
}
