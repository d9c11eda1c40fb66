import * as fc from 'fast-check'
import type { Document, Named, Parameter, Schema } from './described.ts'

/** A request as it goes over the wire: `target` is path and query string, already written for a URL. */
export interface Shot {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

const MARKS = [
  `'; DROP TABLE marts.customer_months; --`,
  `" OR 1=1 --`,
  `x') OR ('1'='1`,
  `1 UNION ALL SELECT * FROM duckdb_settings()`,
  `1; ATTACH 'x.db'; COPY meta.versions TO 'x.csv'`,
  `$1`,
  `\\'; SELECT * FROM read_text('/etc/passwd') --`,
  `%' OR '1'='1`,
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  'file:///etc/passwd',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '{{7*7}}${7*7}#{7*7}',
  '=HYPERLINK("http://x")',
  '\r\nSet-Cookie: a=b',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '\u0000',
  '\u202Eabc',
  '\uFEFF',
  '𝒳👩‍👩‍👧‍👦',
  'ﷺ'.repeat(50),
]
const NUMBERS = [
  '0',
  '-0',
  '-1',
  '1.5',
  '1e9',
  '1e309',
  '0x1F',
  'NaN',
  'Infinity',
  '9'.repeat(15),
  '9'.repeat(16),
  '9'.repeat(400),
]
const MOMENTS = [
  '0000-01-01',
  '9999-12-31',
  '2026-02-30',
  '2026-13-01',
  '2026-06-31T25:00:00Z',
  '+275760-09-13',
  'tomorrow',
  '2026',
]
/** Percent signs that decode to no text, or to text that no string holds. */
const RAW = ['%', '%zz', '%00', '%C0%AF', '%ED%A0%80', '%2e%2e%2f', '+', '&', '=', '#', ';', '%26metrics%3Drevenue']

/** Anything at all, as text. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...MARKS) },
  { weight: 2, arbitrary: fc.constantFrom(...NUMBERS, ...MOMENTS) },
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.toWellFormed()),
  fc.integer({ min: 100, max: 5_000 }).map((length) => 'a,'.repeat(length / 2)),
  fc.constant(''),
)

/** Parameters that have editions of the past built: those asked for are few, and built before. */
const BUILT: Readonly<Record<string, readonly string[]>> = {
  known_at: ['2026-03-31'],
  as_of: ['2026-03-31'],
  grace: ['30'],
}

/** Values of a parameter: what it takes, or nearly, or anything at all. `words`: what the catalogue knows. */
function textFor({ name, schema }: Parameter, words: readonly string[]): fc.Arbitrary<string> {
  const known = fc.constantFrom(...words)
  const built = BUILT[name]
  if (built !== undefined)
    return fc.oneof(
      fc.constantFrom(...built),
      fc.constantFrom(...MARKS, ...MOMENTS.filter((one) => !/^\d{4}-01-01$/.test(one))),
    )
  const listed = fc.array(known, { maxLength: 4 }).map((names) => names.join(','))
  const filter = fc
    .tuple(
      known,
      fc.constantFrom('eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'contains', 'like'),
      fc.oneof(known, hostileText),
    )
    .map((parts) => parts.join(':'))
  const signed = known.map((word) => `-${word}`)
  return fc.oneof({ weight: 4, arbitrary: fc.oneof(ofText(schema), known, listed, filter, signed) }, hostileText)
}

function ofText(schema: Schema): fc.Arbitrary<string> {
  const { enum: choices, pattern } = schema
  if (Array.isArray(choices)) return fc.constantFrom(...choices.map(String))
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern))
  return fc.constantFrom('2025', '2025-03', '2025-01..2025-06', 'trailing_12', 'all_time', '10', '0', 'C1', 'East')
}

const JUNK_HEADERS: readonly (readonly [string, string])[] = [
  ['accept', 'text/html;q=0.1, */*;q=0'],
  ['accept', '*/*;q=banana,,;;'],
  ['accept', `${'application/json,'.repeat(300)}x`],
  ['accept', 'application/vnd.apache.parquet'],
  ['accept-encoding', 'gzip;q=0, br, deflate, x'],
  ['accept-language', 'zh;q=1e999,*,--,en;q='],
  ['accept-language', '\u00e9\u00ff'],
  ['if-none-match', '*'],
  ['if-none-match', 'W/"'],
  ['range', 'bytes=0-1,5-3'],
  ['cookie', `lang=../../x; theme=<b>; ${'a=b; '.repeat(200)}`],
  ['authorization', `Bearer ${'x'.repeat(2_000)}`],
  ['x-forwarded-host', 'evil.example'],
  ['x-http-method-override', 'DELETE'],
]

const headers = fc.array(fc.constantFrom(...JUNK_HEADERS), { maxLength: 2 }).map((pairs) => Object.fromEntries(pairs))

