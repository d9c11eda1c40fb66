/** Spreadsheets count days from 1900 on as if that had been a leap year: before March 1900 their days are not those of the calendar. */
const FIRST_DAY = '1900-03-01'
/** Characters of a cell, as spreadsheets count them; a file with longer ones is called damaged. */
const LONGEST = 32_767

/** Whether a text is a day 'YYYY-MM-DD' of the calendar that a spreadsheet can hold as a day. */
export function isSheetDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < FIRST_DAY) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** As much of a text as a cell can hold. */
export function sheetText(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
