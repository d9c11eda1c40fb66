import { explainAlert, type AlertStatus, type FiringGroup } from '../../models/metrics/alert.ts'
import { unitOf, valueWords } from '../charts/rows.ts'
import type { View } from '../render/view.ts'

export function groupWords({ by }: AlertStatus, label: string, { speech }: Pick<View, 'speech'>): string {
  if (label === '') return speech.say('alerts_whole')
  return by === null ? label : valueWords(by, label, speech)
}

export function whyWords({ metric }: AlertStatus, why: FiringGroup['why'], { speech }: Pick<View, 'speech'>): string {
  return explainAlert(why, metric === null ? 'number' : unitOf(metric), speech)
}

export function valueOf({ metric }: AlertStatus, value: number | null, { speech }: Pick<View, 'speech'>): string {
  return metric === null ? '' : speech.figure(value, unitOf(metric))
}
