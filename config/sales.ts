/** The steps every opportunity is counted in, whatever its stages are called; an opportunity ends won or lost. */
export const STEPS = ['lead', 'qualified', 'quoted', 'won', 'lost'] as const
export type Step = (typeof STEPS)[number]

/** What makes an opportunity one that service brought: any one of these. What is left out counts nothing. */
export interface Sourced {
  /** Values of lead_source, as the source has them. */
  readonly leadSources?: readonly string[]
  /** Campaigns of the service department, by id. */
  readonly campaigns?: readonly string[]
  /** Departments of the employees who brought leads (source_employee_id). */
  readonly departments?: readonly string[]
  /** An opportunity that names the service request it came from. */
  readonly requests?: boolean
  /** A deal that sales confirmed as brought by service, and one that a lead was turned into. Default: counts. */
  readonly decisions?: boolean
}

/** When a step that fewer opportunities pass than used to is flagged. */
export interface StageConversion {
  /** Flagged where conversion is below this share of what was usual before. */
  readonly seriouslyBelow: number
  /** Never with fewer cases, neither now nor before. */
  readonly minimumCases: number
}
