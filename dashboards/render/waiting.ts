import { html } from 'hono/html'
import type { Html } from '../page.ts'
import type { View } from './view.ts'

/** Beside the button of a form that may ask about a past moment: says why the answer is long in coming, once it is. */
export function waiting({ speech }: View): Html {
  return html`<output data-waiting="${speech.say('filter_waiting')}"></output>`
}
