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
  const words = form.querySelector<HTMLElement>('[data-order-status]')
  const button = form.querySelector<HTMLButtonElement>('button')
  const say = (text: string | undefined) => words?.replaceChildren(text ?? '')
  if (button !== null) button.disabled = true
  say(form.dataset['started'])
  const refusal = await orderRun(orderOf(form))
  if (refusal === undefined) return location.reload()
  say(refusal === '' ? form.dataset['refused'] : refusal)
  if (button !== null) button.disabled = false
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
  if ('correct' in order) return { correct: { ...order['correct'], set, ...more } }
  if ('lead' in order) return { lead: { ...order['lead'], ...more } }
  return 'decide' in order ? { decide: { ...order['decide'], ...more } } : order
}

/** Orders a run and waits for its end. Undefined: done; else why not, in the words of the server, '' where it has none. */
export async function orderRun(order: object): Promise<string | undefined> {
  try {
    const headers = { 'content-type': 'application/json', accept: 'application/x-ndjson' }
    const answer = await fetch('/api/runs', { method: 'POST', headers, body: JSON.stringify(order) })
    const last = JSON.parse((await answer.text()).trim().split('\n').at(-1) ?? '{}') as {
      report?: object
      problem?: { detail?: string }
      detail?: string
    }
    if (answer.ok && last.report !== undefined) return undefined
    return last.problem?.detail ?? last.detail ?? ''
  } catch {
    return ''
  }
}
