import { html } from 'hono/html'
import type { Words } from '../../entities/entity.ts'
import type { Html } from '../page.ts'
import type { View } from '../render/view.ts'

/** Why the page is shown again. */
export type SignInProblem = 'refused' | 'failed' | { readonly seconds: number }

export interface SigningIn {
  /** The path to open afterwards. */
  readonly next: string
  readonly email: string
  readonly problem?: SignInProblem | undefined
  readonly providers: readonly { readonly id: string; readonly name: Words }[]
}

/** Plain forms and links: it works without JavaScript. */
export function signInPage({ next, email, problem, providers }: SigningIn, view: View): readonly Html[] {
  const { speech } = view
  return [
    html`<section class="card sign-in">
      <h1>${speech.say('sign_in_title')}</h1>
      ${problem === undefined ? '' : html`<p class="warning" role="alert">${problemWords(problem, view)}</p>`}
      <form class="stacked" method="post" action="/sign-in">
        <input type="hidden" name="next" value="${next}" />
        <label>
          <span>${speech.say('sign_in_email')}</span>
          <input type="email" name="email" value="${email}" autocomplete="username" required />
        </label>
        <label>
          <span>${speech.say('sign_in_password')}</span>
          <input type="password" name="password" autocomplete="current-password" required />
        </label>
        <button type="submit" class="main-button">${speech.say('sign_in_button')}</button>
      </form>
      ${providers.length === 0 ? '' : html`<p class="or">${speech.say('sign_in_or')}</p>`}
      ${providers.map(
        ({ id, name }) =>
          html`<a class="quiet-button" href="/sign-in/with/${id}?${new URLSearchParams({ next }).toString()}"
            >${speech.say('sign_in_with', { name: speech.pick(name) })}</a
          >`,
      )}
    </section>`,
  ]
}

function problemWords(problem: SignInProblem, { speech }: View): string {
  if (problem === 'refused') return speech.say('sign_in_refused')
  if (problem === 'failed') return speech.say('sign_in_failed')
  return speech.say('sign_in_wait', { seconds: problem.seconds })
}
