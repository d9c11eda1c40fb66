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
const segments = new Intl.Segmenter('zh', { granularity: 'word' })

/** What of the catalogue fits some words, the best first; the rest by name alone. */
export function findFigures(catalogue: Catalogue, text: string): z.infer<typeof FoundFigures> {
  const words = wordsOf(text)
  const best = <T extends { name: string; words: { en: string; zh: string } }>(
    all: readonly T[],
    about: (one: T) => string,
  ): T[] =>
    all
      .map((one) => ({ one, fits: fit(words, `${one.name} ${one.words.en} ${one.words.zh}`, about(one)) }))
      .filter(({ fits }) => fits > 0)
      .toSorted((a, b) => b.fits - a.fits)
      .slice(0, DESCRIBED)
      .map(({ one }) => one)
  const found = {
    metrics: best(catalogue.metrics, ({ about }) => `${about.en} ${about.zh}`),
    dimensions: best(catalogue.dimensions, () => ''),
  }
  const names = new Set([...found.metrics, ...found.dimensions].map(({ name }) => name))
  return {
    metrics: found.metrics.map(({ name, words, about, unit, by }) => ({ name, words, about, unit, by })),
    dimensions: found.dimensions.map(({ name, words, kind }) => ({ name, words, kind })),
    others: [...catalogue.metrics, ...catalogue.dimensions].map(({ name }) => name).filter((name) => !names.has(name)),
  }
}

/** A word in the name counts thrice one in the explanation. */
function fit(words: readonly string[], name: string, about: string): number {
  const [called, said] = [name.toLowerCase(), about.toLowerCase()]
  return words.reduce((sum, word) => sum + (called.includes(word) ? 3 : said.includes(word) ? 1 : 0), 0)
}

function wordsOf(text: string): string[] {
  return [...segments.segment(text.toLowerCase().replaceAll('_', ' '))]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment)
}
