import { sql, type RawBuilder } from 'kysely'
import type { Access, RoleAccess, RowRule } from '../config/access.ts'
import { ACTIONS, HIDDEN_GROUPS, OWNER, type Action } from '../entities/actions.ts'
import { fault } from '../entities/faults.ts'
import { AccessError, ConfigError } from '../errors.ts'
import { nearest } from '../models/builder/nearest.ts'
import type { Catalogue, Viewer } from '../models/metrics/metric.ts'
import type { Sees } from '../models/metrics/sight.ts'
import { hiddenWords, visiblePart } from './visible.ts'

export type { Access } from '../config/access.ts'

/** The person at a server that listens on this machine only. */
export const localViewer: Viewer = { id: 'local', name: 'Local', roles: [OWNER] }

/** A server that listens on this machine only. */
export const localAccess: Access = { [OWNER]: { rows: 'all', may: ACTIONS } }

/** A rule with the values that it means for one person. */
type Values = Readonly<Record<string, readonly string[]>>

/** What one viewer may see: of which rows, of which words. */
export interface Sight extends Sees {
  /** Of all rows of every mart. */
  readonly seesAllRows: boolean
  /** Names of people who work here are shown. */
  readonly seesPeople: boolean
  /** The metrics and dimensions this viewer knows of. */
  readonly catalogue: Catalogue
  /** Two viewers with the same key see the same, and may share an answer. */
  readonly key: string
  /** Whether rows of a mart can be told to be this viewer's at all. */
  readonly shows: (mart: string) => boolean
  /** A word of the whole catalogue that this viewer is not to know. */
  readonly hides: (name: string) => boolean
  /** The condition on the rows of a mart that is read as `mart`, in an edition of the past from its database; undefined: all rows. */
  readonly allowed: (mart: string, database?: string) => RawBuilder<boolean> | undefined
}

/** Sights by who sees alike, so that a catalogue is not gone through for each question. */
const MOST_SIGHTS = 1_000

/** What viewers may see of a catalogue. */
export class Sights {
  readonly #access: Access
  readonly #catalogue: Catalogue
  readonly #known = new Map<string, Sight>()

  /** Throws ConfigError for a rule that names what the catalogue has not. */
  constructor(access: Access, catalogue: Catalogue) {
    checkAccess(access, catalogue)
    this.#access = access
    this.#catalogue = catalogue
  }

