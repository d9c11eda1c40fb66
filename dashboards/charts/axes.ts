import type { Config } from 'vega-lite'
import type { Speech } from '../words/speech.ts'
import type { Palette } from './palette.ts'

/** What all charts share: type, quiet axes, no frame. */
export function chartConfig(palette: Palette): Config {
  return {
    background: 'transparent',
    font: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
    // The figure that holds the chart carries its name; marks would only add hundreds of unnamed nodes.
    aria: false,
    view: { stroke: null },
    axis: {
      labelColor: palette.muted,
      titleColor: palette.muted,
      gridColor: palette.line,
      domainColor: palette.line,
      tickColor: palette.line,
      labelFontSize: 12,
      titleFontSize: 12,
      titleFontWeight: 'normal',
      labelPadding: 6,
    },
    legend: {
      labelColor: palette.text,
      titleColor: palette.muted,
      labelFontSize: 12.5,
      titleFontSize: 12,
      symbolSize: 90,
    },
  }
}

/** Numbers of an axis in the manner of the language: 12k and 1.2M, or 1.2万 and 3亿. */
export function shortNumbers(speech: Speech): string {
  const sign = "(datum.value < 0 ? '−' : '')"
  const size = 'abs(datum.value)'
  const steps: readonly (readonly [number, string])[] =
    speech.language === 'zh'
      ? [
          [1e8, '亿'],
          [1e4, '万'],
        ]
      : [
          [1e9, 'B'],
          [1e6, 'M'],
          [1e3, 'K'],
        ]
  const parts = steps.map(([step, word]) => `${size} >= ${step} ? format(${size} / ${step}, '~r') + '${word}' : `)
  return `${sign} + (${parts.join('')}format(${size}, '~r'))`
}

/** The axis of amounts. */
export function amountAxis(speech: Speech) {
  return { tickCount: 5, labelExpr: shortNumbers(speech), domain: false, ticks: false }
}

/** Months from left to right, by their labels, as the rows stand. */
export const monthsAcross = {
  field: 'label',
  type: 'ordinal' as const,
  sort: null,
  title: null,
  axis: { labelAngle: 0, labelOverlap: 'greedy' as const, labelSeparation: 8, ticks: false, domain: false },
}
