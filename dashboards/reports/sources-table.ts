import type { Answer, Evidence } from '../../models/metrics/metric.ts'
import { metricWords } from '../charts/rows.ts'
import { coverageWords } from '../render/coverage.ts'
import type { Speech } from '../words/speech.ts'
import type { ReportCell, ReportTable } from './document.ts'

interface Grounds {
  /** Clocks and versions, in words and as they are. */
  readonly facts: readonly { readonly words: string; readonly cell: ReportCell }[]
  readonly answers: readonly Answer[]
}

/** What a report stands on: its clocks and versions, each source with its age, the coverage of each metric. */
export function sourcesTable({ facts, answers }: Grounds, speech: Speech): ReportTable {
  const kind = { fact: textCell(speech.say('report_fact')), source: textCell(speech.say('feed_source')), figure: textCell(speech.say('report_figure')) } // prettier-ignore
  const rows = [
    ...facts.map(({ words, cell }) => [kind.fact, textCell(words), cell, textCell('')]),
    ...sourcesOf(answers).map((source) => [kind.source, textCell(source.source), readCell(source, speech), stateCell(source, speech)]), // prettier-ignore
    ...figuresOf(answers, speech).map(({ words, coverage, stands }) => [kind.figure, textCell(words), textCell(coverage), textCell(stands)]), // prettier-ignore
  ]
  const column = (name: string, words: string) => ({ name, words, kind: 'words' as const })
  return {
    name: 'sources',
    title: speech.say('evidence'),
    about: '',
    columns: [
      column('what', speech.say('report_what')),
      { ...column('name', speech.say('report_name')), kind: 'name' },
      column('known', speech.say('report_known')),
      column('state', speech.say('report_stands')),
    ],
    rows,
    total: rows.length,
  }
}

/** Every source that an answer was made of. */
export function sourcesOf(answers: readonly Answer[]): readonly Evidence['sources'][number][] {
  const all = answers.flatMap(({ evidence }) => evidence.sources)
  return [...new Map(all.map((source) => [source.source, source])).values()]
}

function figuresOf(answers: readonly Answer[], speech: Speech) {
  const asked = new Map(
    answers.flatMap((answer) => answer.columns.flatMap(({ kind, name }) => (kind === 'metric' ? [[name, answer] as const] : []))), // prettier-ignore
  )
  const told = [...asked].map(([metric, answer]) => {
    const { sources = [], stale = false, entry_lag_days: lag = null } = answer.evidence.figures[metric] ?? {}
    const late = lag === null ? [] : [speech.say('evidence_entry_lag', { days: speech.figure(Math.round(10 * lag) / 10, 'number') })] // prettier-ignore
    const stands = [speech.list(sources), ...late, ...(stale ? [speech.say('evidence_stale')] : [])]
    return {
      words: metricWords(metric, speech),
      coverage: coverageWords(metric, answer, speech) ?? '',
      stands: stands.filter((words) => words !== '').join(' · '),
    }
  })
  return told.filter(({ coverage, stands }) => coverage !== '' || stands !== '')
}

const textCell = (text: string): ReportCell => ({ value: text, text })

function readCell({ read_at }: Evidence['sources'][number], speech: Speech): ReportCell {
  return read_at === null
    ? textCell(speech.say('evidence_never'))
    : { value: read_at, text: speech.say('report_read_at', { at: speech.instant(read_at) }) }
}

const stateCell = ({ stale }: Evidence['sources'][number], speech: Speech): ReportCell =>
  textCell(speech.say(stale ? 'evidence_stale' : 'feed_fresh'))
