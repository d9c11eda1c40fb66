import { Matrix, solve } from 'ml-matrix'
import type { Support, SupportMethod } from '../config/costs.ts'
import { ConfigError } from '../errors.ts'

/** What rounding leaves of a share. */
const NOTHING = 1e-9
const METHODS: readonly SupportMethod[] = ['direct', 'step_down', 'reciprocal']

/** What of each unit of cost of a serving department comes to rest with a department that serves customers. */
export interface SupportShare {
  readonly method: SupportMethod
  readonly from: string
  readonly to: string
  /** Above 0, at most 1; the shares of one serving department and method sum to 1. What reaches nobody stays where it is. */
  readonly share: number
}

/**
 * Leads the cost of serving departments to those that serve customers, by three methods side by side: direct (serving
 * departments are passed over), step-down (each gives to those after it), reciprocal (S = (I − Aᵀ)⁻¹c). Horngren, Datar & Rajan,
 * Cost Accounting, chapter on support departments. Throws ConfigError where serving departments serve but each other.
 */
export function supportShares(support: Support): SupportShare[] {
  const network = networkOf(support)
  const circle = circleOf(network)
  if (circle !== undefined)
    throw new ConfigError(
      `policy.support.units: ${circle.join(' → ')} serve nobody but each other, so their costs would go round for ever; say what one of them gives to a department that serves customers`,
    )
  const { givers, takers } = network
  return METHODS.flatMap((method) =>
    givers.flatMap((from, row) => {
      const shares = sharesOf(method, network, row)
      const rest = 1 - sum(shares)
      return [...shares, rest < NOTHING ? 0 : rest].map((share, at) => ({
        method,
        from,
        to: takers[at] ?? from,
        share,
      }))
    }),
  ).filter(({ share }) => share > 0)
}

interface Network {
  /** Serving departments, in the order of step-down. */
  readonly givers: readonly string[]
  /** Departments that serve customers. */
  readonly takers: readonly string[]
  /** What giver `from` gives to a department; nothing to itself. */
  readonly units: (from: string, to: string) => number
}

function networkOf({ units, order }: Support): Network {
  const named = Object.keys(units).filter((from) =>
    Object.entries(units[from] ?? {}).some(([to, given]) => to !== from && given > 0),
  )
  const stranger = order?.find((name) => !named.includes(name))
  if (stranger !== undefined)
    throw new ConfigError(
      `policy.support.order: '${stranger}' serves nobody; policy.support.units has ${named.join(', ')}`,
    )
  const givers = [...new Set([...(order ?? []), ...named])]
  const takers = [...new Set(Object.values(units).flatMap((each) => Object.keys(each)))].filter(
    (name) => !givers.includes(name),
  )
  return { givers, takers, units: (from, to) => (from === to ? 0 : (units[from]?.[to] ?? 0)) }
}

/** Serving departments from which no unit ever reaches a department that serves customers; undefined where all do. */
function circleOf({ givers, takers, units }: Network): string[] | undefined {
  const reached = new Set<string>()
  for (let grown = true; grown;) {
    grown = false
    for (const from of givers)
      if (!reached.has(from) && [...takers, ...reached].some((to) => units(from, to) > 0)) {
        reached.add(from)
        grown = true
      }
  }
  const lost = givers.filter((from) => !reached.has(from))
  const path: string[] = []
  for (let next = lost[0]; next !== undefined && !path.includes(next);) {
    path.push(next)
    const at: string = next
    next = lost.find((to) => units(at, to) > 0)
    if (next !== undefined && path.includes(next)) return [...path.slice(path.indexOf(next)), next]
  }
  return undefined
}

/** Of the serving department in `row`: what comes to rest with each taker. */
function sharesOf(method: SupportMethod, network: Network, row: number): number[] {
  const { givers, takers, units } = network
  const from = givers[row] ?? ''
  const toTakers = takers.map((to) => units(from, to))
  if (method === 'direct') return divided(toTakers, sum(toTakers))
  if (method === 'step_down') {
    const after = givers.slice(row + 1)
    const total = sum(toTakers) + sum(after.map((to) => units(from, to)))
    const passed = after.map((to, at) => {
      const part = total === 0 ? 0 : units(from, to) / total
      return sharesOf(method, network, row + 1 + at).map((share) => part * share)
    })
    return takers.map((_, at) => (divided(toTakers, total)[at] ?? 0) + sum(passed.map((each) => each[at] ?? 0)))
  }
  const given = givers.map((giver) => sum([...givers, ...takers].map((to) => units(giver, to))))
  const part = (at: number, to: string): number =>
    (given[at] ?? 0) === 0 ? 0 : units(givers[at] ?? '', to) / (given[at] ?? 1)
  const system = new Matrix(
    givers.map((to, one) => givers.map((_, other) => (one === other ? 1 : 0) - part(other, to))),
  )
  const cost = Matrix.columnVector(givers.map((_, at) => (at === row ? 1 : 0)))
  const passedOn = solve(system, cost).to1DArray()
  return takers.map((to) => sum(givers.map((_, at) => part(at, to) * (passedOn[at] ?? 0))))
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0)

function divided(values: readonly number[], total: number): number[] {
  return values.map((value) => (total === 0 ? 0 : value / total))
}
