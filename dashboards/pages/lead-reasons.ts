import type { Answer, Unit } from '../../models/metrics/metric.ts'
import { figureOf, labelColumn, unitOf, type AnswerRow } from '../charts/rows.ts'
import { en, type WordKey } from '../words/en.ts'
import type { Speech } from '../words/speech.ts'

const isWord = (key: string): key is WordKey => Object.hasOwn(en, key)

/** Why a lead is one, in words: the signal is a code, its details fill the sentence. */
export function reasonOf(row: AnswerRow, answer: Answer, speech: Speech): string {
  const key = `lead_reason_${String(row['lead_signal'])}`
  if (!isWord(key)) return String(row['lead_signal'])
  const told = row['lead_told']
  const basis = `lead_basis_${String(told)}`
  const figure = (name: string, unit: Unit = unitOf(name)): string => speech.figure(figureOf(row, name), unit)
  const day = row['lead_told_on']
  return speech.say(key, {
    object: String(row[labelColumn(answer, 'lead_object')] ?? row['lead_object']),
    days: figure('lead_told_days'),
    count: figure('lead_told_count'),
    share: figure('lead_told_share'),
    text: told === null || told === undefined ? '–' : String(told),
    basis: isWord(basis) ? speech.say(basis) : '–',
    day: typeof day === 'string' ? speech.day(day) : '–',
  })
}
