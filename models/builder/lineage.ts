import type { Graph } from './model.ts'

export interface LineageOptions {
  /** Only this model and what it stands on. Default: every model that nothing reads. */
  readonly of?: string
}

/** What each model stands on, as a tree of lines, down to raw and policy tables. A branch already shown ends in '…'. */
export function lineageText(graph: Graph, { of }: LineageOptions = {}): string {
  const upstream = new Map(graph.models.map((model) => [model.name, model.upstream]))
  const read = new Set(graph.models.flatMap((model) => model.upstream))
  const roots = of === undefined ? graph.models.map(({ name }) => name).filter((name) => !read.has(name)) : [of]
  const shown = new Set<string>()
  const lines: string[] = []
  const branch = (name: string, before: string, after: string): void => {
    const below = upstream.get(name) ?? []
    const again = shown.has(name) && below.length > 0
    lines.push(`${before}${name}${again ? ' …' : ''}`)
    shown.add(name)
    if (again) return
    for (const [index, next] of below.entries()) {
      const last = index === below.length - 1
      branch(next, `${after}${last ? '└─ ' : '├─ '}`, `${after}${last ? '   ' : '│  '}`)
    }
  }
  for (const root of roots.toSorted()) branch(root, '', '')
  return `${lines.join('\n')}\n`
}

export interface ModelColumn {
  readonly model: string
  readonly column: string
  /** DuckDB type. */
  readonly type: string
  readonly about: string
  /** Part of the grain. */
  readonly key: boolean
}

/** Every column of every model, or of one. */
export function modelColumns(graph: Graph, of?: string): ModelColumn[] {
  return graph.models
    .filter((model) => of === undefined || model.name === of)
    .flatMap((model) =>
      Object.entries(model.columnTypes).map(([column, type]) => ({
        model: model.name,
        column,
        type,
        about: model.abouts[column] ?? '',
        key: model.grain.includes(column),
      })),
    )
}
