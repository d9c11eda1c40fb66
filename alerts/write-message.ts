import { createHash } from 'node:crypto'
import type { Fault } from '../entities/faults.ts'
import type { Language } from '../entities/language.ts'
import { explainAlert } from '../models/metrics/alert.ts'
import { EFFECTS, type Change } from '../models/metrics/change.ts'
import { figureWriter } from '../models/metrics/figure-writer.ts'
import type { Answer, Catalogue, Unit } from '../models/metrics/metric.ts'
import type { Watched } from './alert.ts'
import { asHtml, asText, type Part } from './letter.ts'
import type { Telling } from './machine.ts'
import type { AlertMessage, Recipient } from './message.ts'
import { labelOf, numberOf, type Observation } from './observe.ts'
import { effectWords, fill, messageWords, type MessageWord } from './words.ts'

export interface MessageSetting {
  readonly company: { readonly name: string; readonly currency: string; readonly timeZone: string }
  readonly catalogue: Catalogue
  /** Where people open Trueworth; absent: messages have no links. */
  readonly url?: string | undefined
}

/** A group that somebody is told of. */
export interface Told {
  readonly observation: Observation
  readonly tell: Telling
  readonly firedAt: string
  /** The instant that makes this telling one of its own. */
  readonly toldAt: string
  readonly why: readonly Fault[]
  readonly change: Change | Fault | undefined
  readonly list: Answer | undefined
}

export interface Telled {
  readonly groups: readonly Told[]
  readonly to: readonly Recipient[]
  /** Who should have been told, and nobody knows an address of. */
  readonly instead: readonly string[]
  readonly asOf: string | null
  readonly version: number
  readonly readAt: string | null
  readonly quietUntil: string | undefined
}

/** Splits and lists stand in a message for so many groups; the page has them for all. */
export const MOST_DETAILS = 3
const MOST_LINES = 50

/** What an alert says of the groups that fire, to those who are told of the same ones. */
export function writeMessage(alert: Watched, telled: Telled, setting: MessageSetting): AlertMessage {
  const { groups, to, quietUntil } = telled
  const writer = new Writer(alert, setting)
  const subject = writer.subject(groups)
  const parts = writer.parts(subject, telled)
  return {
    key: keyOf(alert.name, groups, to),
    alert: alert.name,
    to,
    language: alert.language,
    subject,
    text: asText(parts),
    html: asHtml(parts, { language: alert.language, title: subject }),
    ...(quietUntil !== undefined && { quietUntil }),
  }
}

/** What its owner is told of an alert that cannot be evaluated. */
export function writeError(
  alert: Watched,
  {
    error,
    since,
    quietUntil,
  }: { readonly error: Fault; readonly since: string; readonly quietUntil: string | undefined },
  setting: MessageSetting,
): AlertMessage {
  const writer = new Writer(alert, setting)
  const subject = writer.say('in_error', { title: alert.title[alert.language] })
  const parts: Part[] = [
    { kind: 'heading', text: subject },
    { kind: 'paragraph', text: writer.say('error_about', { name: alert.name, since: writer.instant(since) }) },
    { kind: 'paragraph', text: writer.explain([error]) },
    ...writer.foot(),
  ]
  return {
    key: `${alert.name}:error:${since}`,
    alert: alert.name,
    to: [{ address: alert.owner }],
    language: alert.language,
    subject,
    text: asText(parts),
    html: asHtml(parts, { language: alert.language, title: subject }),
    ...(quietUntil !== undefined && { quietUntil }),
  }
}

/** The same for the same groups, tellings and people, however often it is written. */
function keyOf(alert: string, groups: readonly Told[], to: readonly Recipient[]): string {
  const told = groups.map(({ observation, toldAt }) => `${observation.group}@${toldAt}`).toSorted()
  const people = to.map(({ address }) => address).toSorted()
  return `${alert}:${createHash('sha256')
    .update(JSON.stringify([told, people]))
    .digest('hex')
    .slice(0, 32)}`
}

class Writer {
  readonly #alert: Watched
  readonly #setting: MessageSetting
  readonly #language: Language
  readonly #figure: (value: number | null, unit: Unit) => string
  readonly #cents: Intl.NumberFormat

