import * as vega from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import type { ChartRow } from '../page.ts'
import { textWidth } from './letters.ts'

/**
 * Without a screen Vega takes every letter for four fifths of its height: too much for Latin ones, too little for Chinese ones.
 * Its own hook for measuring, which its types leave out.
 */
const { textMetrics } = vega as unknown as {
  readonly textMetrics: { width: (item: { readonly fontSize?: number }, text: string | number | null) => number }
}
textMetrics.width = ({ fontSize = 11 }, text) => fontSize * textWidth(`${text ?? ''}`)

/** What Vega-Lite makes of a spec by itself is no fault that anybody can mend. */
const logger = vega.logger(vega.Error)

export type Draw = (spec: TopLevelSpec, rows: readonly ChartRow[]) => Promise<string>

/** A chart over data set 'rows' as SVG, the same for the same rows: no name in it tells how many were drawn before. */
export const drawSvg: Draw = async (spec, rows) => {
  const whole = { ...spec, datasets: { rows: rows.map((row) => ({ ...row })) } } as TopLevelSpec
  const view = new vega.View(vega.parse(compile(whole, { logger }).spec), { renderer: 'none' })
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
