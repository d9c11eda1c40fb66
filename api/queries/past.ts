import type { Limits } from '../../config/define.ts'
import { identifier } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import type { Viewer } from '../../models/metrics/metric.ts'
import type { Edition } from './edition.ts'
import { Turns } from './limits.ts'

/** Figures of another moment, in a database that is attached to the warehouse. */
export interface Past {
  readonly database: string
  /** Business date, 'YYYY-MM-DD'. */
  readonly as_of: string
  /** ISO 8601, UTC: the versions that were the truth then. */
  readonly known_at: string
}

/**
 * Finds or builds the edition of a moment. Undefined: it is the published one. Throws RequestError for a moment that has
 * not come.
 */
export type OpenPast = (
  moment: { readonly asOf?: string; readonly knownAt?: string },
  published: { readonly as_of: string; readonly known_at: string; readonly warehouse_version: number },
) => Promise<Past | undefined>

/** Where only the published edition can be asked for. */
export const noMoments: OpenPast = () =>
  Promise.reject(new RequestError(fault('no_moments', {}), { field: 'known_at' }))

/** Building an edition takes seconds: each viewer has one opened at a time, so that nobody takes all of the server. */
export function inTurn(open: OpenPast, limits: Limits): (viewer: Viewer, signal?: AbortSignal) => OpenPast {
  const turns = new Turns({ ...limits, atOnce: 1 })
  return (viewer, signal) => async (moment, published) => {
    const done = await turns.take(viewer, signal)
    return open(moment, published).finally(done)
  }
}

/** What a session reads from now on: the published edition, or one of the past. */
export async function editionIn(session: Session, published: Edition, past: Past | undefined): Promise<Edition> {
  if (past === undefined) return published
  await session.run(`USE ${identifier(past.database)}`)
  return { ...published, as_of: past.as_of, known_at: past.known_at }
}
