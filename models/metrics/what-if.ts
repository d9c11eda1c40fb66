import type { PolicyVersion } from '../../config/policy-version.ts'
import type { PolicyDraft } from '../policy-draft.ts'

/** A figure as it is published, and as it would be. */
export interface Compared {
  readonly was: number
  readonly would: number
}

/** A customer whose class, score, profit or advice would be another. */
export interface Move {
  readonly customer_id: string
  readonly customer_name: string
  readonly customer_kind: string
  readonly class_was: string
  readonly class_would: string
  readonly score_was: number
  readonly score_would: number
  readonly profit_was: number
  readonly profit_would: number
  readonly advice_was: string
  readonly advice_would: string
}

/** What another policy would have made of the last twelve months. Reporting currency. */
export interface WhatIf {
  readonly as_of: string
  readonly warehouse_version: number
  /** The whole draft. */
  readonly policy: PolicyVersion
  /** First day on which it is taken to hold. */
  readonly holds_from: string
  readonly profit: Compared
  readonly service_revenue: Compared
  readonly visit_charges: Compared
  readonly direct_service_cost: Compared
  readonly indirect_cost: Compared
  readonly unallocated: Compared
  readonly idle: Compared
  readonly charged_visits: Compared
  readonly broken_promises: Compared
  /** Customers with a class. */
  readonly customers: number
  /** Of which so many would have another class. */
  readonly classes_moved: number
  readonly customers_moved: number
  /** Those with another class first, then by how much profit differs. */
  readonly moves: readonly Move[]
  readonly milliseconds: number
}

/** The policy in force, and every version there is. */
export interface PolicyStatus {
  readonly as_of: string
  /** Earliest day from which a new version may hold. */
  readonly earliest: string
  readonly in_force: PolicyVersion
  readonly versions: readonly PolicyVersionStatus[]
  /** Departments and categories of the ledger, for pools. */
  readonly departments: readonly string[]
  readonly categories: readonly string[]
  /** Recorded classes that occur. */
  readonly recorded_classes: readonly string[]
}

export interface PolicyVersionStatus {
  readonly version: string
  readonly from: string
  /** Null: it stands in the configuration. */
  readonly decided_at: string | null
  /** Null, too, for who is not to know who works here. */
  readonly decided_by: string | null
  readonly reason: string | null
  /** A later one of the same day took its place. */
  readonly replaced: boolean
}

export interface AskWhatIf {
  readonly draft: PolicyDraft
  /** year: as if it had held for the last twelve months. day: as it will be, from its first day on. */
  readonly basis: 'year' | 'day'
}
