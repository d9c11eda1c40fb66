import { pointOut } from './order.ts'

/** Sends the forms that save, change or delete an exploration or send something again, and opens what comes of it. */
export function offerSending(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.dataset['send'] === undefined) return
    event.preventDefault()
    void send(form)
  })
}

async function send(form: HTMLFormElement): Promise<void> {
  const words = form.querySelector<HTMLElement>('[data-order-status]')
  const button = form.querySelector<HTMLButtonElement>('button')
  const say = (text: string | undefined) => words?.replaceChildren(text ?? '')
  if (button !== null) button.disabled = true
  say(form.dataset['started'])
  const { id, detail, field } = await answerTo(form)
  if (id !== undefined) return open((form.dataset['next'] ?? '').replace('{id}', encodeURIComponent(id)))
  say(detail === undefined || detail === '' ? form.dataset['refused'] : detail)
  if (button !== null) button.disabled = false
  pointOut(form, words, field)
}

function open(page: string): void {
  if (page === '') location.reload()
  else location.assign(page)
}

interface Sent {
  /** Of what was saved; '' of what is gone, or has none. */
  readonly id?: string
  readonly detail?: string
  readonly field?: string
}

async function answerTo(form: HTMLFormElement): Promise<Sent> {
  const [method = '', path = ''] = (form.dataset['send'] ?? '').split(' ')
  const data = new FormData(form)
  const exploration = { name: data.get('name'), query: form.dataset['query'], shared_with: data.getAll('shared_with') }
  const body = form.dataset['body'] ?? JSON.stringify(exploration)
  const language = { 'accept-language': document.documentElement.lang }
  const request =
    method === 'DELETE'
      ? { method, headers: language }
      : { method, headers: { ...language, 'content-type': 'application/json' }, body }
  try {
    const answer = await fetch(path, request)
    if (answer.status === 204) return { id: '' }
    const said = (await answer.json()) as { exploration_id?: string; detail?: string; field?: string }
    if (answer.ok) return { id: said.exploration_id ?? '' }
    return { ...(said.detail && { detail: said.detail }), ...(said.field && { field: said.field }) }
  } catch {
    return {}
  }
}
