import type { Value } from '../../data/values.ts'
import type { Rule } from './rules.ts'

export type Severity = 'error' | 'warn'

/** What an audit looks for. Every kind finds rows at fault; none may be found. */
export type Check =
  | { readonly kind: 'unique'; readonly columns: readonly string[] }
  | { readonly kind: 'not_null'; readonly columns: readonly string[] }
  /** Both sides of an equation agree to the cent in every row. */
  | { readonly kind: 'balance'; readonly left: string; readonly right: string }
  | { readonly kind: 'accepted'; readonly column: string; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: 'references'; readonly column: string; readonly table: string; readonly target: string }
  /** A condition over the model's columns, or a whole SELECT. */
  | { readonly kind: 'rows'; readonly sql: string }

export type Audit = Check & {
  /** How it is called in messages and in meta.audits. */
  readonly name: string
  readonly nameZh: string | undefined
  readonly severity: Severity
}

export type Materialised = 'view' | 'table'

/** What the header of a model says. */
export interface Header {
  readonly description: string
  readonly grain: readonly string[]
  /** Column → what it means. */
  readonly columns: Readonly<Record<string, string>>
  readonly audits: readonly Audit[]
  readonly materialised: Materialised
  /** Of a rule about records. */
  readonly rule?: Rule | undefined
}

interface ModelBase extends Header {
  /** 'core.requests': folder and file name. */
  readonly name: string
  readonly schema: string
  readonly table: string
  /** Path as messages show it, e.g. models/core/requests.sql. */
  readonly file: string
  /** Changes with every edit of the file. */
  readonly hash: string
}

export interface SqlModel extends ModelBase {
  readonly kind: 'sql'
  /** The SELECT, without header and without a final semicolon. */
  readonly sql: string
  /** Line of the file on which `sql` begins. */
  readonly firstLine: number
}

/** Columns of one read, by name: arrays of equal length. */
export type ReadColumns = Readonly<Record<string, readonly Value[]>>

export interface ScriptModel extends ModelBase {
  readonly kind: 'script'
  /** Name → SELECT over upstream tables. */
  readonly reads: Readonly<Record<string, string>>
  /** Column → DuckDB type, in order. */
  readonly types: Readonly<Record<string, string>>
  /** Address of the file, which has the function. */
  readonly module: string
}

export type Model = SqlModel | ScriptModel

/** Where SQL cannot: what a `.ts` model exports as `model`. Its `audits` are written as in a YAML header. */
export interface ModelDefinition<Reads extends string = string, Types extends string = string> {
  readonly description: string
  readonly grain: readonly NoInfer<Types>[]
  readonly columns: Readonly<Record<string, string>>
  readonly audits?: readonly Readonly<Record<string, unknown>>[]
  readonly reads: Readonly<Record<Reads, string>>
  readonly types: Readonly<Record<Types, string>>
  /** A column that a row leaves out is empty. */
  readonly rows: (
    input: Readonly<Record<NoInfer<Reads>, ReadColumns>>,
  ) => Iterable<Readonly<Partial<Record<NoInfer<Types>, Value>>>>
}

export function defineModel<Reads extends string, Types extends string>(
  definition: ModelDefinition<Reads, Types>,
): ModelDefinition<Reads, Types> {
  return definition
}

/** A model as planned: what it reads and the columns it gives. */
export type PlannedModel = Model & {
  /** Upstream tables and models, sorted. */
  readonly upstream: readonly string[]
  readonly columnTypes: Readonly<Record<string, string>>
  /** Meaning of each column: its own words, else those of the upstream column or entity of the same name. */
  readonly abouts: Readonly<Record<string, string>>
}

/** Table → column → DuckDB type. */
export type Tables = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface Graph {
  /** Upstream before downstream; the same every time. */
  readonly models: readonly PlannedModel[]
  /** Tables that are not models: raw, history, policy. */
  readonly known: Tables
  /** Columns without a word of explanation, 'core.requests.topic'. */
  readonly undocumented: readonly string[]
}

export interface AuditOutcome {
  readonly model: string
  readonly audit: string
  /** Its name in Chinese; null where it has none. */
  readonly audit_zh: string | null
  readonly severity: Severity
  readonly rows_at_fault: number
  readonly passed: boolean
}
