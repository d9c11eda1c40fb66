import { carryOut, type Outcome } from './order.ts'

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
  await carryOut(form, () => answerTo(form))
}

async function answerTo(form: HTMLFormElement): Promise<Outcome> {
  const next = (id: string): Outcome => ({ page: (form.dataset['next'] ?? '').replace('{id}', encodeURIComponent(id)) })
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
    if (answer.status === 204) return next('')
    const said = (await answer.json()) as { exploration_id?: string; detail?: string; field?: string }
    if (answer.ok) return next(said.exploration_id ?? '')
    return { detail: said.detail ?? '', field: said.field }
  } catch {
    return { detail: '' }
  }
}