  /**
   * Rows of several roles add up; what one of them hides stays hidden. Throws AccessError for who may see no rows at all, or has a
   * role that is gone.
   */
  of(viewer: Viewer): Sight {
    refuseGone(this.#access, viewer)
    const roles = rolesOf(this.#access, viewer)
    const rules = roles.map(({ rows }) => rows).map((rows) => (rows === 'all' ? rows : valuesOf(rows, viewer)))
    const hides = [...new Set(roles.flatMap((role) => role.hides ?? []))].toSorted()
    const shown = rules.includes('all') ? 'all' : rules.filter((rule) => rule !== 'all').filter(showsRows)
    if (shown.length === 0)
      throw new AccessError(fault('no_rows_open', { roles: viewer.roles.length === 0 ? undefined : viewer.roles }))
    const actions = ACTIONS.filter((action) => may(this.#access, viewer, action))
    const key = JSON.stringify([shown, hides])
    const whole = JSON.stringify([key, actions])
    const sight = this.#known.get(whole) ?? this.#look({ rules: shown, hides, actions, key })
    if (this.#known.size >= MOST_SIGHTS) this.#known.clear()
    this.#known.set(whole, sight)
    return sight
  }

  #look(seen: {
    rules: 'all' | readonly Values[]
    hides: readonly string[]
    actions: readonly Action[]
    key: string
  }): Sight {
    const { rules, hides, actions, key } = seen
    const full = this.#catalogue
    const seesAllRows = rules === 'all'
    const shows = (mart: string): boolean => seesAllRows || rules.some((rule) => isChecked(full, mart, rule))
    const catalogue = visiblePart(full, { hidden: hiddenWords(full, hides), shows, all: seesAllRows })
    const people = Object.keys(full.dimensions).filter((name) => full.dimensions[name]?.tells === 'people')
    return {
      seesAllRows,
      seesPeople: !hides.some((name) => name === 'people' || people.includes(name)),
      catalogue,
      key,
      allowed: (mart, database) => rowRules(full, mart, { rules, database }),
      shows,
      sees: (name) => isIn(catalogue, name),
      hides: (name) => isIn(full, name) && !isIn(catalogue, name),
      may: (action) => actions.includes(action),
    }
  }
}

function isIn({ metrics, dimensions }: Catalogue, name: string): boolean {
  return Object.hasOwn(metrics, name) || Object.hasOwn(dimensions, name)
}

/** Whether who sees the one sees all of the other. Rules of rows are alike or none: which of two lets more through is not told. */
export function covers(one: Sight, other: Sight): boolean {
  const { metrics, dimensions } = other.catalogue
  const isWider = one.seesAllRows && [...Object.keys(metrics), ...Object.keys(dimensions)].every(one.sees)
  return isWider || one.key === other.key
}

function rolesOf(access: Access, { roles }: Viewer): RoleAccess[] {
  return [...new Set(roles)].flatMap((role) => (Object.hasOwn(access, role) ? [access[role] as RoleAccess] : []))
}

/** Roles of a viewer that the configuration does not have, or no longer. */
export function goneRoles(access: Access, { roles }: Pick<Viewer, 'roles'>): string[] {
  return [...new Set(roles)].filter((role) => !Object.hasOwn(access, role))
}

/** What a role hid that is gone is not known any more: its viewer is shown nothing, rather than too much. */
function refuseGone(access: Access, viewer: Viewer): void {
  const gone = goneRoles(access, viewer)
  if (gone.length > 0) throw new AccessError(fault('role_gone', { roles: gone }))
}

/**
 * Whether one of the roles of a viewer may do something, and none is gone. Rows of sources are shown whole: only a role that sees all rows may see them,
 * and nobody from whom any role hides something.
 */
export function may(access: Access, viewer: Viewer, action: Action): boolean {
  const roles = rolesOf(access, viewer)
  if (goneRoles(access, viewer).length > 0) return false
  if (action === 'see_sources' && roles.some(({ hides = [] }) => hides.length > 0)) return false
  return roles.some(
    ({ rows, may: actions = [] }) => actions.includes(action) && (action !== 'see_sources' || rows === 'all'),
  )
}

/** Throws AccessError where no role of the viewer may do it, or one is gone. */
export function refuse(access: Access, viewer: Viewer, action: Action): void {
  refuseGone(access, viewer)
  if (!may(access, viewer, action)) throw new AccessError(fault('action_not_allowed', { action }))
}

function valuesOf(rows: RowRule, { attributes = {} }: Viewer): Values {
  return Object.fromEntries(
    Object.entries(rows).map(([dimension, values]) => [
      dimension,
      'own' in values ? (Object.hasOwn(attributes, values.own) ? (attributes[values.own] ?? []) : []) : values,
    ]),
  )
}

/** A rule without a dimension, or without values for one, lets nothing through. */
function showsRows(rule: Values): boolean {
  const values = Object.values(rule)
  return values.length > 0 && values.every((each) => each.length > 0)
}

/**
 * Part of every mart a query reads, so that nothing goes round it. A mart that carries neither the dimension of a rule nor a
 * customer that does shows nothing: what cannot be checked is not shown.
 */
function rowRules(
  catalogue: Catalogue,
  mart: string,
  { rules, database }: { rules: 'all' | readonly Values[]; database: string | undefined },
): RawBuilder<boolean> | undefined {
  if (rules === 'all') return undefined
  const each = rules
    .filter((rule) => isChecked(catalogue, mart, rule))
    .map((rule) => {
      const conditions = Object.entries(rule).map(([name, values]) =>
        condition(catalogue, mart, { name, values, database }),
      )
      return sql<boolean>`(${sql.join(conditions, sql` AND `)})`
    })
  return sql<boolean>`(${sql.join([sql`FALSE`, ...each], sql` OR `)})`
}

/** The mart that says of each customer where it belongs. */
const CUSTOMERS = 'marts.customers'

function isChecked(catalogue: Catalogue, mart: string, rule: Values): boolean {
  return Object.keys(rule).every(
    (name) => columnIn(catalogue, name, mart) !== undefined || throughCustomer(catalogue, name, mart),
  )
}

function columnIn({ dimensions }: Catalogue, name: string, mart: string): string | undefined {
  return Object.hasOwn(dimensions, name) ? dimensions[name]?.columns[mart] : undefined
}

function throughCustomer(catalogue: Catalogue, name: string, mart: string): boolean {
  return [
    columnIn(catalogue, 'customer', mart),
    columnIn(catalogue, 'customer', CUSTOMERS),
    columnIn(catalogue, name, CUSTOMERS),
  ].every((column) => column !== undefined)
}

function condition(
  catalogue: Catalogue,
  mart: string,
  { name, values, database }: { name: string; values: readonly string[]; database: string | undefined },
): RawBuilder<boolean> {
  const column = columnIn(catalogue, name, mart)
  if (column !== undefined) return oneOf(`mart.${column}`, values)
  const here = sql.ref(`mart.${columnIn(catalogue, 'customer', mart)}`)
  const there = sql.ref(`own.${columnIn(catalogue, 'customer', CUSTOMERS)}`)
  const open = oneOf(`own.${columnIn(catalogue, name, CUSTOMERS)}`, values)
  const customers = sql.id(...(database === undefined ? [] : [database]), ...CUSTOMERS.split('.'))
  return sql<boolean>`${here} IN (SELECT ${there} FROM ${customers} AS own WHERE ${open})`
}

function oneOf(column: string, values: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`CAST(${sql.ref(column)} AS VARCHAR) IN (${sql.join(values)})`
}

/** Throws ConfigError for a word that the catalogue has not, with the nearest one; periods stand on the month. */
function checkAccess(access: Access, { metrics, dimensions }: Catalogue): void {
  for (const [role, { rows, hides = [] }] of Object.entries(access)) {
    const unknown = (place: string, word: string, valid: readonly string[]): ConfigError => {
      const near = nearest(word, valid)
      const meant = near === undefined ? '' : ` Did you mean '${near}'?`
      return new ConfigError(`access.${role}.${place}: '${word}' is unknown.${meant} docs/metrics.md has the names`)
    }
    const named = Object.keys(dimensions)
    for (const name of rows === 'all' ? [] : Object.keys(rows))
      if (!named.includes(name)) throw unknown('rows', name, named)
    const words = [...HIDDEN_GROUPS, ...Object.keys(metrics), ...named]
    for (const name of hides) {
      if (!words.includes(name)) throw unknown('hides', name, words)
      if (name === 'month')
        throw new ConfigError(`access.${role}.hides: 'month' cannot be hidden, since every period stands on it`)
    }
  }
}
