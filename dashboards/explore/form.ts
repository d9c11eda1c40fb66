import { html, raw } from 'hono/html'
import { splitsOf } from '../../models/metrics/splits.ts'
import { subjects } from '../../models/metrics/subjects.ts'
import { dimensionWords, metricWords } from '../charts/rows.ts'
import type { Html } from '../page.ts'
import type { View } from '../render/view.ts'
import type { Building } from './building.ts'
import { fittingMetrics, usedDimensions } from './conflicts.ts'
import { filterFields } from './filter-fields.ts'
import { addressOf } from './question.ts'
import { settings } from './settings.ts'
import { without } from './settled.ts'
import { nameOf } from './words.ts'

/** Everything that can be chosen, as a form whose address is the question. */
export function exploreForm(building: Building, view: View): Html {
  const { asked } = building
  const { speech } = view
  return html`<form
    class="card explore-form"
    id="explore-form"
    method="get"
    action="/explore"
    aria-label="${speech.say('explore_form')}"
    data-explore
  >
    <p class="to-answer"><a href="#answer">${speech.say('explore_to_answer')}</a></p>
    ${figures(building, view)} ${splits(building, view)} ${filterFields(building, view)} ${settings(building, view)}
    ${asked.manner.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    ${asked.saved === undefined ? '' : html`<input type="hidden" name="exploration" value="${asked.saved}" />`}
    <p class="filter-buttons">
      <button type="submit">${speech.say('explore_apply')}</button>
      <a class="quiet-button" href="/explore">${speech.say('explore_again')}</a>
    </p>
  </form>`
}

function figures(building: Building, view: View): Html {
  const { asked, catalogue } = building
  const { speech } = view
  const { query } = asked
  const fitting = new Set([...fittingMetrics(query, catalogue), ...query.metrics])
  const left = Object.keys(catalogue.metrics).length - fitting.size
  return html`<fieldset>
    <legend>${speech.say('explore_figures')}</legend>
    ${chosen(query.metrics, building, view)} ${finder('explore-figures', view)}
    <div class="choose" id="explore-figures">
      ${subjects.map(({ words, metrics }) => {
        const names = Object.keys(metrics).filter((name) => fitting.has(name) && Object.hasOwn(catalogue.metrics, name))
        const open = names.some((name) => query.metrics.includes(name))
        return names.length === 0
          ? ''
          : html`<details ${open ? raw('open') : ''}>
              <summary>${speech.pick(words)}</summary>
              ${names.map((name) =>
                choice({
                  name: 'metrics',
                  value: name,
                  words: metricWords(name, speech),
                  about: catalogue.metrics[name] === undefined ? '' : speech.pick(catalogue.metrics[name].about),
                  checked: query.metrics.includes(name),
                }),
              )}
            </details>`
      })}
    </div>
    ${
      left === 0
        ? ''
        : html`<p class="small">
            ${speech.say('explore_figures_left', {
              count: left,
              what: speech.list(usedDimensions(query, catalogue).map((name) => dimensionWords(name, speech))),
            })}
          </p>`
    }
  </fieldset>`
}

function splits(building: Building, view: View): Html {
  const { asked, catalogue } = building
  const { speech } = view
  const { query } = asked
  const possible = query.metrics.length === 0 ? [] : splitsOf(catalogue, query.metrics)
  const names = [...new Set([...possible, ...query.by.filter((name) => Object.hasOwn(catalogue.dimensions, name))])]
  return html`<fieldset>
    <legend>${speech.say('explore_by')}</legend>
    ${chosen(query.by, building, view)}
    ${
      names.length === 0
        ? html`<p class="small">${speech.say('explore_by_first')}</p>`
        : html`${finder('explore-splits', view)}
            <div class="choose" id="explore-splits">
              ${names.map((name) =>
                choice({
                  name: 'by',
                  value: name,
                  words: dimensionWords(name, speech),
                  about: '',
                  checked: query.by.includes(name),
                }),
              )}
            </div>`
    }
  </fieldset>`
}

/** What is chosen, in its order, each with a way to take it out. */
function chosen(names: readonly string[], { asked, catalogue }: Building, { speech }: View): Html | string {
  if (names.length === 0) return ''
  return html`<ul class="chips" aria-label="${speech.say('explore_chosen')}">
    ${names.map(
      (name) =>
        html`<li>
          ${nameOf(name, speech)}
          <a
            href="${addressOf({ ...asked, query: without(asked.query, [name], catalogue) })}"
            aria-label="${speech.say('explore_take_out', { what: nameOf(name, speech) })}"
            data-within
            >✕</a
          >
        </li>`,
    )}
  </ul>`
}

/** A field that narrows a list as one types; without JavaScript it stays hidden. */
function finder(list: string, { speech }: View): Html {
  return html`<div class="finder" hidden data-scripted>
    <label>
      <span>${speech.say('explore_find')}</span>
      <input type="search" data-find="${list}" autocomplete="off" />
    </label>
    <p class="hidden" role="status" data-found data-words="${speech.say('explore_found')}"></p>
  </div>`
}

interface Choice {
  readonly name: string
  readonly value: string
  readonly words: string
  readonly about: string
  readonly checked: boolean
}

function choice({ name, value, words, about, checked }: Choice): Html {
  return html`<label class="tick" title="${about}">
    <input type="checkbox" id="${name}-${value}" name="${name}" value="${value}" ${checked ? raw('checked') : ''} />
    <span>${words}</span>
  </label>`
}
