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
  const wanted = accept
    .split(',')
    .map(readRange)
    .toSorted((a, b) => b.quality - a.quality)
  for (const { type, quality } of wanted) {
    const format = FORMATS.find((each) => covers(type, MEDIA_TYPES[each]))
    if (format !== undefined && quality > 0) return format
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

function readRange(range: string): { type: string; quality: number } {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((each) => each.startsWith('q='))
  return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 }
}

function covers(range: string, type: string): boolean {
  return range === type || range === '*/*' || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)))
}