  constructor(alert: Watched, setting: MessageSetting) {
    this.#alert = alert
    this.#setting = setting
    this.#language = alert.language
    this.#figure = figureWriter(alert.language, setting.company.currency)
    this.#cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  }

  say(word: MessageWord, values: Readonly<Record<string, string | number>> = {}): string {
    return fill(messageWords[word], this.#language, values)
  }

  instant(at: string): string {
    const locale = this.#language === 'zh' ? 'zh-CN' : 'en-GB'
    const { timeZone } = this.#setting.company
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(at))
  }

  explain(why: readonly Fault[]): string {
    return explainAlert(why, this.#unit, { ...this.#setting.company, language: this.#language })
  }

  subject(groups: readonly Told[]): string {
    const title = this.#alert.title[this.#language]
    const [first] = groups
    const label = first === undefined ? '' : this.#label(first)
    const subject =
      groups.length > 1
        ? this.say('several', { title, count: groups.length })
        : this.say(label === '' ? 'whole' : 'one', { title, label })
    return groups.every(({ tell }) => tell === 'again') ? this.say('again', { subject }) : subject
  }

  parts(subject: string, { groups, instead, asOf, version, readAt }: Telled): Part[] {
    const named = instead.length === 0 ? [] : [this.#paragraph('instead', { names: instead.join(', ') })]
    const detailed = groups.slice(0, MOST_DETAILS).flatMap((told) => [...this.#change(told), ...this.#list(told)])
    const rest = groups.length - MOST_LINES
    return [
      { kind: 'heading', text: subject },
      ...named,
      this.#groups(groups.slice(0, MOST_LINES)),
      ...(rest > 0 ? [this.#paragraph('more', { count: rest })] : []),
      ...detailed,
      ...(asOf === null
        ? []
        : [
            readAt === null
              ? this.#paragraph('evidence_never', { as_of: asOf, version })
              : this.#paragraph('evidence', { as_of: asOf, version, read_at: this.instant(readAt) }),
          ]),
      ...this.foot(),
    ]
  }

  foot(): Part[] {
    const { company, url } = this.#setting
    const { name, owner } = this.#alert
    const link: Part[] =
      url === undefined ? [] : [{ kind: 'link', text: this.say('open'), href: new URL('/alerts', url).href }]
    return [
      ...link,
      { kind: 'paragraph', text: this.say('told_for', { company: company.name, owner, name }), quiet: true },
    ]
  }

  get #unit(): Unit {
    return this.#alert.watches === 'figure' ? this.#unitOf(this.#alert.metric) : 'number'
  }

  #unitOf(metric: string): Unit {
    return this.#setting.catalogue.metrics[metric]?.unit ?? 'number'
  }

  #paragraph(word: MessageWord, values: Readonly<Record<string, string | number>>): Part {
    return { kind: 'paragraph', text: this.say(word, values) }
  }

  #label({ observation }: Told): string {
    const by = this.#alert.watches === 'figure' ? this.#alert.by : undefined
    return by === undefined ? observation.label : this.#value(by, observation.label)
  }

  /** The words of a value that is one of a closed list. */
  #value(dimension: string, value: Observation['row'][string] | undefined): string {
    const text = value === null || value === undefined ? '' : String(value)
    return this.#setting.catalogue.dimensions[dimension]?.values?.[text]?.[this.#language] ?? text
  }

  #words(name: string): string {
    const { metrics, dimensions } = this.#setting.catalogue
    return (metrics[name] ?? dimensions[name])?.words[this.#language] ?? name
  }

  #groups(groups: readonly Told[]): Part {
    const { watches } = this.#alert
    const more = this.#alert.watches === 'figure' ? this.#alert.with : []
    const figure = this.#alert.watches === 'figure' ? this.#alert : undefined
    const first = figure?.by === undefined ? this.say('group') : this.#words(figure.by)
    return {
      kind: 'table',
      columns: [
        { title: first },
        ...more.map((name) => ({ title: this.#words(name) })),
        ...(figure === undefined ? [] : [{ title: this.#words(figure.metric), isFigure: true }]),
        { title: this.say('why') },
      ],
      rows: groups.map((told) => {
        const { row, verdict } = told.observation
        const label = this.#label(told) || this.#alert.title[this.#language]
        const value = watches === 'figure' ? [this.#figure(verdict.value, this.#unit)] : []
        return [label, ...more.map((name) => this.#value(name, shownOf(row, name))), ...value, this.explain(told.why)]
      }),
    }
  }

  /** Was, what lies between, is: they sum to the cent. */
  #change(told: Told): Part[] {
    const { change } = told
    if (change === undefined || this.#alert.watches !== 'figure') return []
    const metric = this.#words(this.#alert.metric)
    const label = this.#label(told)
    const title = label === '' ? this.say('split_whole', { metric }) : this.say('split_of', { metric, label })
    if ('code' in change) return [this.#paragraph('split_failed', { text: this.explain([change]) })]
    const months = ({ first, last }: Change['from']): string => `${first.slice(0, 7)}–${last.slice(0, 7)}`
    const money = (value: number): string => this.#cents.format(value).replace('-', '−')
    const effects = EFFECTS.filter((effect) => effect !== 'late' || change.grace_days !== null)
    return [
      { kind: 'paragraph', text: title },
      {
        kind: 'table',
        columns: [{ title: metric }, { title: this.#setting.company.currency, isFigure: true }],
        rows: [
          [this.say('was', { period: months(change.from) }), money(change.was)],
          ...effects.map((effect) => [effectWords[effect][this.#language], money(change[effect])]),
          [this.say('is', { period: months(change.to) }), money(change.is)],
        ],
        hasTotal: true,
      },
    ]
  }

  #list(told: Told): Part[] {
    const { list } = told
    if (list === undefined || this.#alert.watches !== 'figure' || this.#alert.list === undefined) return []
    const { by, metrics } = this.#alert.list
    return [
      { kind: 'paragraph', text: this.say('list_of', { label: this.#label(told) }) },
      {
        kind: 'table',
        columns: [
          ...by.map((name) => ({ title: this.#words(name) })),
          ...metrics.map((name) => ({ title: this.#words(name), isFigure: true })),
        ],
        rows: list.rows.map((row) => [
          ...by.map((name) => this.#value(name, labelOf(list, name, row))),
          ...metrics.map((name) => this.#figure(numberOf(row[name]), this.#unitOf(name))),
        ]),
      },
      ...(list.total > list.rows.length
        ? [this.#paragraph('list_more', { shown: list.rows.length, total: list.total })]
        : []),
    ]
  }
}

/** The words an answer shows for a value, else the value. */
export function shownOf(row: Observation['row'], name: string): Observation['row'][string] | undefined {
  const label = Object.keys(row).find((column) => column.startsWith(`${name}_label`))
  return (label === undefined ? undefined : row[label]) ?? row[name]
}
