import { html, raw } from 'hono/html'
import type { ReportSettings } from '../../config/reports.ts'
import type { Exploration } from '../../models/metrics/exploration.ts'
import type { Html } from '../page.ts'
import type { ReportFormat } from '../reports/render.ts'
import type { View } from '../render/view.ts'

const FORMATS = ['mail', 'pdf', 'xlsx', 'csv'] as const satisfies readonly ReportFormat[]

/** A report as the form has it: all text, as it was typed. */
export interface ReportFields {
  readonly report: string
  readonly title_en: string
  readonly title_zh: string
  readonly pages: string
  readonly saved: readonly string[]
  readonly cron: string
  readonly zone: string
  readonly on: string
  readonly to: string
  readonly formats: readonly string[]
  readonly doubtful: string
  readonly language: string
}

export interface FormShown {
  readonly fields: ReportFields
  /** Saved explorations that the reader knows of. */
  readonly explorations: readonly Exploration[]
  readonly open: boolean
}

export const EMPTY: ReportFields = {
  report: '',
  title_en: '',
  title_zh: '',
  pages: '',
  saved: [],
  cron: '',
  zone: '',
  on: '',
  to: '',
  formats: ['mail', 'pdf'],
  doubtful: 'say',
  language: 'en',
}

/** A form on which a report is written or changed. */
export function reportForm({ fields, explorations, open }: FormShown, { speech }: View): Html {
  const line = (name: keyof ReportFields, words: Parameters<typeof speech.say>[0], required: boolean): Html =>
    html`<label>
      <span>${speech.say(words)}</span>
      <input name="${name}" value="${String(fields[name])}" ${required ? raw('required') : ''} />
    </label>`
  const text = (name: 'pages' | 'to', words: Parameters<typeof speech.say>[0]): Html =>
    html`<label>
      <span>${speech.say(words)}</span>
      <textarea name="${name}" rows="3">${fields[name]}</textarea>
    </label>`
  const choice = (
    name: 'on' | 'doubtful' | 'language',
    words: Parameters<typeof speech.say>[0],
    options: readonly (readonly [string, string])[],
  ): Html =>
    // prettier-ignore
    html`<label>
      <span>${speech.say(words)}</span>
      <select name="${name}">
        ${options.map(([value, said]) => html`<option value="${value}" ${fields[name] === value ? raw('selected') : ''}>${said}</option>`)}
      </select>
    </label>`
  const ticks = (
    name: 'formats' | 'saved',
    words: Parameters<typeof speech.say>[0],
    options: readonly (readonly [string, string])[],
  ): Html | string =>
    // prettier-ignore
    options.length === 0
      ? ''
      : html`<fieldset class="roles">
          <legend>${speech.say(words)}</legend>
          ${options.map(
            ([value, said]) =>
              html`<label class="tick">
                <input type="checkbox" name="${name}" value="${value}" ${fields[name].includes(value) ? raw('checked') : ''} />
                <span>${said}</span>
              </label>`,
          )}
        </fieldset>`
  const known = explorations.map(({ exploration_id: id, name }) => [id, name] as const)
  const others = fields.saved
    .filter((saved) => !known.some(([id]) => id === saved))
    .map((saved) => [saved, speech.say('report_saved_of_other')] as const)
  return html`<section class="card" id="report-form">
    <details ${open ? raw('open') : ''}>
      <summary>${speech.say('report_write')}</summary>
      <form method="post" action="/reports" class="stacked">
        ${line('report', 'report_short_name', true)} ${line('title_en', 'report_title_en', true)}
        ${line('title_zh', 'report_title_zh', true)} ${text('pages', 'report_pages_field')}
        ${ticks('saved', 'report_saved_field', [...known, ...others])} ${line('cron', 'report_cron_field', false)}
        ${line('zone', 'report_zone_field', false)}
        ${choice('on', 'report_on_field', [
          ['', speech.say('report_on_all')],
          ['working_days', speech.say('report_daily_on')],
          ['first_working_day', speech.say('report_first_on')],
        ])}
        ${text('to', 'report_to_field')}
        ${ticks(
          'formats',
          'report_formats_field',
          FORMATS.map((format) => [format, speech.say(`report_format_${format}`)]),
        )}
        ${choice('doubtful', 'report_doubtful_field', [
          ['say', speech.say('report_doubtful_say')],
          ['wait', speech.say('report_doubtful_wait')],
          ['operator', speech.say('report_doubtful_operator')],
        ])}
        ${choice('language', 'report_language_field', [
          ['en', 'English'],
          ['zh', '中文'],
        ])}
        <button type="submit" name="do" value="write">${speech.say('report_save')}</button>
      </form>
    </details>
  </section>`
}

/** The fields as settings, still to be checked. */
export function settingsFrom(fields: ReportFields): unknown {
  const lines = (text: string): string[] => text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '') // prettier-ignore
  const { cron, zone, on, doubtful } = fields
  return {
    title: { en: fields.title_en.trim(), zh: fields.title_zh.trim() },
    parts: [...lines(fields.pages), ...fields.saved.map((saved) => ({ saved }))],
    ...(cron.trim() === ''
      ? {}
      : { schedule: { cron: cron.trim(), ...(zone.trim() && { timeZone: zone.trim() }), ...(on && { on }) } }),
    to: lines(fields.to).map((text) => {
      const [first = '', as = ''] = text.split(/\s+/)
      return first.includes('@') ? { address: first, as } : { role: first }
    }),
    formats: fields.formats,
    whenDoubtful: doubtful === 'wait' ? { waitHours: WAIT_HOURS } : doubtful,
    language: fields.language,
  }
}

const WAIT_HOURS = 6

/** Settings as the form shows them. */
export function fieldsOf(report: string, settings: ReportSettings): ReportFields {
  const { title, parts, schedule, to, formats = ['mail', 'pdf'], whenDoubtful = 'say', language = 'en' } = settings
  return {
    report,
    title_en: title.en,
    title_zh: title.zh,
    pages: parts.filter((part) => typeof part === 'string').join('\n'),
    saved: parts.flatMap((part) => (typeof part === 'object' && 'saved' in part ? [part.saved] : [])),
    cron: schedule?.cron ?? '',
    zone: schedule?.timeZone ?? '',
    on: schedule?.on ?? '',
    to: to.flatMap((one) => ('role' in one ? [one.role] : 'address' in one ? [`${one.address} ${one.as}`] : [])).join('\n'), // prettier-ignore
    formats,
    doubtful: typeof whenDoubtful === 'object' ? 'wait' : whenDoubtful,
    language,
  }
}
