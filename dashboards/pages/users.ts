import { html, raw } from 'hono/html'
import type { AuditEntry } from '../../users/audit.ts'
import type { User } from '../../users/user.ts'
import type { Html } from '../page.ts'
import { hrefWith } from '../filters.ts'
import { listCard } from '../render/list.ts'
import type { View } from '../render/view.ts'
import { en, type WordKey } from '../words/en.ts'
import type { Speech } from '../words/speech.ts'

export interface UsersShown {
  readonly users: readonly User[]
  /** Roles that a user may have. */
  readonly roles: readonly string[]
  readonly entries: readonly AuditEntry[]
  /** Older entries are there. */
  readonly more: boolean
  readonly leastPassword: number
  /** What was typed where it was refused. */
  readonly typed?: { readonly email: string; readonly name: string }
  readonly done?: boolean
  readonly problem?: string
}

/** Who may sign in, and who saw and changed what: for administrators. */
export function usersPage(shown: UsersShown, view: View): readonly Html[] {
  const { speech } = view
  const { done, problem } = shown
  return [
    html`<div class="page-head">
      <div>
        <h1>${speech.say('users_title')}</h1>
        <p class="intro">${speech.say('users_intro')}</p>
      </div>
    </div>`,
    html`${problem === undefined ? '' : html`<p class="warning" role="alert">${problem}</p>`}
    ${done ? html`<p role="status">${speech.say('user_done')}</p>` : ''}`,
    listOfUsers(shown, view),
    addCard(shown, view),
    auditCard(shown, view),
  ]
}

export function roleWords(role: string, speech: Speech): string {
  return worded(`role_${role}`, speech) ?? role
}

function worded(key: string, speech: Speech): string | undefined {
  return Object.hasOwn(en, key) ? speech.say(key as WordKey) : undefined
}

function listOfUsers(shown: UsersShown, view: View): Html {
  const { speech } = view
  return listCard<User>(
    {
      name: 'users',
      title: speech.say('users_list_title'),
      about: '',
      rows: shown.users,
      none: speech.say('users_none'),
      columns: [
        { title: speech.say('user_name'), cell: ({ name }) => name },
        { title: speech.say('user_email'), cell: ({ email }) => email },
        {
          title: speech.say('user_roles'),
          cell: ({ roles }) => speech.list(roles.map((role) => roleOrGone(role, shown.roles, speech))),
        },
        { title: speech.say('user_attributes'), wide: true, cell: (user) => attributeLines(user).join(' · ') },
        { title: speech.say('user_proofs'), cell: ({ proofs }) => proofWords(proofs, speech) },
        {
          title: speech.say('user_state'),
          cell: ({ locked }) =>
            html`${locked ? html`<span aria-hidden="true">⛔</span> ` : ''}${speech.say(locked ? 'user_locked' : 'user_active')}`,
        },
        { title: speech.say('user_do'), cell: (user) => changeForms(user, shown, view) },
      ],
    },
    view,
  )
}

function attributeLines({ attributes }: User): string[] {
  return Object.entries(attributes).flatMap(([name, values]) => values.map((value) => `${name} = ${value}`))
}

function proofWords(proofs: readonly string[], speech: Speech): string {
  if (proofs.length === 0) return speech.say('user_proof_none')
  return speech.list(proofs.map((proof) => (proof === 'credential' ? speech.say('user_proof_credential') : proof)))
}

function changeForms(user: User, { roles, leastPassword }: UsersShown, { speech }: View): Html {
  const action = `/users/${encodeURIComponent(user.id)}`
  const button = (order: string, words: WordKey): Html =>
    html`<button type="submit" name="do" value="${order}" class="quiet-button">${speech.say(words)}</button>`
  return html`<details class="user-change">
    <summary aria-label="${speech.say('user_change_of', { name: user.name })}">${speech.say('user_do')}</summary>
    <form class="stacked" method="post" action="${action}">
      ${roleBoxes(roles, user.roles, speech)}
      <label>
        <span>${speech.say('user_attributes_help')}</span>
        <textarea name="attributes" rows="3">${attributeLines(user).join('\n')}</textarea>
      </label>
      ${button('save', 'user_save')}
    </form>
    <form class="stacked" method="post" action="${action}">
      <label>
        <span>${speech.say('user_new_password')}</span>
        <input type="password" name="password" minlength="${leastPassword}" autocomplete="new-password" required />
      </label>
      ${button('password', 'user_set_password')}
    </form>
    <form method="post" action="${action}">
      ${user.locked ? button('unlock', 'user_unlock') : button('lock', 'user_lock')} ${button('remove', 'user_remove')}
    </form>
  </details>`
}

