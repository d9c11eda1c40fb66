import type { Calendar } from './calendar.ts'
import type { CostPool, Support } from './costs.ts'
import type { Sourced, StageConversion, Step } from './sales.ts'
import type { PolicyVersion } from './policy-version.ts'
import type { ResponsePromise } from './promise.ts'
import type { ClassDecision, ScorePolicy } from './score.ts'
import { defaultLeads, type LeadPolicy } from './leads.ts'

/** Rules the company owns. They reach SQL as tables in schema `policy`. */
export interface Policy {
  /** Key or VIP, this share of customers by workload or above, and no growth: eats service. */
  readonly eatsServiceWorkloadPercentile: number
  /** An order within so many days after a request or visit counts as influenced by service. */
  readonly influencedDays: number
  /** A metric below this coverage is shown greyed. */
  readonly coverageThreshold: number
  /** A source older than this many hours makes the figures that stand on it stale. */
  readonly staleAfterHours: number
  /** What makes an opportunity one that service brought. */
  readonly sourced: Sourced
  /** Steps of the company's stage names; names that CRM systems are delivered with are known. */
  readonly stages: Readonly<Record<string, Step>>
  /** When the conversion of a step is flagged against its own history. */
  readonly stageConversion: StageConversion
  /** Order statuses that take an order out of every figure. */
  readonly cancelledStatuses: readonly string[]
  /** Task kinds that are on the customer's site. */
  readonly visitKinds: readonly string[]
  /** Expense categories that the hourly rates of employees already cover: never counted beside the hours. */
  readonly labourCategories: readonly string[]
  /** Expense categories that ought to name what they were for. */
  readonly objectCategories: readonly string[]
  /** Dealers' records are judged from this day on, 'YYYY-MM-DD'. Absent: all of them. */
  readonly recordsFrom?: string
  /** Within so many days a dealer reports end users, machines and parts. */
  readonly dealerReportDays: number
  /** Within so many days after its order a dealer installs a machine; until then, and the days to report, none is missing. */
  readonly dealerInstallDays: number
  /** An open request without a move for more days than these is untouched, an opportunity stale. */
  readonly untouchedDays: number
  readonly staleOpportunityDays: number
  /** With fewer records than these no score is told. */
  readonly minimumRecords: number
  /** Working calendars by name. `default` is everybody's; a contract may name another. */
  readonly calendars: Readonly<Record<string, Calendar>>
  /** First response promised to customers of a class whom no contract covers; `default` is that of all others. */
  readonly promises: Readonly<Record<string, ResponsePromise>>
  /** By what a cost that no record leads to a customer is spread: the first line that fits its department and category holds. What none fits stays unallocated. */
  readonly costPools: readonly CostPool[]
  /** Departments that serve other departments first. */
  readonly support: Support
  /** Share of paid working time that can be worked for customers; leave, training and breaks take the rest. */
  readonly practicalCapacity: number
  /** The hourly cost of every employee, times this. */
  readonly hourlyCostFactor: number
  /**
   * What a visit is charged by the recorded class of the customer, in the reporting currency; `default`: of all others. Absent or 0:
   * goodwill. Visits that warranty or contract include, or whose labour was charged, are not charged again.
   */
  readonly visitCharges: Readonly<Record<string, number>>
  /** By how much a margin of next year is worth less than one of today, a year. */
  readonly yearlyDiscount: number
  /** How customers are scored and classed; a later version holds from its day on, and old months stay under theirs. */
  readonly scores: readonly ScorePolicy[]
  /** Versions that people saved, by their first day. Made in the product, never written in the configuration. */
  readonly versions: readonly PolicyVersion[]
  /** What people decided of single customers. Made in the product, never written in the configuration. */
  readonly classDecisions: readonly ClassDecision[]
  /** What a warranty of a scope includes, so that it is not charged; `default` is that of all other scopes and of none. */
  readonly warrantyIncludes: Readonly<Record<string, readonly ('part' | 'labour')[]>>
  /** What a contract of a kind includes, so that it is not charged; `default` is that of all other kinds. */
  readonly contractIncludes: Readonly<Record<string, readonly ('part' | 'labour')[]>>
  /** How leads are found and listed. */
  readonly leads: LeadPolicy
}

const DAY = ['08:30-17:30']
const WEEK = { monday: DAY, tuesday: DAY, wednesday: DAY, thursday: DAY, friday: DAY }

export const defaultPolicy: Policy = {
  eatsServiceWorkloadPercentile: 0.8,
  influencedDays: 90,
  coverageThreshold: 0.7,
  staleAfterHours: 48,
  sourced: { leadSources: ['service'] },
  stages: {},
  stageConversion: { seriouslyBelow: 0.6, minimumCases: 20 },
  cancelledStatuses: ['cancelled'],
  visitKinds: ['visit'],
  labourCategories: ['salary'],
  objectCategories: ['travel', 'lodging', 'freight'],
  dealerReportDays: 30,
  dealerInstallDays: 90,
  untouchedDays: 14,
  staleOpportunityDays: 60,
  minimumRecords: 20,
  calendars: { default: { hours: WEEK } },
  promises: {
    VIP: { kind: 'business_hours', hours: 4 },
    key: { kind: 'business_hours', hours: 8 },
    default: { kind: 'next_business_day' },
  },
  costPools: [{ department: 'service', driver: 'hours' }],
  support: { method: 'reciprocal', units: {} },
  practicalCapacity: 0.8,
  hourlyCostFactor: 1,
  visitCharges: {},
  versions: [],
  yearlyDiscount: 0.1,
  scores: [
    {
      version: 'standard',
      from: '1970-01-01',
      components: [
        { measure: 'profit', weight: 0.5, better: 'more' },
        { measure: 'revenue', weight: 0.2, better: 'more' },
        { measure: 'cost_to_serve', weight: 0.2, better: 'less' },
        { measure: 'service_hours', weight: 0.1, better: 'less' },
      ],
      indirect: [
        { measure: 'machines', weight: 0.4, better: 'more' },
        { measure: 'service_revenue', weight: 0.3, better: 'more' },
        { measure: 'opportunities', weight: 0.1, better: 'more' },
        { measure: 'cost_to_serve', weight: 0.2, better: 'less' },
      ],
      bands: { VIP: 85, key: 70 },
      hysteresis: 3,
      newMonths: 6,
    },
  ],
  classDecisions: [],
  warrantyIncludes: { default: ['part', 'labour'] },
  contractIncludes: { default: ['labour'] },
  leads: defaultLeads,
}
