import type { Html } from '../page.ts'

interface Plain {
  readonly headline: string
  readonly rest: readonly string[]
}

const HEADLINE = '\u0001'
/** What leads elsewhere or gives an order says nothing in a report. */
const LEFT_OUT = /<(a|form|button|details)\b[^>]*>[^]*?<\/\1>/g
const ELSEWHERE = /<span class="elsewhere"\s*>[^]*?<\/span>/g
const BLOCK = /<\/?(?:p|div|ul|ol|li|dl|dt|dd|h[1-6]|section)\b[^>]*>/g
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** The words of a finding without its markup and its links: the headline, and each other paragraph. */
export async function plainText(html: Html): Promise<Plain> {
  const text = (await html).toString()
  const parts = text
    .replace(LEFT_OUT, '')
    .replace(ELSEWHERE, '')
    .replaceAll(/<p class="headline"\s*>/g, `<p>${HEADLINE}`)
    .split(BLOCK)
    .map(tidy)
    .filter((part) => part.replace(HEADLINE, '') !== '')
  const headline = parts.find((part) => part.startsWith(HEADLINE)) ?? ''
  return { headline: headline.slice(HEADLINE.length).trim(), rest: parts.filter((part) => part !== headline) }
}

function tidy(part: string): string {
  return part
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ (?=[。，、.,](?: |$))/g, '')
    .replaceAll(/^(?: ?· ?)+|(?: ?· ?)+$/g, '')
    .replaceAll(/ ?(?:· ?){2,}/g, ' · ')
    .trim()
}
