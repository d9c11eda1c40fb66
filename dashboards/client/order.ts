/** Shows the forms that order something of the pipelines, and sends what they say; without JavaScript they stay hidden. */
export function offerOrders(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-order]')) {
    form.hidden = false
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      void send(form)
    })
  }
}

async function send(form: HTMLFormElement): Promise<void> {
  await carryOut(form, async () => (await orderRun(orderOf(form))) ?? { page: form.dataset['next'] ?? '' })
}

/** What comes of a form: a page that is opened, '' for this one anew; or why not. */
export type Outcome = { readonly page: string } | Refusal

/** Carries out what a form asks for: its words say how it goes, its button waits, and the field at fault is pointed out. */
export async function carryOut(form: HTMLFormElement, act: () => Promise<Outcome>): Promise<void> {
  const words = form.querySelector<HTMLElement>('[data-order-status]')
  const button = form.querySelector<HTMLButtonElement>('button')
  const say = (text: string | undefined) => words?.replaceChildren(text ?? '')
  if (button !== null) button.disabled = true
  say(form.dataset['started'])
  const outcome = await act()
  if ('page' in outcome) return open(outcome.page)
  say(outcome.detail === '' ? form.dataset['refused'] : outcome.detail)
  if (button !== null) button.disabled = false
  pointOut(form, words, outcome.field)
}

function open(page: string): void {
  if (page === '') location.reload()
  else location.assign(page)
}

/** The field at fault is marked, its message belongs to it, and it has the focus. */
function pointOut(form: HTMLFormElement, words: HTMLElement | null, field: string | undefined): void {
  for (const input of form.querySelectorAll('[data-field]')) {
    const isAtFault = input.getAttribute('name') === field?.split('.').at(-1)
    input.toggleAttribute('aria-invalid', isAtFault)
    if (!isAtFault || !(input instanceof HTMLElement)) continue
    input.setAttribute('aria-invalid', 'true')
    if (words?.id) input.setAttribute('aria-describedby', words.id)
    input.focus()
  }
}

/** The order of the form, with the values that were changed and the reason that was given. */
function orderOf(form: HTMLFormElement): object {
  const order = JSON.parse(form.dataset['order'] ?? '{}') as Record<string, object>
  const changed = [...form.querySelectorAll<HTMLInputElement>('input[data-set]')].filter(
    (input) => input.value !== input.defaultValue,
  )
  const set = Object.fromEntries(changed.map(({ name, value }) => [name, value === '' ? null : value]))
  const reason = form.querySelector<HTMLInputElement>('input[data-reason]')?.value.trim() ?? ''
  const more = reason === '' ? {} : { reason }
  const fields = [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[data-field]')]
  if ('policy' in order) return { policy: { ...order['policy'], ...valuesOf(fields) } }
  if ('classify' in order) return { classify: { ...order['classify'], ...valuesOf(fields) } }
  if ('correct' in order) return { correct: { ...order['correct'], set, ...more } }
  if ('lead' in order) return { lead: { ...order['lead'], ...more, ...filled(valuesOf(fields)) } }
  return 'decide' in order ? { decide: { ...order['decide'], ...more } } : order
}

/** Without what was left empty. */
function filled(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''))
}

function valuesOf(fields: readonly (HTMLInputElement | HTMLSelectElement)[]): Record<string, string> {
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]))
}

interface Refusal {
  /** In the words of the server; '' where it has none. */
  readonly detail: string
  readonly field?: string | undefined
}

/** Orders a run and waits for its end. Undefined: done; else why not, in the language of the page. */
export async function orderRun(order: object): Promise<Refusal | undefined> {
  try {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/x-ndjson',
      'accept-language': document.documentElement.lang,
    }
    const answer = await fetch('/api/runs', { method: 'POST', headers, body: JSON.stringify(order) })
    const last = JSON.parse((await answer.text()).trim().split('\n').at(-1) ?? '{}') as {
      report?: { status: string; error: string | null }
      problem?: { detail?: string; field?: string }
      detail?: string
      field?: string
    }
    // The page of a decision does not show how runs went.
    if (last.report?.status === 'failed' && ('classify' in order || 'policy' in order))
      return { detail: last.report.error ?? '' }
    if (answer.ok && last.report !== undefined) return undefined
    const { detail = '', field } = last.problem ?? last
    return { detail, field }
  } catch {
    return { detail: '' }
  }
}
