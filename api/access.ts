import { sql, type RawBuilder } from 'kysely'
import type { Catalogue, Viewer } from '../models/metrics/metric.ts'

/** The person at a server that listens on this machine only: may see all rows. */
export const localViewer: Viewer = { id: 'local', name: 'Local', roles: ['owner'] }

/** What a role may see: all rows, or those whose every named dimension has one of the listed values. */
export type RoleRule = 'all' | Readonly<Record<string, readonly string[]>>

/** Rules by role. A viewer sees what any of the roles may see; a viewer without a known role sees nothing. */
export type Access = Readonly<Record<string, RoleRule>>

/** A server that listens on this machine only. */
export const localAccess: Access = { owner: 'all' }

/** The rules that apply to a viewer. 'all': no rule. */
export function rulesOf(access: Access, viewer: Viewer): 'all' | readonly Exclude<RoleRule, 'all'>[] {
  const rules = viewer.roles.flatMap((role) => (Object.hasOwn(access, role) ? [access[role] ?? {}] : []))
  return rules.includes('all') ? 'all' : rules.filter((rule) => rule !== 'all')
}

/** Two viewers with the same key see the same rows, and may share an answer. */
export function accessKey(access: Access, viewer: Viewer): string {
  return JSON.stringify(rulesOf(access, viewer))
}

/**
 * The condition on the rows of a mart, applied wherever a query reads it. Undefined: all rows.
 * A mart that does not carry the dimension of a rule shows nothing: what cannot be checked is not shown.
 */
export function rowRules(
  catalogue: Catalogue,
  mart: string,
  rules: ReturnType<typeof rulesOf>,
): RawBuilder<boolean> | undefined {
  if (rules === 'all') return undefined
  const each = rules.map((rule) => {
    const conditions = Object.entries(rule).map(([dimension, values]) =>
      oneOf(catalogue.dimensions[dimension]?.columns[mart], values),
    )
    return sql<boolean>`(${sql.join([sql`TRUE`, ...conditions], sql` AND `)})`
  })
  return sql<boolean>`(${sql.join([sql`FALSE`, ...each], sql` OR `)})`
}

function oneOf(column: string | undefined, values: readonly string[]): RawBuilder<boolean> {
  if (column === undefined || values.length === 0) return sql<boolean>`FALSE`
  return sql<boolean>`CAST(${sql.ref(`mart.${column}`)} AS VARCHAR) IN (${sql.join(values)})`
}