/** Requests for an operation that takes no body. */
export function asked({ method, path, operation }: Named, words: readonly string[]): fc.Arbitrary<Shot> {
  const pairs = (operation.parameters ?? []).map((parameter) => {
    const value = textFor(parameter, words)
    const times = parameter.required === true ? fc.constantFrom(1, 1, 1, 1, 0, 2) : fc.constantFrom(0, 0, 1, 1, 2)
    return fc
      .tuple(times, value, value)
      .map(([count, ...values]) => values.slice(0, count).map((text) => pair(parameter.name, text)))
  })
  const stray = fc.oneof(
    { weight: 12, arbitrary: fc.constant('') },
    fc.tuple(fc.constantFrom(...MARKS, 'metric', 'SELECT'), hostileText).map(([name, text]) => pair(name, text)),
    fc.constantFrom(...RAW),
    fc.constant(Array.from({ length: 150 }, (_, at) => pair('where', `customer:ne:${at}`)).join('&')),
  )
  const search = fc
    .tuple(fc.tuple(...pairs), stray)
    .map(([some, one]) => [...some.flat(), one].filter((part) => part !== '').join('&'))
  return fc.record({
    method: fc.constant(method),
    target: search.map((text) => `${path}?${text}`.slice(0, 8_000)),
    headers,
  })
}

function pair(name: string, text: string): string {
  return `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(text.toWellFormed())}`
}

/** Bodies for an operation: what it takes, that with one thing changed, and what is no body of it at all. */
export function sent({ method, path, operation }: Named, document: Document): fc.Arbitrary<Shot> {
  const schema = operation.requestBody?.content?.['application/json']?.schema ?? {}
  const fitting = fitsTo(schema, document, 0)
  const spoilt = fc
    .tuple(fitting, fc.infiniteStream(fc.nat(7)), hostileText)
    .map(([value, draws, text]) => spoil(value, draws, text))
  const body = fc.oneof(
    fitting.map((value) => JSON.stringify(value)),
    { weight: 4, arbitrary: spoilt.map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: fc.json() },
    hostileText,
    fc.constantFrom(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
      '{"draft":{"__proto__":{"polluted":1},"promises":{"__proto__":{"kind":"next_business_day"}}}}',
      '['.repeat(20_000),
      `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
      JSON.stringify({ only: ['x'.repeat(70_000)] }),
      '{"only":["a"],"only":1}',
      '1e999',
      'null',
      '',
    ),
  )
  const type = fc.oneof(
    { weight: 8, arbitrary: fc.constant('application/json') },
    fc.constantFrom(
      'application/json; charset=utf-16',
      'text/plain',
      'application/jsonx',
      'multipart/form-data; boundary=x',
      '',
      'application/json\u00e9',
    ),
  )
  return fc.record({ body, type, headers }).map(({ body, type, headers }) => ({
    method,
    target: path,
    headers: { ...headers, 'content-type': type },
    body,
  }))
}

/** Values that fit a schema of the document. */
function fitsTo(schema: Schema, document: Document, depth: number): fc.Arbitrary<unknown> {
  const inner = (one: unknown): fc.Arbitrary<unknown> => fitsTo(one as Schema, document, depth + 1)
  const {
    $ref,
    anyOf,
    enum: choices,
    const: only,
    type,
    properties,
    required = [],
    additionalProperties,
    items,
    pattern,
  } = schema
  if (typeof $ref === 'string') return inner(document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {})
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map(inner))
  if (Array.isArray(choices)) return fc.constantFrom(...(choices as unknown[]))
  if (only !== undefined) return fc.constant(only)
  if (typeof properties === 'object' && properties !== null)
    return fc.record(Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, inner(one)])), {
      requiredKeys: required as string[],
      noNullPrototype: true,
    })
  if (type === 'object')
    return fc.dictionary(fc.constantFrom('VIP', 'key', 'default', 'x'), inner(additionalProperties ?? {}), {
      maxKeys: 3,
    })
  if (type === 'array') return fc.array(inner(items), { maxLength: 3 })
  if (type === 'boolean') return fc.boolean()
  if (type === 'integer' || type === 'number')
    return fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 0.5, 1, -1, 40))
  if (type === 'null') return fc.constant(null)
  if (typeof pattern === 'string') return fc.constantFrom('2026-06-20', '2026-07-01')
  return fc.oneof(fc.constantFrom('2026-07-01', 'office', 'C1', 'VIP', 'a reason'), hostileText)
}

/** The value with one place of it replaced, taken out, or joined by something that nobody asked for. */
function spoil(value: unknown, draws: IterableIterator<number>, text: string): unknown {
  const draw = (): number => Number(draws.next().value)
  if (typeof value !== 'object' || value === null || draw() === 0)
    return [text, -1, null, [], {}, [[text]], 1e308, { [text]: text }][draw()]
  const entries: [string, unknown][] = Object.entries(value)
  const [name, inner] = entries[draw() % Math.max(1, entries.length)] ?? [text, null]
  if (draw() === 1) return { ...value, [text]: inner }
  if (Array.isArray(value))
    return (value as unknown[]).map((one, at) => (String(at) === name ? spoil(one, draws, text) : one))
  if (draw() === 1) return Object.fromEntries(entries.filter(([other]) => other !== name))
  return { ...value, [name]: spoil(inner, draws, text) }
}
