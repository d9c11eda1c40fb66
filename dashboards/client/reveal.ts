/** Shows what works with JavaScript alone; without it, it stays hidden. */
export function reveal(): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-scripted]')) part.hidden = false
}
