import { html } from 'hono/html'
import type { User } from '../../users/user.ts'
import type { Token } from '../../users/users.ts'
import type { Html } from '../page.ts'
import { listCard } from '../render/list.ts'
import type { View } from '../render/view.ts'
import type { WordKey } from '../words/en.ts'
import { roleWords } from './users.ts'

export interface AccountShown {
  readonly user: User
  readonly tokens: readonly Token[]
  readonly leastPassword: number
  /** The text of a token that was just made. */
  readonly made?: string
  readonly done?: WordKey
  readonly problem?: string
}

/** One's own password and tokens. */
export function accountPage(shown: AccountShown, view: View): readonly Html[] {
  const { user, made, done, problem } = shown
  const { speech } = view
  const roles = speech.list(user.roles.map((role) => roleWords(role, speech)))
  return [
    html`<div class="page-head">
      <div>
        <h1>${user.name}</h1>
        <p class="intro">${speech.say('account_about', { email: user.email, roles })}</p>
      </div>
    </div>`,
    html`${problem === undefined ? '' : html`<p class="warning" role="alert">${problem}</p>`}
    ${done === undefined ? '' : html`<p role="status">${speech.say(done)}</p>`}
    ${
      made === undefined
        ? ''
        : html`<div class="card" role="status">
            <p>${speech.say('token_made')}</p>
            <p><code class="token">${made}</code></p>
          </div>`
    }`,
    passwordCard(shown, view),
    tokensCard(shown, view),
  ]
}

function passwordCard({ user, leastPassword }: AccountShown, { speech }: View): Html {
  const has = user.proofs.includes('credential')
  return html`<section class="card" aria-labelledby="password-title">
    <h2 id="password-title">${speech.say('account_password_title')}</h2>
    <p>${speech.say(has ? 'account_password_about' : 'account_password_none')}</p>
    ${
      has
        ? html`<form class="stacked" method="post" action="/account">
            <input type="hidden" name="do" value="password" />
            <label>
              <span>${speech.say('account_present')}</span>
              <input type="password" name="present" autocomplete="current-password" required />
            </label>
            <label>
              <span>${speech.say('account_next', { least: leastPassword })}</span>
              <input type="password" name="next" autocomplete="new-password" minlength="${leastPassword}" required />
            </label>
            <button type="submit">${speech.say('account_change')}</button>
          </form>`
        : ''
    }
  </section>`
}

function tokensCard({ tokens }: AccountShown, view: View): Html {
  const { speech } = view
  const list = listCard(
    {
      name: 'tokens',
      title: speech.say('tokens_title'),
      about: speech.say('tokens_about'),
      rows: tokens,
      none: speech.say('tokens_none'),
      columns: [
        { title: speech.say('token_name'), cell: ({ name }) => name },
        { title: speech.say('token_start'), cell: ({ start }) => html`<code>${start}…</code>` },
        { title: speech.say('token_made_at'), cell: (token) => speech.instant(token.created_at) },
        { title: speech.say('token_expires'), cell: (token) => instantOr(token.expires_at, view) },
        { title: speech.say('token_used'), cell: (token) => instantOr(token.used_at, view) },
        { title: speech.say('token_do'), cell: (token) => revokeForm(token, view) },
      ],
    },
    view,
  )
  return html`${list}
    <form class="filters card" method="post" action="/account" aria-label="${speech.say('token_make')}">
      <input type="hidden" name="do" value="token" />
      <label>
        <span>${speech.say('token_name')}</span>
        <input name="name" maxlength="32" autocomplete="off" required />
      </label>
      <label>
        <span>${speech.say('token_days')}</span>
        <input type="number" name="days" value="90" min="1" max="365" required />
      </label>
      <button type="submit">${speech.say('token_make')}</button>
    </form>`
}

function revokeForm({ id, name }: Token, { speech }: View): Html {
  return html`<form method="post" action="/account">
    <input type="hidden" name="do" value="revoke" />
    <input type="hidden" name="token" value="${id}" />
    <button type="submit" class="quiet-button" aria-label="${speech.say('token_revoke_of', { name })}">
      ${speech.say('token_revoke')}
    </button>
  </form>`
}

function instantOr(instant: string | null, { speech }: View): string {
  return instant === null ? '–' : speech.instant(instant)
}
