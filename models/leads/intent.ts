/** A word of buying in a text, as it stands there. */
export interface Intent {
  /** Name of the intent in the policy: price, quote, upgrade. */
  readonly intent: string
  readonly word: string
}

/** What an intent is called, and the words it is told by. A word of several words must stand together. */
export type IntentWords = Readonly<Record<string, readonly string[]>>

interface Lists {
  readonly words: IntentWords
  /** Words beside which no word of buying counts in a clause: the upgrade of a program is none of the machine. */
  readonly exceptions: readonly string[]
}

/** Words that take back what follows within a few words of the same clause. A word that only begins so, 不锈钢, does not. */
const NEGATIONS = new Set(
  'not no without never cannot refuse refuses refused declined cancel cancelled 不 不要 不用 不需 不需要 不想 不必 不考虑 不再 无需 无须 毋须 没 没有 未 未曾 暂不 并非 别 免 谢绝 拒绝 取消'.split(
    ' ',
  ),
)
/** The segmenter keeps n't at its verb and parts 无需. */
const NEGATED = /n['’]t$|^(?:无需|无须)$/u
/** What ends a clause; within a number the segmenter keeps it. */
const CLAUSE = /[,;.!?，；。！？、：:\n]/u
/** How far a negation reaches, in words. */
const REACH = 4

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/**
 * Finds words of buying in what a customer asked, Chinese or English or both. A word counts where the segmenter of ICU finds it
 * as whole words, so that 代价 is no 价 and "priceless" no price, and where nothing before it in its clause takes it back.
 */
export function intentFinder({ words, exceptions }: Lists): (text: string) => Intent[] {
  const lists = Object.entries(words).map(
    ([intent, list]) => [intent, list.map((word) => ({ word, tokens: tokensOf(word) }))] as const,
  )
  const besides = exceptions.map(tokensOf)
  return (text) => {
    const clauses = clausesOf(tokensOf(text)).filter(
      (clause) => !besides.some((each) => placesOf(clause, each).length > 0),
    )
    return lists.flatMap(([intent, list]) => {
      const found = list.find(({ tokens }) => clauses.some((clause) => stands(clause, tokens)))
      return found === undefined ? [] : [{ intent, word: found.word }]
    })
  }
}

function tokensOf(text: string): string[] {
  return [...segmenter.segment(text.normalize('NFKC').toLowerCase())]
    .map(({ segment }) => segment.trim())
    .filter((segment) => segment !== '')
}

function clausesOf(tokens: readonly string[]): string[][] {
  const clauses: string[][] = [[]]
  for (const token of tokens) {
    if (CLAUSE.test(token)) clauses.push([])
    else clauses.at(-1)?.push(token)
  }
  return clauses
}

function stands(clause: readonly string[], word: readonly string[]): boolean {
  return placesOf(clause, word).some((at) => !isNegated(clause.slice(Math.max(0, at - REACH), at)))
}

/** Where a word of one or several tokens begins. */
function placesOf(clause: readonly string[], word: readonly string[]): number[] {
  if (word.length === 0) return []
  return clause.flatMap((_, at) => (word.every((each, index) => alike(clause[at + index], each)) ? [at] : []))
}

/** English words may stand in the plural. */
function alike(token: string | undefined, word: string): boolean {
  return token === word || (/^[a-z]+$/.test(word) && token === `${word}s`)
}

function isNegated(before: readonly string[]): boolean {
  return before.some(
    (token, at) => NEGATIONS.has(token) || NEGATED.test(token + (before[at + 1] ?? '')) || NEGATED.test(token),
  )
}
