import type { Recovery, RecoveryRule } from '../../config/source.ts'
import { split, type CsvRecord, type Marks } from './csv-records.ts'
import { distinct } from './names.ts'

type Fields = readonly (string | null)[]

/** What a rule made of a record; without fields the line is left out. */
export interface Mended {
  readonly rule: RecoveryRule
  readonly fields: Fields | undefined
}

interface Layout extends Marks {
  readonly columns: readonly string[]
  readonly recover: readonly Recovery[]
}

/** Mends a record by the declared rules, the first that fits; undefined where none does, or none is needed. */
export function mending(layout: Layout): (record: CsvRecord) => Mended | undefined {
  const rules = layout.recover.map((rule) => (typeof rule === 'string' ? { rule } : rule))
  if (rules.length === 0) return () => undefined
  return ({ fields }) => {
    if (fields === undefined) return undefined
    for (const rule of rules) {
      const mended = MENDERS[rule.rule](fields, { ...layout, column: 'column' in rule ? rule.column : '' })
      if (mended !== undefined) return { rule: rule.rule, fields: mended === 'left out' ? undefined : mended }
    }
    return undefined
  }
}

/** The rule that would have mended a record with a wrong number of fields, as it is written in the configuration. */
export function ruleFor({ fields }: CsvRecord, layout: Layout): string | undefined {
  if (fields === undefined) return undefined
  const known = ['quoted_line', 'trailing_blank', 'missing_trailing'] as const
  const found = known.find((rule) => MENDERS[rule](fields, { ...layout, column: '' }) !== undefined)
  if (found !== undefined) return `'${found}'`
  return fields.length > layout.columns.length ? `{ rule: 'extra_delimiters', column: '…' }` : undefined
}

type Mender = (fields: Fields, layout: Layout & { readonly column: string }) => Fields | 'left out' | undefined

const MENDERS: Readonly<Record<RecoveryRule, Mender>> = {
  quoted_line: ([only, ...others], layout) => {
    if (others.length > 0 || only === null || only === undefined || layout.columns.length === 1) return undefined
    const fields = split(only, layout)
    return typeof fields !== 'string' && fields.length === layout.columns.length ? fields : undefined
  },
  repeated_header: (fields, { columns }) => {
    if (fields.length !== columns.length) return undefined
    const names = distinct(
      fields.map((field) =>
        Buffer.from(field ?? '', 'latin1')
          .toString()
          .trim(),
      ),
    )
    const same = columns.every((name, index) => name === names[index])
    return same ? 'left out' : undefined
  },
  missing_trailing: (fields, { columns }) => {
    if (fields.length >= columns.length) return undefined
    return [...fields, ...Array.from({ length: columns.length - fields.length }, () => null)]
  },
  trailing_blank: (fields, { columns }) => {
    if (fields.length <= columns.length) return undefined
    const extra = fields.slice(columns.length)
    return extra.every((field) => field === null || field.trim() === '') ? fields.slice(0, columns.length) : undefined
  },
  extra_delimiters: (fields, { columns, column, delimiter }) => {
    const place = columns.indexOf(column)
    const extra = fields.length - columns.length
    if (place < 0 || extra <= 0) return undefined
    const joined = fields.slice(place, place + extra + 1).map((field) => field ?? '')
    return [...fields.slice(0, place), joined.join(delimiter), ...fields.slice(place + extra + 1)]
  },
}
