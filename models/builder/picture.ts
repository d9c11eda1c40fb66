import { layered, type Placed } from './layers.ts'
import type { Graph } from './model.ts'

const WIDTH = 208
const HEIGHT = 26
const COLUMN = 300
const GAP = 10
const BEND = 4
const MARGIN = 24
const FILLS: Readonly<Record<string, string>> = {
  raw: '#e7e5e4',
  staging: '#dbeafe',
  core: '#dcfce7',
  marts: '#fef3c7',
}
const OTHER = '#f3e8ff'

/** The graph as an SVG, sources on the left. Policy tables are left out: nearly everything stands on them. */
export function lineagePicture(graph: Graph): string {
  const upstream = new Map(
    graph.models.map((model) => [model.name, model.upstream.filter((name) => !name.startsWith('policy.'))]),
  )
  const names = [...new Set([...upstream.values()].flat().concat([...upstream.keys()]))].toSorted()
  const { layers, lines } = layered(names, upstream)
  const heights = layers.map((layer) => layer.reduce((sum, node) => sum + heightOf(node) + GAP, -GAP))
  const tallest = Math.max(0, ...heights)
  const tops = new Map<Placed, number>()
  for (const [index, layer] of layers.entries()) {
    let top = MARGIN + (tallest - (heights[index] ?? 0)) / 2
    for (const node of layer) {
      tops.set(node, top)
      top += heightOf(node) + GAP
    }
  }
  const middle = (node: Placed): number => (tops.get(node) ?? 0) + heightOf(node) / 2
  const width = MARGIN * 2 + Math.max(0, layers.length - 1) * COLUMN + WIDTH
  const height = tallest + MARGIN * 2
  const paths = lines.map(([from, to]) => line(from, to, middle))
  const boxes = layers
    .flat()
    .filter((node) => !node.bend)
    .map((node) => box(node, tops.get(node) ?? 0))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${round(height)}" width="${width}" height="${round(height)}" role="img" aria-label="Lineage of the models" font-family="system-ui, sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#ffffff"/>
<g fill="none" stroke="#94a3b8" stroke-width="1">
${paths.join('\n')}
</g>
${boxes.join('\n')}
</svg>
`
}

function heightOf(node: Placed): number {
  return node.bend ? BEND : HEIGHT
}

/** From the right edge of a box, across the space between layers; a bend runs straight on through its layer. */
function line(from: Placed, to: Placed, middle: (node: Placed) => number): string {
  const start = left(from) + WIDTH
  const end = left(to)
  const [y1, y2, half] = [middle(from), middle(to), (start + end) / 2]
  const through = to.bend ? ` H${end + WIDTH}` : ''
  return `<path d="M${start} ${round(y1)} C${half} ${round(y1)} ${half} ${round(y2)} ${end} ${round(y2)}${through}"/>`
}

function box(node: Placed, top: number): string {
  const x = left(node)
  const fill = FILLS[node.name.split('.')[0] ?? ''] ?? OTHER
  return `<g><title>${node.name}</title><rect x="${x}" y="${round(top)}" width="${WIDTH}" height="${HEIGHT}" rx="5" fill="${fill}" stroke="#64748b"/><text x="${x + 10}" y="${round(top + 17)}" fill="#0f172a">${node.name}</text></g>`
}

function left(node: Placed): number {
  return MARGIN + node.layer * COLUMN
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
