import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { Exploration, Explorations } from '../../models/metrics/exploration.ts'
import { formatExploration } from '../../models/metrics/exploration.ts'
import type { Viewer } from '../../models/metrics/metric.ts'
import type { Html } from '../page.ts'
import { listCard, type ListColumn } from '../render/list.ts'
import type { View } from '../render/view.ts'
import type { WordKey } from '../words/en.ts'
import type { Speech } from '../words/speech.ts'
import type { Asked } from './question.ts'
import { questionWords } from './words.ts'

export interface Kept {
  readonly explorations: Explorations
  readonly viewer: Viewer
  readonly list: readonly Exploration[]
}

const ROLES: Readonly<Record<string, WordKey>> = {
  head: 'role_head',
  sales: 'role_sales',
  executive: 'role_executive',
  analyst: 'role_analyst',
  admin: 'role_admin',
}

function roleWords(role: string, speech: Speech): string {
  const key = Object.hasOwn(ROLES, role) ? ROLES[role] : undefined
  return key === undefined ? role : speech.say(key)
}

interface Sending {
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  /** The query that is kept; absent: nothing is sent. */
  readonly query?: string
  readonly button: string
  /** What it says to who does not see what it stands beside; it contains the button's own words. */
  readonly label?: string
  readonly fields?: Html | string
  readonly quiet?: boolean
  /** The page that is opened when it is done, '{id}' filled in; absent: this one, anew. */
  readonly next?: string
}

/** A form that writes; without JavaScript it stays hidden, for no form can send JSON. */
function sendForm(sending: Sending, { speech }: View): Html {
  const { method, path, query, button, label = button, fields = '', quiet = false, next = '' } = sending
  // The message belongs to this form alone, also for who does not see it.
  const said = `said-${createHash('sha256')
    .update(JSON.stringify([method, path, label]))
    .digest('hex')
    .slice(0, 12)}`
  return html`<form
    class="order"
    data-send="${method} /api/explorations${path}"
    data-query="${query ?? ''}"
    data-next="${next}"
    data-started="${speech.say('order_started')}"
    data-refused="${speech.say('decision_refused')}"
    hidden
    data-scripted
  >
    ${fields}
    <button type="submit" class="${quiet ? 'quiet-button' : ''}" aria-label="${label}">${button}</button>
    <p role="status" id="${said}" data-order-status></p>
  </form>`
}

function nameField(name: string, speech: Speech): Html {
  return html`<label class="long">
    <span>${speech.say('explore_name')}</span>
    <input name="name" data-field value="${name}" required maxlength="200" autocomplete="off" />
  </label>`
}

function roleFields(roles: readonly string[], shared: readonly string[], speech: Speech): Html | string {
  if (roles.length === 0) return ''
  return html`<fieldset class="roles">
    <legend>${speech.say('explore_share')}</legend>
    ${roles.map(
      (role) =>
        html`<label class="tick">
          <input type="checkbox" name="shared_with" value="${role}" ${shared.includes(role) ? raw('checked') : ''} />
          <span>${roleWords(role, speech)}</span>
        </label>`,
    )}
  </fieldset>`
}

/** Ways to keep the question of the page: over the one that is open, or under a new name. */
export function saveCard(asked: Asked, { explorations, viewer, list }: Kept, view: View): Html {
  const { speech } = view
  const query = formatExploration(asked)
  const open = list.find(({ exploration_id }) => exploration_id === asked.saved)
  const isOwn = open?.owner_id === viewer.id
  const next = '/explore?exploration={id}'
  const name = questionWords(asked.query, speech).slice(0, 200)
  const save = sendForm(
    {
      method: 'POST',
      path: '',
      query,
      next,
      button: speech.say('explore_save'),
      fields: html`${nameField(open === undefined ? name : '', speech)} ${roleFields(explorations.roles, [], speech)}`,
    },
    view,
  )
  return html`<section class="card elsewhere" aria-labelledby="save-title" id="save">
    <h2 id="save-title">${open === undefined ? speech.say('explore_save_title') : open.name}</h2>
    ${open === undefined ? '' : html`<p>${standing(open, open.query === query, { viewer, speech })}</p>`}
    ${isOwn && open !== undefined && open.query !== query ? overwrite(open, query, view) : ''}
    <details class="decide">
      <summary>${speech.say(open === undefined ? 'explore_save_new' : 'explore_save_copy')}</summary>
      ${save}
    </details>
  </section>`
}

