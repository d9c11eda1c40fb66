import type { RawBuilder } from 'kysely'
import type { Parameter } from '../../data/warehouse.ts'
import type { Period } from '../../models/metrics/period.ts'

/** SQL that Kysely wrote, and what is bound to it. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly Parameter[]
}

export type Fragment = RawBuilder<unknown>

/** What narrows the rows of a mart beside filters and row rules. */
export interface Narrowing {
  /** Other months than those asked for. */
  readonly period?: Period
  readonly conditions?: readonly Fragment[]
}

/** 'FROM mart WHERE …' for each mart: filters, period and row rules of the viewer. Nothing reads a mart another way. */
export type Scope = (mart: string, narrowing?: Narrowing) => Fragment
