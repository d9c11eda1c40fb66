import { Idiomorph } from 'idiomorph'
import { drawPage } from './draw-page.ts'
import { reveal } from './reveal.ts'

let asking: AbortController | undefined

/** On the page that builds a question every choice changes the answer at once; without JavaScript a button does. */
export function offerExplore(): void {
  if (document.querySelector('[data-explore]') === null) return
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return
    if (target.form?.dataset['explore'] === undefined || target.closest('[data-wait]') !== null) return
    if (target.dataset['find'] === undefined) void open(addressOf(target.form, 'without what is not finished'))
  })
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.dataset['explore'] === undefined) return
    event.preventDefault()
    void open(addressOf(form, 'whole'))
  })
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-within]') : null
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    void open(link.href)
  })
  document.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLInputElement && target.dataset['find'] !== undefined) find(target)
  })
  addEventListener('popstate', () => void open(location.href, 'back'))
}

/** The address a form asks for. What was chosen before keeps its order, what is new comes after it. */
function addressOf(form: HTMLFormElement, extent: 'whole' | 'without what is not finished'): string {
  const said = [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  const waiting = new Set(
    [...form.querySelectorAll<HTMLInputElement>('[data-wait] [name], [data-wait][name]')].map(({ name }) => name),
  )
  const before = new URL(location.href).searchParams
  const place = ([name, value]: [string, string]): number => {
    const at = (before.get(name) ?? '').split(',').indexOf(value)
    return (name === 'metrics' || name === 'by') && at >= 0 ? at : Infinity
  }
  const kept = said
    .filter(([name, value]) => value !== '' && (extent === 'whole' || !waiting.has(name) || name === 'known_at'))
    .toSorted((one, other) => (place(one) === place(other) ? 0 : place(one) - place(other)))
  return `${form.action}?${new URLSearchParams(kept).toString()}`
}

/** Changes the page into the one at an address; what stays keeps focus, scrolling and what was opened. */
async function open(address: string, how: 'forward' | 'back' = 'forward'): Promise<void> {
  asking?.abort()
  const { signal } = (asking = new AbortController())
  const main = document.querySelector('main')
  main?.setAttribute('aria-busy', 'true')
  try {
    const answer = await fetch(address, { signal, headers: { accept: 'text/html' } })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    if (page.querySelector('[data-explore]') === null) return location.assign(address)
    if (how === 'forward') history.pushState(null, '', answer.url)
    document.title = page.title
    await show(page)
  } catch {
    if (!signal.aborted) location.assign(address)
  }
}

async function show(page: Document): Promise<void> {
  const focused = document.activeElement
  await Idiomorph.morph(document.body, page.body, {
    morphStyle: 'innerHTML',
    callbacks: {
      // What the reader opened and what the script revealed is not in the page as it comes.
      beforeAttributeUpdated: (name, node) =>
        !(name === 'open' || (name === 'hidden' && node.matches('[data-scripted], [data-scripted] *, .choose *'))),
      beforeNodeMorphed: (node) => !(node instanceof HTMLInputElement && node.dataset['find'] !== undefined),
    },
  })
  document.querySelector('main')?.removeAttribute('aria-busy')
  reveal()
  for (const input of document.querySelectorAll<HTMLInputElement>('[data-find]')) if (input.value !== '') find(input)
  void drawPage()
  // A choice that was taken out is no longer there to have the focus.
  if (focused !== document.body && document.activeElement === document.body)
    document.querySelector<HTMLElement>('#explore-said, #content')?.focus()
}

/** Leaves of a list what has the words that were typed, and says how many. */
function find(input: HTMLInputElement): void {
  const list = document.getElementById(input.dataset['find'] ?? '')
  const words = input.value.trim().toLowerCase()
  let count = 0
  for (const tick of list?.querySelectorAll<HTMLElement>('.tick') ?? []) {
    const text = `${tick.textContent} ${tick.title} ${tick.querySelector('input')?.value}`.toLowerCase()
    tick.hidden = !text.includes(words)
    if (!tick.hidden) count++
  }
  for (const group of list?.querySelectorAll('details') ?? []) {
    group.hidden = group.querySelector('.tick:not([hidden])') === null
    if (words !== '') group.open = true
  }
  const said = input.closest('.finder')?.querySelector<HTMLElement>('[data-found]')
  said?.replaceChildren(words === '' ? '' : (said.dataset['words'] ?? '').replace('{count}', String(count)))
}
