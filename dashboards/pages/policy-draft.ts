import type { AskWhatIf, PolicyStatus } from '../../models/metrics/what-if.ts'
import { MEASURES } from '../../models/metrics/policy-choices.ts'

type Draft = AskWhatIf['draft']
type Rules = PolicyStatus['in_force']
type Component = Rules['score']['components'][number]

/** In the address of a page that shows what a draft would change. */
export const TRIED = 'try'

/** Fields of the form are named by their place in the draft, so that a fault that names its place finds its field. */
export const name = {
  weight: (kind: 'components' | 'indirect', measure: string): string => `score.${kind}.${measure}`,
  driver: (at: number): string => `costPools.${at}.driver`,
  promise: (crmClass: string): string => `promises.${crmClass}.kind`,
  hours: (crmClass: string): string => `promises.${crmClass}.hours`,
  charge: (crmClass: string): string => `visitCharges.${crmClass}`,
}

/** A line of cost pools that is taken out. */
export const NO_LINE = 'out'

/** Measures of which less is better, where the policy does not say. */
const LESS = ['cost_to_serve', 'service_hours', 'requests']

/** Recorded classes that rules are made for: those that occur, those that have rules, and all others last. */
export function classesOf({ in_force: rules, recorded_classes: recorded }: PolicyStatus): string[] {
  const named = [
    'VIP',
    'key',
    'regular',
    ...recorded,
    ...Object.keys(rules.promises),
    ...Object.keys(rules.visitCharges),
  ]
  return [...new Set(named.filter((one) => one !== 'default')), 'default']
}

/** What the address says of the draft; undefined where it says nothing. Numbers that are none are refused where the draft is checked. */
export function draftOf(search: URLSearchParams, status: PolicyStatus): AskWhatIf | undefined {
  if (!search.has(TRIED)) return undefined
  const { score, ...rules } = status.in_force
  const number = (field: string, former: number): number => {
    const text = search.get(field)
    return text === null ? former : text.trim() === '' ? Number.NaN : Number(text)
  }
  const draft: Draft = {
    ...rules,
    from: search.get('from') ?? status.earliest,
    version: '',
    score: {
      components: components('components', score.components, search),
      indirect: components('indirect', score.indirect ?? score.components, search),
      bands: { VIP: number('score.bands.VIP', score.bands.VIP), key: number('score.bands.key', score.bands.key) },
      hysteresis: number('score.hysteresis', score.hysteresis),
      newMonths: number('score.newMonths', score.newMonths),
    },
    costPools: poolsOf(search, rules.costPools),
    supportMethod: (search.get('supportMethod') ?? rules.supportMethod) as Rules['supportMethod'],
    practicalCapacity: number('practicalCapacity', rules.practicalCapacity),
    hourlyCostFactor: number('hourlyCostFactor', rules.hourlyCostFactor),
    promises: promisesOf(search, status),
    visitCharges: chargesOf(search, status),
  }
  return { draft, basis: search.get('basis') === 'day' ? 'day' : 'year' }
}

/** What is not weighed is left out. */
function components(
  kind: 'components' | 'indirect',
  former: readonly Component[],
  search: URLSearchParams,
): Component[] {
  return MEASURES.flatMap((measure): Component[] => {
    const before = former.find((one) => one.measure === measure)
    const text = search.get(name.weight(kind, measure))
    const weight = text === null ? (before?.weight ?? 0) : text.trim() === '' ? 0 : Number(text)
    const better = before?.better ?? (LESS.includes(measure) ? 'less' : 'more')
    return weight === 0 ? [] : [{ measure, weight, better }]
  })
}

/** Drivers of the lines there are, and a line of its own that goes before them. */
function poolsOf(search: URLSearchParams, former: Rules['costPools']): Rules['costPools'] {
  const kept = former.flatMap((pool, at) => {
    const driver = search.get(name.driver(at)) ?? pool.driver
    return driver === NO_LINE ? [] : [{ ...pool, driver: driver as typeof pool.driver }]
  })
  const driver = search.get('newPool.driver') ?? ''
  if (driver === '') return kept
  const [department, category] = [search.get('newPool.department') ?? '', search.get('newPool.category') ?? '']
  const added = {
    ...(department !== '' && { department }),
    ...(category !== '' && { category }),
    driver: driver as Rules['costPools'][number]['driver'],
  }
  return [added, ...kept]
}

function promisesOf(search: URLSearchParams, status: PolicyStatus): Rules['promises'] {
  const entries = classesOf(status).flatMap((crmClass): [string, Rules['promises'][string]][] => {
    const former = status.in_force.promises[crmClass]
    const kind = search.get(name.promise(crmClass)) ?? former?.kind ?? ''
    if (kind === '') return []
    if (kind === 'next_business_day') return [[crmClass, { kind }]]
    const hours = Number(
      search.get(name.hours(crmClass)) ?? (former !== undefined && 'hours' in former ? former.hours : ''),
    )
    return [[crmClass, { kind: kind as 'business_hours', hours }]]
  })
  return Object.fromEntries(entries)
}

function chargesOf(search: URLSearchParams, status: PolicyStatus): Rules['visitCharges'] {
  const entries = classesOf(status).flatMap((crmClass): [string, number][] => {
    const text = search.get(name.charge(crmClass)) ?? String(status.in_force.visitCharges[crmClass] ?? '')
    return text.trim() === '' ? [] : [[crmClass, Number(text)]]
  })
  return Object.fromEntries(entries)
}
