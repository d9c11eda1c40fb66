/** The name that was probably meant by `word`, or undefined where none is close. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.ceil(word.length / 3))
  const scored = names
    .map((name) => ({ name, distance: distance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= limit || isPart(word, name))
    .toSorted((a, b) => a.distance - b.distance)
  return scored[0]?.name
}

function isPart(word: string, name: string): boolean {
  return word.length >= 4 && (name.includes(word) || word.includes(name))
}

/** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other. */
function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1]
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      row.push(
        Math.min(
          at(rows[i - 1], j) + 1,
          at(row, j - 1) + 1,
          at(rows[i - 1], j - 1) + (same ? 0 : 1),
          swapped ? at(rows[i - 2], j - 2) + 1 : Infinity,
        ),
      )
    }
    rows.push(row)
  }
  return at(rows[from.length], to.length)
}

function at(row: readonly number[] | undefined, index: number): number {
  return row?.[index] ?? Infinity
}
