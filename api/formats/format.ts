import { parseAccept, type Accept } from 'hono/utils/accept'
import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import { unknownWord } from '../queries/refusals.ts'

export const MEDIA_TYPES = {
  json: 'application/json',
  csv: 'text/csv',
  arrow: 'application/vnd.apache.arrow.stream',
  parquet: 'application/vnd.apache.parquet',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export type Format = keyof typeof MEDIA_TYPES

export const FORMATS = Object.keys(MEDIA_TYPES) as Format[]

/** The format asked for: `format=` before the Accept header; JSON where neither says. Throws RequestError (406). */
export function formatOf(parameter: string | undefined, accept: string | undefined): Format {
  if (parameter !== undefined) return namedFormat(parameter)
  if (accept === undefined || accept.trim() === '') return 'json'
  // The most wanted first.
  const ranges = parseAccept(accept)
  const offered = FORMATS.map((format) => ({ format, range: closest(ranges, MEDIA_TYPES[format]) }))
  for (const range of ranges) {
    const found = offered.find((each) => each.range === range)
    if (found !== undefined && range.q > 0) return found.format
  }
  throw new RequestError(fault('not_acceptable', { accept, valid: Object.values(MEDIA_TYPES) }), {
    field: 'Accept',
    status: 406,
  })
}

function namedFormat(name: string): Format {
  const format = FORMATS.find((each) => each === name)
  if (format === undefined) throw unknownWord('format', name, { field: 'format', valid: FORMATS })
  return format
}

/** The range that says how much a media type is wanted: the most exact one that covers it. RFC 9110, 12.5.1. */
function closest(ranges: readonly Accept[], type: string): Accept | undefined {
  const covering = [type, `${type.split('/')[0]}/*`, '*/*']
  return covering.map((each) => ranges.find((range) => range.type.toLowerCase() === each)).find(Boolean)
}

/** Whether an answer may be packed: what is not named counts as `*` does. RFC 9110, 12.5.3. */
export function takesGzip(acceptEncoding: string | undefined): boolean {
  const codings = parseAccept(acceptEncoding ?? '')
  const named = (name: string): Accept | undefined => codings.find(({ type }) => type.toLowerCase() === name)
  return ((named('gzip') ?? named('*'))?.q ?? 0) > 0
}
