import { textWidth } from '../render/letters.ts'
import { isFigure, type ReportColumn, type ReportTable } from './document.ts'

/** How much wider the letters of headings are. */
const BOLD = 1.08
/** Names of up to so many letters at size 1 stay in one piece, and longer words are broken rather than wider columns made. */
const PIECE = { least: 4.4, most: 9 } as const
/** So wide, at size 1, a text of several lines is read with ease. */
const EASY = 12
/** Points beside the text of a cell, both sides together. */
const PADDING = 8
const SIZES = [8, 7.5, 7, 6.5, 6] as const

export interface Setting {
  readonly orientation: 'portrait' | 'landscape'
  readonly size: number
  /** In points, without padding. */
  readonly widths: readonly number[]
}

/** Points between the margins of A4. */
export const ROOM = { portrait: 515, landscape: 762 } as const

/** How a table is set so that it stays on the page: upright where its columns have room, else across, else in smaller type. */
export function settingOf({ columns, rows }: ReportTable, shown: number): Setting {
  const needs = columns.map((column, at) => needOf(column, rows.slice(0, shown).map((cells) => cells[at]?.text ?? ''))) // prettier-ignore
  const least = (size: number): number => needs.reduce((sum, need) => sum + need.least * size + PADDING, 0)
  // Long texts may wrap, but not into a column of single words.
  const easy = (size: number): number =>
    needs.reduce((sum, { whole, grows }) => sum + (grows ? Math.min(whole, EASY) : whole) * size + PADDING, 0)
  const upright = [8, 7.5, 7].find((size) => easy(size) <= ROOM.portrait)
  const orientation = upright === undefined ? 'landscape' : 'portrait'
  const room = ROOM[orientation]
  const size = upright ?? SIZES.find((each) => least(each) <= room) ?? SIZES.at(-1) ?? 6
  return { orientation, size, widths: shared(needs, size, room - columns.length * PADDING) }
}

/** Which columns fit into a room, from the first on: those whose texts have a place, figures on one line. At least two. */
export function fitting(
  { columns, rows }: ReportTable,
  { shown, room, size }: { shown: number; room: number; size: number },
): readonly number[] {
  let left = room
  const at = columns.findIndex((column, index) => {
    const texts = rows.slice(0, shown).map((cells) => cells[index]?.text ?? '')
    const { least, whole, grows } = needOf(column, texts)
    left -= (grows ? Math.min(whole, least + 3) : least) * size + PADDING
    return left < 0 && index > 1
  })
  return columns.slice(0, at === -1 ? undefined : at).map((_, index) => index)
}

interface Need {
  /** At size 1: its longest piece that cannot be broken, and all of it on one line. */
  readonly least: number
  readonly whole: number
  readonly grows: boolean
}

function needOf(column: ReportColumn, texts: readonly string[]): Need {
  const figure = isFigure(column)
  const widest = Math.max(0, ...texts.map((text) => widthOf(text)))
  const heading = widthOf(column.words, BOLD)
  const least = Math.max(
    // A heading takes three lines at most.
    pieceOf(column.words, BOLD),
    Math.min(heading, heading / 3 + 0.6),
    ...(figure ? [widest] : texts.map((text) => Math.min(Math.max(pieceOf(text), Math.min(widthOf(text), PIECE.least)), PIECE.most))), // prettier-ignore
  )
  const ofHeading = heading <= PIECE.least ? heading : heading / 2 + 0.8
  return { least, whole: Math.max(least, widest, ofHeading), grows: !figure }
}

/** The longest part of a text that is not broken: between Chinese letters any line may end. */
function pieceOf(text: string, weight = 1): number {
  return Math.max(0, ...text.split(/[\s/]+|(?<=[\u0300-\u{10ffff}])/u).map((piece) => widthOf(piece, weight)))
}

function shared(needs: readonly Need[], size: number, room: number): number[] {
  const sum = (kind: 'least' | 'whole'): number => needs.reduce((total, need) => total + need[kind] * size, 0)
  const [least, whole] = [sum('least'), sum('whole')]
  if (least >= room) return needs.map((need) => (need.least * size * room) / least)
  if (whole >= room) {
    const share = (room - least) / (whole - least)
    return needs.map((need) => size * (need.least + (need.whole - need.least) * share))
  }
  // What is left over goes to texts, as far as that helps the eye across the row.
  const growing = needs.filter(({ grows }) => grows).length
  const extra = growing === 0 ? 0 : Math.min((room - whole) / growing, 4 * size)
  return needs.map((need) => need.whole * size + (need.grows ? extra : 0))
}

/** Whether a text is so short that breaking it would spare nothing. */
export const isShort = (text: string): boolean => widthOf(text) <= PIECE.least

function widthOf(text: string, weight = 1): number {
  return textWidth(text) * weight
}

/** Words with letters beyond those of western Europe, and the minus sign, which the type of reports has as wide as a Chinese letter. */
const OTHER_LETTERS =
  /−|[\p{Script=Latin}\p{M}]*(?=[\u0100-\u{10ffff}])[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}][\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}]*/gu

export interface Run {
  readonly text: string
  readonly other: boolean
}

/** A text in runs of one type each: words with letters that the type of reports may lack are set in the other. */
export function runsOf(text: string): readonly Run[] {
  const runs: Run[] = []
  let end = 0
  for (const { index, 0: word } of text.matchAll(OTHER_LETTERS)) {
    if (index > end) runs.push({ text: text.slice(end, index), other: false })
    runs.push({ text: word, other: true })
    end = index + word.length
  }
  return end === text.length ? runs : [...runs, { text: text.slice(end), other: false }]
}
