/** A node of a layered drawing; a bend is where a long line passes a layer between its ends. */
export interface Placed {
  readonly name: string
  readonly layer: number
  readonly bend: boolean
  /** Place within the layer, 0 on top. */
  place: number
}

export interface Layered {
  readonly layers: Placed[][]
  /** Lines between neighbouring layers. */
  readonly lines: readonly (readonly [from: Placed, to: Placed])[]
}

const SWEEPS = 12

/**
 * Layers by longest path from the sources, then fewer crossings by sweeps of the barycentre rule
 * (Sugiyama, Tagawa & Toda 1981). `upstream` is acyclic. The same input gives the same drawing.
 */
export function layered(names: readonly string[], upstream: ReadonlyMap<string, readonly string[]>): Layered {
  const depth = depths(names, upstream)
  const layers: Placed[][] = Array.from({ length: Math.max(0, ...depth.values()) + 1 }, () => [])
  const add = (name: string, layer: number, bend: boolean): Placed => {
    const row = layers[layer] ?? []
    const node = { name, layer, bend, place: row.length }
    row.push(node)
    return node
  }
  const nodes = new Map(names.map((name) => [name, add(name, depth.get(name) ?? 0, false)]))
  const lines: (readonly [Placed, Placed])[] = []
  for (const name of names) {
    const to = nodes.get(name)
    for (const from of upstream.get(name) ?? []) {
      let last = nodes.get(from)
      if (!last || !to) continue
      while (last.layer + 1 < to.layer) {
        const bend: Placed = add(`${from} → ${name}`, last.layer + 1, true)
        lines.push([last, bend])
        last = bend
      }
      lines.push([last, to])
    }
  }
  untangle(layers, lines)
  return { layers, lines }
}

function depths(names: readonly string[], upstream: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const depth = new Map<string, number>()
  const visit = (name: string): number => {
    const known = depth.get(name)
    if (known !== undefined) return known
    const below = (upstream.get(name) ?? []).filter((other) => names.includes(other))
    const found = below.length === 0 ? 0 : Math.max(...below.map(visit)) + 1
    depth.set(name, found)
    return found
  }
  names.forEach(visit)
  return depth
}

function untangle(layers: readonly Placed[][], lines: readonly (readonly [Placed, Placed])[]): void {
  const before = Map.groupBy(lines, ([, to]) => to)
  const after = Map.groupBy(lines, ([from]) => from)
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0
    for (const layer of forward ? layers : layers.toReversed()) {
      const centre = new Map(
        layer.map((node) => {
          const near = forward
            ? before.get(node)?.map(([from]) => from.place)
            : after.get(node)?.map(([, to]) => to.place)
          return [node, near?.length ? near.reduce((sum, place) => sum + place, 0) / near.length : node.place]
        }),
      )
      layer.sort((one, other) => (centre.get(one) ?? 0) - (centre.get(other) ?? 0) || one.place - other.place)
      layer.forEach((node, place) => (node.place = place))
    }
  }
}
