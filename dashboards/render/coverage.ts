import { metrics } from '../../models/metrics/catalogue.ts'
import type { Answer } from '../../models/metrics/metric.ts'
import type { Speech } from '../words/speech.ts'
import type { View } from './view.ts'

/** '83 % of tasks have hours', or undefined where the figure is always complete. */
export function coverageWords(metric: string, answer: Answer, speech: Speech): string | undefined {
  const share = answer.evidence.coverage[metric]?.share
  if (share === undefined || share === null) return undefined
  const of = metrics[metric]
  if (of === undefined || !('mart' in of) || of.coverage === undefined) return undefined
  return speech.say('coverage_of', {
    share: speech.figure(roundedDown(share), 'share'),
    words: speech.pick(of.coverage.words),
  })
}

/** Whether too few of the records behind a figure have what it needs. */
export function isThin(metric: string, answer: Answer, view: View): boolean {
  const share = answer.evidence.coverage[metric]?.share
  return share !== undefined && share !== null && share < view.coverageThreshold
}

/** Nothing short of complete reads as 100 %. */
function roundedDown(share: number): number {
  return Math.floor(share * 1000) / 1000
}
