import { orderRun } from './order.ts'

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
  if ((await orderRun({})) === undefined) return location.reload()
  say(button.dataset['refused'])
  button.disabled = false
}
