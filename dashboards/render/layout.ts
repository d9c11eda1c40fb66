import { html, raw } from 'hono/html'
import { hrefWith } from '../filters.ts'
import type { Html } from '../page.ts'
import { languages } from '../../entities/language.ts'
import { themes } from '../preferences.ts'
import type { WordKey } from '../words/en.ts'
import type { View } from './view.ts'

/** The pages of the navigation, in its order. */
export const pages: readonly { path: string; title: WordKey }[] = [
  { path: '/customers', title: 'customers_title' },
  { path: '/classes', title: 'classes_title' },
  { path: '/sales', title: 'sales_title' },
  { path: '/leads', title: 'leads_title' },
  { path: '/receivables', title: 'receivables_title' },
  { path: '/costs', title: 'costs_title' },
  { path: '/policy', title: 'policy_title' },
  { path: '/explore', title: 'explore_title' },
  { path: '/records', title: 'records_title' },
  { path: '/dealers', title: 'dealers_title' },
  { path: '/reports', title: 'reports_title' },
  { path: '/restatements', title: 'restatements_title' },
  { path: '/alerts', title: 'alerts_title' },
  { path: '/pipelines', title: 'pipelines_title' },
]

const languageNames = { en: 'English', zh: '中文' } as const
const documentLanguages = { en: 'en', zh: 'zh-CN' } as const

/** A whole document: head, header with navigation, the page, footer. */
export function layout(view: View, title: string, body: Html | readonly Html[]): Html {
  const { speech, preferences, assets, company } = view
  return html`${raw('<!doctype html>')}
    <html lang="${documentLanguages[speech.language]}" data-theme="${preferences.theme}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="${preferences.theme === 'auto' ? 'light dark' : preferences.theme}" />
        <title>${title} – ${company.name} – ${speech.say('product')}</title>
        <link rel="icon" href="${assets.icon}" type="image/svg+xml" />
        <link rel="stylesheet" href="${assets.css}" />
        <script type="module" src="${assets.js}"></script>
      </head>
      <body>
        <a class="skip" href="#content">${speech.say('skip')}</a>
        ${header(view)}
        <main id="content" tabindex="-1">${body}</main>
        <footer class="foot">
          <p>${speech.say('product')} – ${speech.say('product_about')}</p>
          ${view.docs ? html`<p><a href="/docs">${speech.say('api_title')}</a></p>` : ''}
        </footer>
      </body>
    </html>`
}

function header(view: View): Html {
  const { speech, url, company, opens } = view
  return html`<header class="head">
      <div class="head-inner">
        <a class="brand" href="/"><span class="mark" aria-hidden="true"></span>${speech.say('product')}</a>
        <span class="company">${company.name}</span>
        ${
          view.person === null
            ? ''
            : html`<nav aria-label="${speech.say('main_navigation')}">
                <ul class="pages">
                  ${pages.filter(({ path }) => opens(path)).map(({ path, title }) => link(path, speech.say(title), path === url.pathname && 'page'))}
                </ul>
              </nav>`
        }
        <div class="choices">${themeChoice(view)} ${languageChoice(view)} ${account(view)}</div>
      </div>
    </header>
    ${view.sample ? html`<aside class="sample"><p>${speech.say('sample_company')}</p></aside>` : ''}`
}

function link(href: string, text: string, current: 'page' | 'true' | false, lang?: string): Html {
  const mark = current === false ? '' : raw(` aria-current="${current}"`)
  const language = lang === undefined ? '' : html` lang="${lang}" hreflang="${lang}"`
  return html`<li><a href="${href}" ${language}${mark}>${text}</a></li>`
}

/** Who is signed in, and the way out. A form, so that no link and no picture of another site signs anybody out. */
function account({ speech, url, person }: View): Html | string {
  if (person === undefined || person === null) return ''
  return html`<nav class="account" aria-label="${speech.say('account')}">
    <ul class="pages">
      ${person.manages ? link('/users', speech.say('users_title'), url.pathname === '/users' && 'page') : ''}
      ${link('/account', person.name, url.pathname === '/account' && 'page')}
    </ul>
    <form method="post" action="/sign-out">
      <button type="submit">${speech.say('sign_out')}</button>
    </form>
  </nav>`
}

function themeChoice({ speech, url, preferences }: View): Html {
  return html`<nav aria-label="${speech.say('theme')}">
    <ul class="choice">
      ${themes.map((theme) =>
        link(hrefWith(url, { theme }), speech.say(`theme_${theme}`), theme === preferences.theme && 'true'),
      )}
    </ul>
  </nav>`
}

function languageChoice({ speech, url }: View): Html {
  return html`<nav aria-label="${speech.say('language')}">
    <ul class="choice">
      ${languages.map((lang) =>
        link(hrefWith(url, { lang }), languageNames[lang], lang === speech.language && 'true', documentLanguages[lang]),
      )}
    </ul>
  </nav>`
}
