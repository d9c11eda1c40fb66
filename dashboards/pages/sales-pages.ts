import { html, raw } from 'hono/html'
import type { Html, Place } from '../page.ts'
import type { WordKey } from '../words/en.ts'
import type { Speech } from '../words/speech.ts'

const pages: readonly { path: string; title: WordKey }[] = [
  { path: '/sales', title: 'sales_title' },
  { path: '/sales/pipeline', title: 'sales_pipeline_title' },
  { path: '/sales/orders', title: 'sales_orders_title' },
  { path: '/sales/campaigns', title: 'campaigns_title' },
  { path: '/sales/lists', title: 'lists_title' },
  { path: '/receivables', title: 'receivables_title' },
]

/** The ways between the pages about sales. */
export function salesPages(current: string, speech: Speech, { opens }: Place): Html {
  return html`<nav class="splits" aria-label="${speech.say('sales_pages')}">
    <ul>
      ${pages
        .filter(({ path }) => opens(path))
        .map(
          ({ path, title }) =>
            html`<li>
              <a href="${path}" ${path === current ? raw(' aria-current="page"') : ''}>${speech.say(title)}</a>
            </li>`,
        )}
    </ul>
  </nav>`
}
