import { metrics } from '../../models/metrics/catalogue.ts'
import type { Words } from '../../entities/entity.ts'
import type { Answer } from '../../models/metrics/metric.ts'
import type { Speech } from '../words/speech.ts'
import type { View } from './view.ts'

/** '83 % of tasks have hours', or undefined where the figure is always complete. */
export function coverageWords(metric: string, answer: Answer, speech: Speech): string | undefined {
  const share = answer.evidence.coverage[metric]?.share
  if (share === undefined || share === null) return undefined
  const of = weakest(metric, answer)
  if (of === undefined) return undefined
  return speech.say('coverage_of', {
    share: speech.figure(roundedDown(share), 'share'),
    words: speech.pick(of),
  })
}

/** The words of what is counted: those of the metric, or of the least complete of those it stands on. */
function weakest(metric: string, { evidence }: Answer): Words | undefined {
  const of = metrics[metric]
  if (of === undefined) return undefined
  if ('mart' in of) return of.coverage?.words
  const parts = 'rankOf' in of ? [of.rankOf] : of.from
  const share = (name: string): number => evidence.coverage[name]?.share ?? Infinity
  const known = parts.flatMap((name) => {
    const words = weakest(name, { evidence } as Answer)
    return words === undefined ? [] : [{ words, share: share(name) }]
  })
  return known.toSorted((one, other) => one.share - other.share)[0]?.words
}

/** Whether too few of the records behind a figure have what it needs. */
export function isThin(metric: string, answer: Answer, view: Pick<View, 'coverageThreshold'>): boolean {
  const share = answer.evidence.coverage[metric]?.share
  return share !== undefined && share !== null && share < view.coverageThreshold
}

/** Nothing short of complete reads as 100 %. */
function roundedDown(share: number): number {
  return Math.floor(share * 1000) / 1000
}
