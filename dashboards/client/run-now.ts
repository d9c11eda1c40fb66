/** Shows the button that starts a run; without JavaScript it stays hidden. */
export function offerRun(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-run-now]')
  if (button === null) return
  button.hidden = false
  button.addEventListener('click', () => void startRun(button))
}

async function startRun(button: HTMLButtonElement): Promise<void> {
  const words = document.querySelector<HTMLElement>('[data-run-status]')
  const say = (text: string | undefined) => words?.replaceChildren(text ?? '')
  button.disabled = true
  say(button.dataset['started'])
  if (await runToItsEnd()) return location.reload()
  say(button.dataset['refused'])
  button.disabled = false
}

/** Orders a run and waits for it. Its last line tells how it ended: a report, or a problem. */
async function runToItsEnd(): Promise<boolean> {
  try {
    const headers = { 'content-type': 'application/json', accept: 'application/x-ndjson' }
    const answer = await fetch('/api/runs', { method: 'POST', headers, body: '{}' })
    const last = (await answer.text()).trim().split('\n').at(-1) ?? ''
    return answer.ok && 'report' in JSON.parse(last)
  } catch {
    return false
  }
}
