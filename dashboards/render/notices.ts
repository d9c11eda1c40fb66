import { html } from 'hono/html'
import type { Html } from '../page.ts'
import type { WordKey } from '../words/en.ts'
import type { View } from './view.ts'

/** What a page says before any figures have been published, and what to do. */
export function emptyNotice({ speech }: View, title?: WordKey): Html {
  return html`${title === undefined ? '' : html`<h1>${speech.say(title)}</h1>`}
    <section class="card notice">
      <h2>${speech.say('empty_title')}</h2>
      <p>${speech.say('empty_about')}</p>
      <p>${speech.say('empty_command')} <code>npm run trueworth -- run</code></p>
      <p><a href="/pipelines">${speech.say('empty_watch')}</a></p>
    </section>`
}

const notices: Readonly<Record<number, readonly [WordKey, WordKey]>> = {
  400: ['bad_question_title', 'bad_question_about'],
  403: ['forbidden_title', 'forbidden_about'],
  404: ['not_found_title', 'not_found_about'],
  413: ['too_large_title', 'too_large_about'],
  500: ['failed_title', 'failed_about'],
}

/** The words for a status: title and what to do. Nothing of the inside of the program. */
export function noticeWords(status: number): readonly [WordKey, WordKey] {
  return notices[status] ?? notices[status >= 500 ? 500 : 400] ?? ['failed_title', 'failed_about']
}

export function errorNotice(status: number, { speech, url }: View, why?: string): Html {
  const [title, about] = noticeWords(status)
  const again = title === 'bad_question_title'
  return html`<section class="card notice">
    <h1>${speech.say(title)}</h1>
    <p>${speech.say(about)}</p>
    ${why === undefined ? '' : html`<p>${why}</p>`}
    ${again ? html`<p><a href="${url.pathname}">${speech.say('bad_question_again')}</a></p>` : ''}
  </section>`
}
