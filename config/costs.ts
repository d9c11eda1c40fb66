/** What a pool of costs is spread by, each month: a customer's share of all of it. */
export const DRIVERS = [
  'requests',
  'hours',
  'visits',
  'calls',
  'orders',
  'revenue',
  'active_assets',
  'equal',
  'none',
] as const
export type Driver = (typeof DRIVERS)[number]

/** Costs of a department (absent: any) in a category (absent: any). `none` leaves them unallocated, and says so. */
export interface CostPool {
  readonly department?: string
  readonly category?: string
  readonly driver: Driver
}

export const SUPPORT_METHODS = ['direct', 'step_down', 'reciprocal'] as const
export type SupportMethod = (typeof SUPPORT_METHODS)[number]

/** Who serves whom: of each serving department the units it gives to others, in any one unit: hours, seats, square metres. */
export interface Support {
  /** The method that counts; all three are shown. */
  readonly method: SupportMethod
  /** In which order departments give up their costs under step_down. Default: as `units` names them. */
  readonly order?: readonly string[]
  readonly units: Readonly<Record<string, Readonly<Record<string, number>>>>
}
