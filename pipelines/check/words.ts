import type { CheckReport, FeedCheck, SourceCheck } from './check.ts'

/** A check report for a terminal: what fits, what does not, what that costs. */
export function describeCheck(report: CheckReport): string {
  const lines = report.sources.flatMap(describeSource)
  if (report.unfed.length > 0) lines.push('', `Not fed by any source: ${report.unfed.join(', ')}`)
  const missing = report.figures.filter(({ cost }) => cost === 'missing')
  const partial = report.figures.filter(({ cost }) => cost === 'partial')
  if (missing.length > 0)
    lines.push(
      '',
      'Figures that will be missing:',
      ...missing.map(({ words, lacks }) => `  ${words.en} ${words.zh}: needs ${lacks.join(', ')}`),
    )
  if (partial.length > 0)
    lines.push(
      '',
      'Figures that will be partial:',
      ...partial.map(({ words, lacks }) => `  ${words.en} ${words.zh}: lacks ${lacks.join(', ')}`),
    )
  lines.push('', report.fits ? 'Everything configured fits.' : 'Not everything fits. Nothing was loaded.')
  return lines.join('\n')
}

function describeSource({ source, kind, connected, feeds, lacks }: SourceCheck): string[] {
  return [
    `${source} (${kind}): ${connected ? 'connected' : 'not connected'}`,
    ...(feeds.length === 0 ? [`  no feeds yet: npm run trueworth -- sample-mapping ${source} proposes some`] : []),
    ...feeds.flatMap(describeFeed),
    ...(lacks.length === 0
      ? []
      : ['  What this system cannot give:', ...lacks.map(({ en, zh }) => `    ${en}\n    ${zh}`)]),
  ]
}

function describeFeed({ feed, entity, error, absent, problems, unmapped, sample }: FeedCheck): string[] {
  if (absent) return [`  – ${feed} → ${entity}: not there, left out`]
  const fine = error === undefined && problems.length === 0 && sample?.refusedAbove === undefined
  const lines = [`  ${fine ? '✓' : '✗'} ${feed} → ${entity}`]
  if (error !== undefined) lines.push(`      ${error}`)
  lines.push(...problems.map(({ message }) => `      ${message}`))
  if (sample !== undefined) {
    const share = `${(sample.share * 100).toFixed(1)} %`
    lines.push(`      ${sample.rows} rows tried, ${sample.rejected} would be rejected (${share})`)
    lines.push(
      ...sample.reasons.map(
        ({ column, reason, remedy, rows }) => `        ${rows} × ${column ?? 'line'}: ${reason}. ${remedy}.`,
      ),
    )
    lines.push(...sample.orders.map(({ reason, remedy }) => `      ${reason} ${remedy}`))
    if (sample.refusedAbove !== undefined)
      lines.push(
        `      More than the ${Math.round(sample.refusedAbove * 1000) / 10} % that rejectShare allows: the batch would not load. Mend the mapping or the source, or raise rejectShare of the feed.`,
      )
  }
  if (unmapped.length > 0) lines.push(`      not mapped: ${unmapped.join(', ')}`)
  return lines
}
