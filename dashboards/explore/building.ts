import { html } from 'hono/html'
import type { Show } from '../../models/metrics/exploration.ts'
import type { Answer, Catalogue } from '../../models/metrics/metric.ts'
import type { Html } from '../page.ts'
import type { Asked } from './question.ts'

/** What the form is made of. */
export interface Building {
  readonly asked: Asked
  readonly catalogue: Catalogue
  readonly asOf: string
  /** How this question can be shown. */
  readonly shows: readonly Show[]
  /** Values that occur of the field a filter is being made on. */
  readonly values: Answer | undefined
}

export interface Option {
  readonly value: string
  readonly words: string
}

export function optionTag({ value, words }: Option, isChosen: boolean): Html {
  return isChosen
    ? html`<option value="${value}" selected>${words}</option>`
    : html`<option value="${value}">${words}</option>`
}
