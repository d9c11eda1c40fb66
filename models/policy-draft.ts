import type { CostPool } from '../config/costs.ts'
import type { Policy } from '../config/policy.ts'
import type { PolicyVersion, VersionedRules } from '../config/policy-version.ts'
import type { ResponsePromise } from '../config/promise.ts'
import type { ScoreComponent, ScoreRules } from '../config/score.ts'
import { fault } from '../entities/faults.ts'
import { RequestError } from '../errors.ts'
import { DRIVERS, MEASURES, PROMISES, SUPPORT_METHODS } from './metrics/policy-choices.ts'
import { isSame, rulesOn } from './policy-versions.ts'

/** What of the rules a person would change; what is not named stays. */
export interface PolicyDraft extends Partial<Omit<PolicyVersion, 'score'>> {
  readonly score?: Partial<ScoreRules>
}

const WAYS = ['more', 'less'] as const

/**
 * The whole of a draft: what it does not name is that of the day. Checked; throws RequestError, which names the field. Name and first
 * day are those of the draft, and of the day where it has none.
 */
export function completeDraft(policy: Policy, draft: PolicyDraft, day: string): PolicyVersion {
  const former = rulesOn(policy, day)
  const whole: PolicyVersion = {
    ...former,
    ...given(draft),
    version: draft.version ?? '',
    from: draft.from ?? day,
    score: { ...former.score, ...given(draft.score ?? {}) },
  }
  checkScore(whole.score)
  whole.costPools.forEach((pool, at) => checkPool(pool, `costPools.${at}`))
  checkWord('supportMethod', whole.supportMethod, SUPPORT_METHODS)
  checkNumber('practicalCapacity', whole.practicalCapacity, { least: 0.01, most: 1 })
  checkNumber('hourlyCostFactor', whole.hourlyCostFactor, { least: 0.01, most: 100 })
  for (const [name, charge] of Object.entries(whole.visitCharges))
    checkNumber(`visitCharges.${name}`, charge, { least: 0, most: 1_000_000 })
  for (const [name, promise] of Object.entries(whole.promises)) checkPromise(promise, `promises.${name}`)
  return { ...whole, visitCharges: chargesOf(whole.visitCharges) }
}

/** Goodwill is no charge, whether it is written down or not; beside a charge of all others it must be. */
function chargesOf(charges: VersionedRules['visitCharges']): VersionedRules['visitCharges'] {
  const common = charges['default'] ?? 0
  return Object.fromEntries(
    Object.entries(charges).filter(([name, charge]) => charge > 0 || (common > 0 && name !== 'default')),
  )
}

/** Whether a draft may be saved: named, from a month that is not over on the business date, and another than what holds then. */
export function checkSaving(policy: Policy, version: PolicyVersion, asOf: string): void {
  const name = version.version.trim()
  if (name === '' || name.length > 60) throw new RequestError(fault('policy_name', {}), { field: 'version' })
  if ([...policy.scores, ...policy.versions].some((one) => one.version === name))
    throw new RequestError(fault('policy_name_taken', { version: name }), { field: 'version' })
  checkFrom(version.from, asOf)
  const former = rulesOn(policy, version.from)
  if (isSame(contentOf(former), contentOf(version)))
    throw new RequestError(fault('policy_unchanged', { version: former.version, from: former.from }))
}

/** Figures are by month, and months that are over stay as they are. */
export function checkFrom(from: string, asOf: string): void {
  const earliest = firstOfMonth(asOf)
  if (!/^\d{4}-(0[1-9]|1[0-2])-01$/.test(from))
    throw new RequestError(fault('policy_from', { from, earliest }), { field: 'from' })
  if (from < earliest) throw new RequestError(fault('policy_from_past', { from, earliest }), { field: 'from' })
}

export function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`
}

/** The first day of the twelve months that end with that of a day. */
export function startOfYearTo(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 12, 1)).toISOString().slice(0, 10)
}

/** What a version says, but for its name and day, and the order in which measures are named. */
function contentOf({ version: _name, from: _day, score, ...content }: PolicyVersion): object {
  const inOrder = (all: readonly ScoreComponent[]): ScoreComponent[] =>
    all.filter(({ weight }) => weight > 0).toSorted((one, other) => (one.measure < other.measure ? -1 : 1))
  const { components, indirect = components } = score
  return { ...content, score: { ...score, components: inOrder(components), indirect: inOrder(indirect) } }
}

function given<Of extends object>(draft: Of): Partial<Of> {
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined)) as Partial<Of>
}

function checkScore({ components, indirect, bands, hysteresis, newMonths }: ScoreRules): void {
  checkComponents('score.components', components)
  if (indirect !== undefined) checkComponents('score.indirect', indirect)
  checkNumber('score.bands.VIP', bands.VIP, { least: 0, most: 100 })
  checkNumber('score.bands.key', bands.key, { least: 0, most: 100 })
  if (bands.VIP < bands.key)
    throw new RequestError(fault('policy_bands', { vip: bands.VIP, key: bands.key }), { field: 'score.bands.VIP' })
  checkNumber('score.hysteresis', hysteresis, { least: 0, most: 100 })
  checkNumber('score.newMonths', newMonths, { least: 0, most: 120 })
  if (!Number.isInteger(newMonths)) {
    const details = { field: 'score.newMonths', value: String(newMonths), least: 0, most: 120 }
    throw new RequestError(fault('policy_whole_number', details), { field: 'score.newMonths' })
  }
}

function checkComponents(field: string, components: readonly ScoreComponent[]): void {
  const seen = new Set<string>()
  for (const { measure, weight, better } of components) {
    checkWord(field, measure, MEASURES)
    checkWord(field, better, WAYS)
    checkNumber(`${field}.${measure}`, weight, { least: 0, most: 1 })
    if (seen.has(measure)) throw new RequestError(fault('policy_measure_twice', { field, measure }), { field })
    seen.add(measure)
  }
  const sum = components.reduce((total, { weight }) => total + weight, 0)
  if (Math.abs(sum - 1) < 1e-9) return
  const [told, rest] = [sum, 1 - sum].map((value) => String(Math.round(value * 10_000) / 10_000))
  throw new RequestError(fault('policy_weights', { field, sum: told, rest }), { field })
}

function checkPool({ driver }: CostPool, field: string): void {
  checkWord(`${field}.driver`, driver, DRIVERS)
}

function checkPromise(promise: ResponsePromise, field: string): void {
  checkWord(`${field}.kind`, promise.kind, PROMISES)
  if (promise.kind !== 'next_business_day') checkNumber(`${field}.hours`, promise.hours, { least: 0.25, most: 2000 })
}

function checkNumber(field: string, value: unknown, { least, most }: { least: number; most: number }): void {
  if (typeof value === 'number' && value >= least && value <= most) return
  const told = typeof value === 'number' && Number.isNaN(value) ? '' : String(value)
  throw new RequestError(fault('policy_number', { field, value: told, least, most }), { field })
}

function checkWord(field: string, value: string, valid: readonly string[]): void {
  if (!valid.includes(value)) throw new RequestError(fault('policy_word', { field, value, valid }), { field })
}
