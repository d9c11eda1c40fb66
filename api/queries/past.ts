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
