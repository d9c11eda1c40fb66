import type { Class } from '../config/score.ts'
import type { Warehouse } from '../data/warehouse.ts'
import { fault } from '../entities/faults.ts'
import { RequestError } from '../errors.ts'
import type { ClassDecision, Decisions } from './decisions.ts'

const CLASSES: readonly Class[] = ['VIP', 'key', 'regular', 'watch', 'new']

/** A class to be set for a customer until a day; without a class, the end of the one that was set. */
export interface Classifying {
  readonly customer_id: string
  readonly class?: string
  /** 'YYYY-MM-DD'. */
  readonly until?: string
  readonly reason?: string
}

interface Deciding {
  readonly warehouse: Warehouse
  readonly decisions: Decisions
  readonly now: () => Date
  /** Business date of the figures that are built with it: the decision holds from it. */
  readonly asOf: string
}

/**
 * Keeps what a person decided of a customer's class; the build that follows counts it. Throws RequestError, which names the field,
 * for a customer without a class, an unknown class, a missing reason, a day that is not to come, or an end of nothing.
 */
export async function decideClass(
  { warehouse, decisions, now, asOf }: Deciding,
  { customer_id, class: given, until, reason = '', by }: Classifying & { readonly by: string },
): Promise<void> {
  await refuseStrangers(warehouse, customer_id)
  const why = reason.trim()
  if (why === '') throw new RequestError(fault('class_without_reason', {}), { field: 'reason' })
  const made = { customer_id, by, from: asOf, reason: why }
  if (given === undefined) {
    if (!holds(decisions.all, customer_id, asOf))
      throw new RequestError(fault('class_not_set', { customer: customer_id }), { field: 'customer_id' })
    await decisions.add({ kind: 'class_end', ...made }, now())
    return
  }
  if (!isClass(given))
    throw new RequestError(fault('class_unknown', { class: given, valid: CLASSES }), { field: 'class' })
  if (until === undefined || !isDay(until) || until <= asOf)
    throw new RequestError(fault('class_until', { until: until ?? '', from: asOf }), { field: 'until' })
  await decisions.add({ kind: 'class', ...made, class: given, until }, now())
}

async function refuseStrangers(warehouse: Warehouse, customer: string): Promise<void> {
  const found = await warehouse.read(async (session) => {
    const made = await session.one(
      `SELECT 1 AS made FROM duckdb_tables() WHERE schema_name = 'marts' AND table_name = 'customer_classes'`,
    )
    if (made === undefined) return undefined
    return session.one('SELECT 1 AS found FROM marts.customer_classes WHERE customer_id = $1 LIMIT 1', [customer])
  })
  if (found === undefined) throw new RequestError(fault('class_no_customer', { customer }), { field: 'customer_id' })
}

function holds(all: Decisions['all'], customer: string, asOf: string): boolean {
  const last = all.findLast(
    (one): one is ClassDecision => 'customer_id' in one && one.customer_id === customer && one.from <= asOf,
  )
  return last?.until !== undefined && last.until >= asOf
}

const isClass = (text: string): text is Class => CLASSES.some((name) => name === text)

function isDay(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text) && text.length === 10
}
