import { textTable } from '../../terminal.ts'

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

export function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(2)} s`
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MB`
}

export function ratio(one: number, other: number): string {
  return `${(one / other).toFixed(2)} ×`
}

export function printTable(title: string, names: readonly string[], rows: readonly (readonly string[])[]): void {
  console.log(`\n${title}\n\n${textTable(names, rows, new Set(names.slice(1)))}`)
}
