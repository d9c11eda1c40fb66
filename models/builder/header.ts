import { isMap, LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'
import type { Words } from '../../entities/entity.ts'
import { ModelError } from '../../errors.ts'
import type { Audit, Check, Header, Materialised } from './model.ts'
import { RULE_COLUMNS, ruleSchema } from './rules.ts'

const names = z.array(z.string()).nonempty()
const oneOrMore = z.union([z.string().transform((name): [string, ...string[]] => [name]), names])
const scalars = z.array(z.union([z.string(), z.number(), z.boolean()])).nonempty()

const audit = z
  .strictObject({
    unique: oneOrMore.optional(),
    not_null: oneOrMore.optional(),
    balance: z.string().optional(),
    accepted: z.record(z.string(), scalars).optional(),
    references: z
      .record(z.string(), z.string().regex(/^\w+\.\w+\.\w+$/, 'write column: schema.table.column'))
      .optional(),
    rows: z.string().optional(),
    name: z.union([z.string(), z.strictObject({ en: z.string(), zh: z.string() })]).optional(),
    severity: z.enum(['error', 'warn']).default('error'),
  })
  .transform((entry, context): Audit[] => {
    const checks = checksOf(entry)
    if (checks.length > 0)
      return checks.map((check) => ({ ...check, ...namesOf(check, entry.name), severity: entry.severity }))
    context.addIssue({
      code: 'custom',
      message: 'write one of unique, not_null, balance (left = right), accepted, references, rows',
    })
    return z.NEVER
  })

const header = z.strictObject({
  description: z.string().min(1),
  grain: oneOrMore,
  columns: z.record(z.string(), z.string()).default({}),
  audits: z.array(audit).default([]),
  materialised: z.enum(['view', 'table']).optional(),
  rule: ruleSchema.optional(),
})

interface Place {
  readonly name: string
  readonly file: string
  /** How it is kept where the header does not say. */
  readonly materialised: Materialised
}

/** Reads the YAML of a header. Its lines are those of the file, so a complaint names the right one. */
export function readHeader(yaml: string, place: Place): Header {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines })
  const error = document.errors[0]
  if (error)
    throw broken(place, error.linePos?.[0].line, `${error.message.split('\n')[0]} Quote a text that holds ": " or " #"`)
  return checkHeader(document.toJS(), place, (path) => lineOf(document, lines, path))
}

/** Checks a header that is already an object. `lineAt` finds the line of a part, where there is one. */
export function checkHeader(
  value: unknown,
  place: Place,
  lineAt: (path: readonly PropertyKey[]) => number | undefined = () => undefined,
): Header {
  const result = header.safeParse(value ?? {})
  if (result.success) {
    const { audits, materialised, ...rest } = result.data
    const columns = rest.rule === undefined ? rest.columns : { ...RULE_COLUMNS, ...rest.columns }
    return { ...rest, columns, audits: audits.flat(), materialised: materialised ?? place.materialised }
  }
  const issue = result.error.issues[0]
  const where = issue?.path.length ? `${issue.path.join('.')}: ` : ''
  throw broken(
    place,
    lineAt(issue?.path ?? []),
    `${where}${issue?.message}. A header has description, grain, columns, audits, materialised`,
  )
}

function broken(place: Place, line: number | undefined, what: string): ModelError {
  const at = line === undefined ? '' : ` line ${line}`
  return new ModelError(`${place.file}${at}: header: ${what}`, {
    model: place.name,
    phase: 'read',
    ...(line !== undefined && { line }),
  })
}

function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true)
    if (node && typeof node === 'object' && 'range' in node && Array.isArray(node.range)) {
      return lines.linePos(Number(node.range[0])).line
    }
  }
  return isMap(document.contents) ? 1 : undefined
}

type Entry = {
  unique?: string[] | undefined
  not_null?: string[] | undefined
  balance?: string | undefined
  accepted?: Record<string, (string | number | boolean)[]> | undefined
  references?: Record<string, string> | undefined
  rows?: string | undefined
}

function checksOf(entry: Entry): Check[] {
  const checks: Check[] = []
  if (entry.unique) checks.push({ kind: 'unique', columns: entry.unique })
  if (entry.not_null) checks.push({ kind: 'not_null', columns: entry.not_null })
  const sides = entry.balance === undefined ? undefined : sidesOf(entry.balance)
  if (sides) checks.push({ kind: 'balance', ...sides })
  for (const [column, values] of Object.entries(entry.accepted ?? {})) checks.push({ kind: 'accepted', column, values })
  for (const [column, target] of Object.entries(entry.references ?? {})) {
    const dot = target.lastIndexOf('.')
    checks.push({ kind: 'references', column, table: target.slice(0, dot), target: target.slice(dot + 1) })
  }
  if (entry.rows !== undefined) checks.push({ kind: 'rows', sql: entry.rows.trim().replace(/;$/, '') })
  return checks
}

/** The two sides of 'a = b + c': split at the one equals sign outside quotes and brackets. */
function sidesOf(equation: string): { left: string; right: string } | undefined {
  const bare = equation.replaceAll(/'[^']*'|"[^"]*"/g, (text) => ' '.repeat(text.length))
  let depth = 0
  const signs: number[] = []
  for (const [index, character] of bare.split('').entries()) {
    if (character === '(') depth++
    else if (character === ')') depth--
    else if (character === '=' && depth === 0 && !'<>!='.includes(bare[index - 1] ?? ' ') && bare[index + 1] !== '=')
      signs.push(index)
  }
  const sign = signs[0]
  if (sign === undefined || signs.length > 1) return undefined
  return { left: equation.slice(0, sign).trim(), right: equation.slice(sign + 1).trim() }
}

/** The name in English, and in Chinese unless a header gives an English one alone. */
function namesOf(check: Check, given: string | Words | undefined): { name: string; nameZh: string | undefined } {
  if (typeof given === 'string') return { name: given, nameZh: undefined }
  const { en, zh } = given ?? wordsOf(check)
  return { name: en, nameZh: zh }
}

function wordsOf(check: Check): Words {
  const about = aboutOf(check)
  return { en: `${check.kind}(${about})`, zh: `${KINDS[check.kind]}（${about}）` }
}

const KINDS: Readonly<Record<Check['kind'], string>> = {
  unique: '唯一',
  not_null: '非空',
  balance: '平衡',
  accepted: '允许的值',
  references: '引用',
  rows: '没有此类行',
}

function aboutOf(check: Check): string {
  switch (check.kind) {
    case 'unique':
    case 'not_null':
      return check.columns.join(', ')
    case 'balance':
      return `${check.left} = ${check.right}`
    case 'accepted':
      return check.column
    case 'references':
      return `${check.column} → ${check.table}.${check.target}`
    default:
      return check.sql.replaceAll(/\s+/g, ' ')
  }
}
