import { html } from 'hono/html'
import type { PolicyStatus, PolicyVersionStatus } from '../../models/metrics/what-if.ts'
import { valueWords } from '../charts/rows.ts'
import type { Html } from '../page.ts'
import { listCard, type ListColumn } from '../render/list.ts'
import type { View } from '../render/view.ts'
import type { Speech } from '../words/speech.ts'
import { classesOf } from './policy-draft.ts'
import { draftForm } from './policy-form.ts'
import { whatIfCards } from './policy-what-if.ts'
import { classWords, driverWords, poolWords, type PolicyShown } from './policy-words.ts'

type Rules = PolicyStatus['in_force']

/** The policy in force in words and numbers, what another would change, and the versions there are. */
export function policyPage(shown: PolicyShown, view: View): readonly Html[] {
  const { status } = shown
  const { speech } = view
  return [
    html`<div class="page-head">
      <div>
        <h1>${speech.say('policy_title')}</h1>
        <p class="intro">${speech.say('policy_intro')}</p>
      </div>
      <p class="as-of">
        ${speech.say('policy_in_force', { version: status.in_force.version, from: firstDay(status.in_force.from, speech) })}
      </p>
    </div>`,
    ...(shown.refused === undefined
      ? []
      : [html`<p class="fault card" role="alert" id="policy-refused">${shown.refused.words}</p>`]),
    ...(shown.found === undefined ? [] : whatIfCards(shown.found, view)),
    inForce(status, view),
    draftForm(shown, view),
    versionsCard(status.versions, view),
  ]
}

/** A policy that always held has no first day worth telling. */
function firstDay(day: string, speech: Speech): string {
  return day <= '1970-01-01' ? speech.say('policy_always') : speech.day(day)
}

function inForce(status: PolicyStatus, { speech }: View): Html {
  const rules = status.in_force
  const { score } = rules
  return html`<section class="card" id="in-force" aria-labelledby="in-force-title">
    <h2 id="in-force-title">${speech.say('policy_now_title')}</h2>
    <div class="policy-columns">
      <div>
        <h3>${speech.say('policy_score')}</h3>
        <p>${speech.say('policy_score_about')}</p>
        ${components(score.components, speech)}
        ${
          score.indirect === undefined
            ? ''
            : html`<h4>${speech.say('policy_indirect')}</h4>
                ${components(score.indirect, speech)}`
        }
        <p>
          ${speech.say('policy_bands', {
            vip: speech.figure(score.bands.VIP, 'number'),
            key: speech.figure(score.bands.key, 'number'),
            hysteresis: speech.figure(score.hysteresis, 'number'),
            months: speech.figure(score.newMonths, 'count'),
          })}
        </p>
      </div>
      <div>
        <h3>${speech.say('policy_pools')}</h3>
        <p>${speech.say('policy_pools_about')}</p>
        <ol>
          ${rules.costPools.map((pool) => html`<li>${poolWords(pool, speech)}: ${driverWords(pool.driver, speech)}</li>`)}
        </ol>
        <p>
          ${speech.say('policy_costs', {
            method: valueWords('support_method', rules.supportMethod, speech),
            capacity: speech.figure(rules.practicalCapacity, 'share'),
            factor: speech.figure(rules.hourlyCostFactor, 'number'),
          })}
        </p>
      </div>
      <div>
        <h3>${speech.say('policy_classes')}</h3>
        <p>${speech.say('policy_classes_about')}</p>
        <ul>
          ${classesOf(status).map((name) => html`<li>${classWords(name, speech)}: ${serviceWords(rules, name, speech)}</li>`)}
        </ul>
      </div>
    </div>
  </section>`
}

function components(all: Rules['score']['components'], speech: Speech): Html {
  return html`<ul>
    ${all.map(
      ({ measure, weight, better }) =>
        html`<li>
          <strong>${speech.figure(weight, 'share')}</strong> ${valueWords('score_measure', measure, speech)}
          (${speech.say(better === 'more' ? 'policy_more' : 'policy_less')})
        </li>`,
    )}
  </ul>`
}

function serviceWords(rules: Rules, name: string, speech: Speech): string {
  const promise = rules.promises[name] ?? rules.promises['default']
  const charge = rules.visitCharges[name] ?? rules.visitCharges['default'] ?? 0
  return speech.list([
    promise === undefined
      ? speech.say('policy_no_promise')
      : speech.say(`policy_${promise.kind}`, {
          hours: 'hours' in promise ? speech.figure(promise.hours, 'number') : '',
        }),
    charge > 0
      ? speech.say('policy_charge', { amount: speech.figure(charge, 'money') })
      : speech.say('policy_goodwill'),
  ])
}

function versionsCard(versions: readonly PolicyVersionStatus[], view: View): Html {
  const { speech } = view
  const columns: readonly ListColumn<PolicyVersionStatus>[] = [
    { title: speech.say('policy_version'), cell: ({ version }) => version },
    { title: speech.say('policy_from'), cell: ({ from }) => firstDay(from, speech) },
    {
      title: speech.say('policy_saved_at'),
      cell: ({ decided_at }) => (decided_at === null ? speech.say('policy_configured') : speech.instant(decided_at)),
    },
    { title: speech.say('decision_by'), cell: ({ decided_by }) => decided_by ?? '–' },
    { title: speech.say('order_reason'), cell: ({ reason }) => reason ?? '', wide: true },
    {
      title: speech.say('policy_state'),
      cell: ({ replaced }) => speech.say(replaced ? 'policy_replaced' : 'policy_counts'),
    },
  ]
  return listCard(
    {
      name: 'versions',
      title: speech.say('policy_versions'),
      about: speech.say('policy_versions_about'),
      rows: versions,
      columns,
      none: '',
    },
    view,
  )
}
