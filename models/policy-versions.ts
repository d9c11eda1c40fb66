import type { Policy } from '../config/policy.ts'
import type { PolicyVersion, VersionedRules } from '../config/policy-version.ts'
import type { ScorePolicy } from '../config/score.ts'

/** Before every day there is, and after it. */
const [EVER, NEVER] = ['0001-01-01', '9999-12-31']

/** A span of days on which a rule says the same: from a day until the day before `until`. */
export interface Span<Rule> {
  readonly from: string
  readonly until: string
  readonly rule: Rule
}

/** The rules of the configuration: they hold until the first version does. */
function ground(policy: Policy): Omit<VersionedRules, 'score'> {
  const { costPools, support, practicalCapacity, hourlyCostFactor, promises, visitCharges } = policy
  return { costPools, supportMethod: support.method, practicalCapacity, hourlyCostFactor, promises, visitCharges }
}

/** Versions by their first day; of one day the last one saved. */
function inOrder({ versions }: Policy): PolicyVersion[] {
  const last = new Map(versions.map((version) => [version.from, version]))
  return [...last.values()].toSorted((one, other) => (one.from < other.from ? -1 : 1))
}

/** A rule with the days on which it holds. Versions that do not change it make no new span, so what stands on it is not built again. */
export function spansOf<Rule>(
  policy: Policy,
  pick: (rules: Omit<VersionedRules, 'score'>) => Rule,
): readonly Span<Rule>[] {
  const all = [{ from: EVER, rule: pick(ground(policy)) }]
  for (const version of inOrder(policy)) {
    const rule = pick(version)
    if (!isSame(rule, all.at(-1)?.rule)) all.push({ from: version.from, rule })
  }
  return all.map((span, at) => ({ ...span, until: all[at + 1]?.from ?? NEVER }))
}

/** All versions of how customers are scored: a saved one takes the place of a configured one of its name or day. */
export function scoresOf(policy: Policy): readonly ScorePolicy[] {
  const saved = inOrder(policy)
  const isReplaced = ({ version, from }: ScorePolicy): boolean =>
    saved.some((one) => one.version === version || one.from === from)
  return [
    ...policy.scores.filter((one) => !isReplaced(one)),
    ...saved.map(({ version, from, score }) => ({ version, from, ...score })),
  ]
}

/** What holds on a day, whole, with the name of its version: that of the score where nobody saved one. */
export function rulesOn(policy: Policy, day: string): PolicyVersion {
  const scores = scoresOf(policy).toSorted((one, other) => (one.from < other.from ? -1 : 1))
  const scored = scores.findLast(({ from }) => from <= day) ?? scores[0]
  if (scored === undefined) throw new RangeError('a policy has at least one score')
  const { version, from, ...score } = scored
  const saved = inOrder(policy).findLast((one) => one.from <= day)
  const name = saved !== undefined && saved.from >= from ? saved : { version, from }
  return { ...ground(policy), ...saved, version: name.version, from: name.from, score }
}

/** The same policy with one more version. `alone`: nothing that was to come after it does. */
export function withVersion(policy: Policy, version: PolicyVersion, { alone = false } = {}): Policy {
  const isKept = ({ from }: { from: string }): boolean => !alone || from < version.from
  return {
    ...policy,
    scores: policy.scores.filter(isKept),
    versions: [...policy.versions.filter(isKept), version],
  }
}

/** Whether two rules say the same; the order of names does not matter. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, held]) => held !== undefined)
  return Object.fromEntries(
    entries.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([name, held]) => [name, sorted(held)]),
  )
}
