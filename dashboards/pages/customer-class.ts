import { html } from 'hono/html'
import { dimensions } from '../../models/metrics/catalogue.ts'
import type { Answer } from '../../models/metrics/metric.ts'
import { valueWords } from '../charts/rows.ts'
import { finding, list, type Html, type Place } from '../page.ts'
import type { Speech } from '../words/speech.ts'
import { orderForm } from './pipeline-orders.ts'

/** The class a person set and until when, and the forms to set one or to end it. */
function setByHand(answer: Answer, speech: Speech, place: Place): Html {
  const [row] = answer.rows
  if (row === undefined || answer.total !== 1) return html``
  const customer_id = String(row['customer'])
  const given = String(row['override_class'])
  const until = String(row['override_until'] ?? '')
  const computed = valueWords('computed_class', row['computed_class'], speech)
  const isSet = given !== 'none'
  const why = html`<label class="long"
    ><span>${speech.say('order_reason')}</span
    ><input name="reason" data-field required maxlength="1000" autocomplete="off"
  /></label>`
  const refused = 'decision_refused'
  return html`<section class="card" id="set-class" aria-labelledby="set-class-title">
    <h2 id="set-class-title">${speech.say('class_set_title')}</h2>
    <p>
      ${
        isSet
          ? speech.say('class_set_holds', {
              class: valueWords('effective_class', given, speech),
              by: String(row['override_by']),
              until: speech.day(until),
              reason: String(row['override_reason']),
              computed,
            })
          : speech.say('class_set_none', { computed })
      }
    </p>
    ${
      place.orders
        ? html`${
              isSet
                ? html`<details class="decide">
                    <summary>${speech.say('class_end')}</summary>
                    ${orderForm({ classify: { customer_id } }, { button: speech.say('class_end_now'), fields: why, refused }, { speech })}
                  </details>`
                : ''
            }
            <details class="decide">
              <summary>${speech.say(isSet ? 'class_set_other' : 'class_set')}</summary>
              ${orderForm(
                { classify: { customer_id } },
                { button: speech.say('class_set_now'), fields: html`${fields(answer, speech)} ${why}`, refused },
                { speech },
              )}
            </details>`
        : ''
    }
  </section>`
}

function fields(answer: Answer, speech: Speech): Html {
  const classes = dimensions['computed_class']?.values ?? {}
  return html`<label
      ><span>${speech.say('class_set_class')}</span
      ><select name="class" data-field required>
        ${Object.entries(classes).map(([name, words]) => html`<option value="${name}">${speech.pick(words)}</option>`)}
      </select></label
    >
    <label
      ><span>${speech.say('class_set_until')}</span
      ><input type="date" name="until" data-field required min="${dayAfter(answer.evidence.as_of)}"
    /></label>`
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

/** On the page of a customer: its class as a person set it. */
export const classSet = finding(setByHand, {
  metrics: ['customer_score'],
  by: ['customer', 'computed_class', 'override_class', 'override_until', 'override_by', 'override_reason'],
  limit: 2,
})

/** Who set the class or ended that, when and why. */
export const classDecisions = list({
  name: 'class-decisions',
  title: 'class_decisions_title',
  about: 'class_decisions_about',
  asking: {
    metrics: ['class_decisions'],
    by: [
      'class_decision_id',
      'decided_class',
      'class_decision_by',
      'class_decision_until',
      'class_decision_reason',
      'class_decision_state',
    ],
    order: ['-class_decision_id'],
    limit: 20,
  },
})
