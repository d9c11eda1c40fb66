import { modelError } from './complain.ts'
import type { Model } from './model.ts'

/** Upstream first; among equals by name, so that the order is the same every time. A circle is refused, named. */
export function inOrder(models: readonly Model[], upstream: ReadonlyMap<string, readonly string[]>): Model[] {
  const byName = new Map(models.map((model) => [model.name, model]))
  const done = new Set<string>()
  const ordered: Model[] = []
  const visit = (model: Model, path: readonly string[]): void => {
    if (done.has(model.name)) return
    if (path.includes(model.name)) throw circle(model, path.slice(path.indexOf(model.name)))
    for (const name of upstream.get(model.name) ?? []) {
      const next = byName.get(name)
      if (next) visit(next, [...path, model.name])
    }
    done.add(model.name)
    ordered.push(model)
  }
  for (const model of models.toSorted((one, other) => (one.name < other.name ? -1 : 1))) visit(model, [])
  return ordered
}

/** Models that can be planned side by side: none reads another of its wave. */
export function wavesOf(ordered: readonly Model[], upstream: ReadonlyMap<string, readonly string[]>): Model[][] {
  const depth = new Map<string, number>()
  const waves: Model[][] = []
  for (const model of ordered) {
    const above = (upstream.get(model.name) ?? []).map((name) => (depth.get(name) ?? -1) + 1)
    const own = Math.max(0, ...above)
    depth.set(model.name, own)
    ;(waves[own] ??= []).push(model)
  }
  return waves
}

function circle(model: Model, path: readonly string[]): Error {
  const what =
    path.length === 1
      ? `${model.name} reads itself`
      : `models read each other in a circle: ${[...path, model.name].join(' → ')}`
  return modelError(model, `${what}; let one of them read something further upstream`, { phase: 'bind' })
}
