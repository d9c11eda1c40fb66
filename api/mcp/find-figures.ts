import * as z from 'zod'
import { CatalogueDocument } from '../schemas.ts'

export type Catalogue = z.infer<typeof CatalogueDocument>

const { metrics, dimensions } = CatalogueDocument.shape

export const FoundFigures = z.object({
  metrics: z.array(metrics.element.pick({ name: true, words: true, about: true, unit: true, by: true })),
  dimensions: z.array(dimensions.element.pick({ name: true, words: true, kind: true })),
  others: z.array(z.string()).describe('Names that did not fit, or are too many to describe'),
})

const DESCRIBED = 20

/** What of the catalogue fits some words, the best first; the rest by name alone. */
export function findFigures(catalogue: Catalogue, text: string): z.infer<typeof FoundFigures> {
  const metrics = catalogue.metrics.map((one) => entryOf(one, `${one.about.en} ${one.about.zh}`))
  const dimensions = catalogue.dimensions.map((one) => entryOf(one, ''))
  const asked = weighed(termsOf(text), [...metrics, ...dimensions])
  const found = { metrics: best(metrics, asked), dimensions: best(dimensions, asked) }
  const names = new Set([...found.metrics, ...found.dimensions].map(({ name }) => name))
  return {
    metrics: found.metrics.map(({ name, words, about, unit, by }) => ({ name, words, about, unit, by })),
    dimensions: found.dimensions.map(({ name, words, kind }) => ({ name, words, kind })),
    others: [...catalogue.metrics, ...catalogue.dimensions].map(({ name }) => name).filter((name) => !names.has(name)),
  }
}

interface Entry<T> {
  readonly one: T
  /** Terms of the name, and of the title in each language. */
  readonly titles: readonly ReadonlySet<string>[]
  readonly about: ReadonlySet<string>
}

function entryOf<T extends { name: string; words: { en: string; zh: string } }>(one: T, about: string): Entry<T> {
  return { one, titles: [one.name, one.words.en, one.words.zh].map(termsOf), about: termsOf(about) }
}

/** The rarer a term is in the catalogue, the more it tells. */
function weighed(terms: ReadonlySet<string>, entries: readonly Entry<unknown>[]): ReadonlyMap<string, number> {
  const having = (term: string): number =>
    entries.filter(({ titles, about }) => about.has(term) || titles.some((title) => title.has(term))).length
  return new Map([...terms].map((term) => [term, Math.log(1 + entries.length / (1 + having(term)))]))
}

function best<T>(entries: readonly Entry<T>[], asked: ReadonlyMap<string, number>): T[] {
  return entries
    .map((entry) => ({ one: entry.one, fits: fit(entry, asked) }))
    .filter(({ fits }) => fits > 0)
    .toSorted((a, b) => b.fits - a.fits)
    .slice(0, DESCRIBED)
    .map(({ one }) => one)
}

/** A term of a title counts thrice one of the explanation, and up to twice that where the title has little beside it. */
function fit({ titles, about }: Entry<unknown>, asked: ReadonlyMap<string, number>): number {
  const covered = Math.max(
    ...titles.map((title) => [...title].filter((term) => asked.has(term)).length / (title.size || 1)),
  )
  return [...asked].reduce((sum, [term, weight]) => {
    const counts = titles.some((title) => title.has(term)) ? 3 * (1 + covered) : about.has(term) ? 1 : 0
    return sum + counts * weight
  }, 0)
}

const STOP_WORDS = new Set(
  (
    'a an and any are as at be been by can could did do does each every for from give had has have how i if in into is it its ' +
    'many me much my of on or our per please s show so t tell than that the their them there these they this those ' +
    'to us was we were what when where which who whom whose why will with would you your'
  ).split(' '),
)
const STOP_WORDS_ZH = /多少|什么|哪些|哪个|怎么|如何|为何|我们|请问|[的之了和与或是按各每吗呢]/gu

/** English words without stop words and plurals; of Chinese, which has no spaces, any two characters side by side. */
function termsOf(text: string): ReadonlySet<string> {
  const plain = text.normalize('NFKC').toLowerCase().replaceAll(STOP_WORDS_ZH, ' ')
  const words = plain.match(/(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? []
  const runs = plain.match(/\p{Script=Han}+/gu) ?? []
  return new Set([...words.filter((word) => !STOP_WORDS.has(word)).map(singular), ...runs.flatMap(pairs)])
}

function pairs(run: string): string[] {
  const [first = '', ...rest] = run
  return rest.length === 0 ? [first] : rest.map((character, at) => (rest[at - 1] ?? first) + character)
}

function singular(word: string): string {
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2)
  return /[^ius]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word
}
