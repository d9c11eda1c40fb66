const SOON = 1_000

/** Figures of a past moment are put together when they are first asked for: whoever waits for them is told. */
export function sayWaiting(): void {
  for (const output of document.querySelectorAll<HTMLOutputElement>('output[data-waiting]')) {
    let timer: number | undefined
    const form = output.closest('form')
    form?.addEventListener('submit', () => {
      // A form without a moment of its own asks about one always.
      if (new FormData(form).get('known_at') === '') return
      timer = window.setTimeout(() => (output.textContent = output.dataset['waiting'] ?? ''), SOON)
    })
    // Whoever comes back finds the page as it was left.
    window.addEventListener('pageshow', () => {
      window.clearTimeout(timer)
      output.textContent = ''
    })
  }
}
