import type { RawBuilder } from 'kysely'
import type { Parameter } from '../../data/warehouse.ts'

/** SQL that Kysely wrote, and what is bound to it. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly Parameter[]
}

export type Fragment = RawBuilder<unknown>

/** 'FROM mart WHERE …' for each mart: filters, period and row rules of the viewer. Nothing reads a mart another way. */
export type Scope = (mart: string) => Fragment
