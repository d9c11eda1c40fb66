import type { Driver, SupportMethod } from '../../config/costs.ts'
import type { ResponsePromise } from '../../config/promise.ts'
import type { Measure } from '../../config/score.ts'

/** What a policy can choose from. */
export const MEASURES: readonly Measure[] = [
  'profit',
  'revenue',
  'sales_margin',
  'service_revenue',
  'orders',
  'service_hours',
  'requests',
  'cost_to_serve',
  'machines',
  'opportunities',
]
export const DRIVERS: readonly Driver[] = [
  'requests',
  'hours',
  'visits',
  'calls',
  'orders',
  'revenue',
  'active_assets',
  'equal',
  'none',
]
export const SUPPORT_METHODS: readonly SupportMethod[] = ['direct', 'step_down', 'reciprocal']
export const PROMISES: readonly ResponsePromise['kind'][] = ['business_hours', 'next_business_day', 'around_the_clock']
