import { parse, View as VegaView } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import type { ChartRow } from '../page.ts'

/** A chart over data set 'rows' as SVG, the same for the same rows: no name in it tells how many were drawn before. */
export async function drawSvg(spec: TopLevelSpec, rows: readonly ChartRow[]): Promise<string> {
  const whole = { ...spec, datasets: { rows: rows.map((row) => ({ ...row })) } } as TopLevelSpec
  const view = new VegaView(parse(compile(whole).spec), { renderer: 'none' })
  try {
    return numbered(await view.toSVG())
  } finally {
    view.finalize()
  }
}

/** Vega counts clips and gradients over the life of the process. */
function numbered(svg: string): string {
  const seen = new Map<string, string>()
  return svg.replaceAll(/\b(gradient_|clip)\d+\b/g, (name, kind: string) => {
    const known = seen.get(name) ?? `${kind}${seen.size}`
    seen.set(name, known)
    return known
  })
}
