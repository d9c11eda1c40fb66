import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSheetDay, sheetText } from '../../../models/metrics/sheet-cell.ts'

test('a day of a workbook is one of the calendar, from March 1900 on', () => {
  for (const day of ['1900-03-01', '2024-02-29', '9999-12-31']) assert.equal(isSheetDay(day), true, day)
  for (const text of ['1900-02-28', '0001-01-01', '2025-02-29', '2025-13-45', '2025-1-1', 'day', ''])
    assert.equal(isSheetDay(text), false, text)
})

test('a text that is longer than a cell is cut at a whole character', () => {
  const most = 'x'.repeat(32_767)
  assert.equal(sheetText(most), most)
  assert.equal(sheetText(`${most}x`), `${most.slice(1)}…`)
  assert.equal(sheetText(`${'x'.repeat(32_765)}😀😀`), `${'x'.repeat(32_765)}…`)
})
