/** Shows the button that starts a run; without JavaScript it stays hidden. */
export function offerRun(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-run-now]')
  if (button === null) return
  button.hidden = false
  button.addEventListener('click', () => void startRun(button))
}

async function startRun(button: HTMLButtonElement): Promise<void> {
  const words = document.querySelector<HTMLElement>('[data-run-status]')
  button.disabled = true
  const answer = await fetch('/api/runs', { method: 'POST', headers: { accept: 'application/json' } }).catch(
    () => undefined,
  )
  const started = answer?.ok === true
  if (words) words.textContent = (started ? button.dataset['started'] : button.dataset['refused']) ?? ''
  button.disabled = started
  if (started) setTimeout(() => location.reload(), 5000)
}
