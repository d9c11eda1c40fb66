import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import { nearest } from '../builder/nearest.ts'
import type { MetricQuery, Viewer } from './metric.ts'
import { formatMetricQuery, parseMetricQuery } from './query-string.ts'

/** How an answer is shown. A table stands below every picture. */
export const SHOWS = ['table', 'bar', 'line', 'stacked', 'scatter'] as const
export type Show = (typeof SHOWS)[number]

/** A question and how its answer is shown; `show` absent: as fits the question. */
export interface ExploredQuery {
  readonly query: MetricQuery
  readonly show: Show | undefined
}

/** Reads a query string of the API with `show` beside it. Throws RequestError. */
export function parseExploration(parameters: URLSearchParams): ExploredQuery {
  const asked = parameters.get('show') ?? ''
  const show = SHOWS.find((name) => name === asked)
  if (asked !== '' && show === undefined) {
    const details = { what: 'show', word: asked, near: nearest(asked, SHOWS), valid: SHOWS }
    throw new RequestError(fault('unknown_word', details), { field: 'show' })
  }
  return { query: parseMetricQuery(parameters), show }
}

/** The query string that `parseExploration` reads back as the same, without '?'. */
export function formatExploration({ query, show }: ExploredQuery): string {
  return [formatMetricQuery(query), ...(show === undefined ? [] : [`show=${show}`])].filter((part) => part).join('&')
}

/** What somebody who saves an exploration gives. */
export interface ExplorationDraft {
  readonly name: string
  /** The query string of the page that shows it. */
  readonly query: string
  /** Roles whose members find it too. It runs with the rights of who opens it, so sharing shows nobody more. */
  readonly shared_with: readonly string[]
}

/** A question that was kept under a name. */
export interface Exploration extends ExplorationDraft {
  readonly exploration_id: string
  readonly owner_id: string
  /** Null: somebody else, where the viewer does not see people. */
  readonly owner_name: string | null
  /** ISO 8601, UTC. */
  readonly created_at: string
  readonly changed_at: string
}

/**
 * Saved explorations as a viewer sees them: its own, and those shared with one of its roles whose every word it may see. Only the
 * owner changes one.
 */
export interface Explorations {
  /** Roles an exploration may be shared with. */
  readonly roles: readonly string[]
  /** Its own first, each by name. */
  list(viewer: Viewer): Promise<Exploration[]>
  /** Throws RequestError 404 where there is none for this viewer. */
  find(viewer: Viewer, id: string): Promise<Exploration>
  /** Throws RequestError for what cannot be asked or kept. */
  add(viewer: Viewer, draft: ExplorationDraft): Promise<Exploration>
  /** Throws as `find` and `add` do, AccessError for one of somebody else. */
  change(viewer: Viewer, id: string, draft: ExplorationDraft): Promise<Exploration>
  /** Throws as `find` does, AccessError for one of somebody else. */
  remove(viewer: Viewer, id: string): Promise<void>
}