/** A chosen role that is gone stays until somebody takes it away: without it, its user might be shown what it hid. */
function roleBoxes(roles: readonly string[], chosen: readonly string[], speech: Speech): Html {
  const gone = chosen.filter((role) => !roles.includes(role))
  return html`<fieldset class="roles">
    <legend>${speech.say('user_roles')}</legend>
    ${[...roles, ...gone].map(
      (role) =>
        html`<label>
          <input type="checkbox" name="roles" value="${role}" ${chosen.includes(role) ? raw('checked') : ''} />
          <span>${roleOrGone(role, roles, speech)}</span>
        </label>`,
    )}
  </fieldset>`
}

function roleOrGone(role: string, roles: readonly string[], speech: Speech): string {
  const words = roleWords(role, speech)
  return roles.includes(role) ? words : speech.say('user_role_gone', { role: words })
}

function addCard({ roles, leastPassword, typed }: UsersShown, { speech }: View): Html {
  return html`<section class="card" aria-labelledby="add-title">
    <h2 id="add-title">${speech.say('user_add_title')}</h2>
    <form class="stacked" method="post" action="/users">
      <label>
        <span>${speech.say('user_email')}</span>
        <input type="email" name="email" value="${typed?.email ?? ''}" autocomplete="off" required />
      </label>
      <label>
        <span>${speech.say('user_name')}</span>
        <input name="name" value="${typed?.name ?? ''}" maxlength="100" autocomplete="off" required />
      </label>
      ${roleBoxes(roles, [], speech)}
      <label>
        <span>${speech.say('user_attributes_help')}</span>
        <textarea name="attributes" rows="2"></textarea>
      </label>
      <label>
        <span>${speech.say('user_password_optional', { least: leastPassword })}</span>
        <input type="password" name="password" minlength="${leastPassword}" autocomplete="new-password" />
      </label>
      <button type="submit">${speech.say('user_add')}</button>
    </form>
  </section>`
}

function auditCard({ entries, more, users }: UsersShown, view: View): Html {
  const { speech, url } = view
  const only = url.searchParams.get('person')
  const name = users.find(({ id }) => id === only)?.name ?? only ?? ''
  const oldest = entries.at(-1)?.audit_id
  const emails = new Map(users.map(({ id, email }) => [id, email]))
  const card = listCard<AuditEntry>(
    {
      name: 'audit',
      title: speech.say('audit_title'),
      about: only === null ? speech.say('audit_about') : speech.say('audit_only', { name }),
      rows: entries,
      none: speech.say('audit_none'),
      columns: [
        { title: speech.say('audit_at'), cell: ({ at }) => speech.instant(at) },
        {
          title: speech.say('audit_viewer'),
          cell: (entry) =>
            entry.viewer_id === ''
              ? speech.say('audit_unknown')
              : html`<a href="/users?person=${encodeURIComponent(entry.viewer_id)}#audit">${entry.viewer}</a>
                  ${emails.get(entry.viewer_id) ?? ''}`,
        },
        {
          title: speech.say('audit_action'),
          cell: ({ action }) => worded(`audit_action_${action}`, speech) ?? action,
        },
        { title: speech.say('audit_subject'), wide: true, cell: ({ subject }) => subject },
      ],
    },
    view,
  )
  return html`${card}
    <p class="audit-more">
      ${only === null ? '' : html`<a href="/users#audit">${speech.say('audit_everybody')}</a>`}
      ${url.searchParams.has('before') ? html`<a href="${hrefWith(url, { before: undefined })}#audit">${speech.say('audit_newest')}</a>` : ''}
      ${more ? html`<a href="${hrefWith(url, { before: String(oldest) })}#audit">${speech.say('audit_older')}</a>` : ''}
    </p>`
}