function standing(open: Exploration, isSame: boolean, { viewer, speech }: { viewer: Viewer; speech: Speech }): string {
  const by = open.owner_id === viewer.id ? speech.say('explore_yours') : speech.say('explore_of', { name: open.owner_name ?? speech.say('explore_somebody') }) // prettier-ignore
  const shared = open.shared_with.map((role) => roleWords(role, speech))
  return speech.list([
    by,
    shared.length === 0 ? speech.say('explore_private') : speech.say('explore_shared', { roles: speech.list(shared) }),
    ...(isSame ? [] : [speech.say('explore_changed')]),
  ])
}

function overwrite(open: Exploration, query: string, view: View): Html {
  const { speech } = view
  const fields = html`<input type="hidden" name="name" value="${open.name}" data-field />
    ${open.shared_with.map((role) => html`<input type="checkbox" name="shared_with" value="${role}" checked hidden />`)}`
  return sendForm(
    {
      method: 'PUT',
      path: `/${open.exploration_id}`,
      query,
      fields,
      next: '/explore?exploration={id}',
      button: speech.say('explore_save_over'),
    },
    view,
  )
}

/** What one saved and what others share, with what one may do to each. */
export function savedCard({ explorations, viewer, list }: Kept, view: View): Html {
  const { speech } = view
  const columns: readonly ListColumn<Exploration>[] = [
    {
      title: speech.say('explore_name'),
      cell: ({ exploration_id, name }) => html`<a href="/explore?exploration=${exploration_id}">${name}</a>`,
      wide: true,
    },
    {
      title: speech.say('explore_owner'),
      cell: ({ owner_id, owner_name }) =>
        owner_id === viewer.id ? speech.say('explore_you') : (owner_name ?? speech.say('explore_somebody')),
    },
    {
      title: speech.say('explore_share'),
      cell: ({ shared_with }) =>
        shared_with.length === 0
          ? speech.say('explore_nobody')
          : speech.list(shared_with.map((role) => roleWords(role, speech))),
      wide: true,
    },
    { title: speech.say('explore_changed_at'), cell: ({ changed_at }) => speech.instant(changed_at) },
    {
      title: speech.say('leads_do'),
      cell: (each) => actions(each, { own: each.owner_id === viewer.id, roles: explorations.roles, list, view }),
    },
  ]
  return listCard(
    {
      name: 'saved',
      title: speech.say('explore_saved'),
      about: speech.say('explore_saved_about'),
      rows: list,
      columns,
      none: speech.say('explore_saved_none'),
    },
    view,
  )
}

function actions(
  { exploration_id, name, query, shared_with }: Exploration,
  at: { own: boolean; roles: readonly string[]; list: readonly Exploration[]; view: View },
): Html {
  const { own, roles, view } = at
  const { speech } = view
  const path = `/${exploration_id}`
  const label = (action: string): string => speech.say('explore_action_of', { action, name })
  const copy = sendForm(
    {
      method: 'POST',
      path: '',
      query,
      fields: html`<input type="hidden" name="name" value="${copyName(name, at.list, speech)}" data-field />`,
      button: speech.say('explore_copy'),
      label: label(speech.say('explore_copy')),
      quiet: true,
    },
    view,
  )
  const folded = (words: WordKey, form: Html): Html =>
    html`<details class="correct">
      <summary aria-label="${label(speech.say(words))}">${speech.say(words)}</summary>
      ${form}
    </details>`
  if (!own) return copy
  const fields = html`${nameField(name, speech)} ${roleFields(roles, shared_with, speech)}`
  const button = speech.say('explore_rename_now')
  const remove = speech.say('explore_delete_now')
  return html`<div class="decisions">
    ${copy}
    ${folded('explore_rename', sendForm({ method: 'PUT', path, query, fields, button, label: label(button) }, view))}
    ${folded('explore_delete', sendForm({ method: 'DELETE', path, button: remove, label: label(remove), next: '/explore' }, view))}
  </div>`
}

/** 'Sales (copy)', '(copy 2)' where there is one already. */
function copyName(name: string, list: readonly Exploration[], speech: Speech): string {
  const taken = new Set(list.map((each) => each.name))
  for (let count = 1; ; count++) {
    const copy = speech.say(count === 1 ? 'explore_copy_name' : 'explore_copy_name_more', { name, count })
    if (!taken.has(copy)) return copy.slice(0, 200)
  }
}
