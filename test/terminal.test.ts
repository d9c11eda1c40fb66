import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textTable } from '../terminal.ts'

test('a row of a table is one line, whatever is written into it, and nothing in it moves the cursor', () => {
  const forged = 'x\n2026-01-01 00:00  Ann  signed in\u001b[1A\u001b[2K\u009b2J\u202e\ttail'
  const lines = textTable(['who', 'which'], [['Bo', forged]]).split('\n')
  assert.equal(lines.length, 3)
  assert.equal(lines[2], 'Bo   x\\n2026-01-01 00:00  Ann  signed in\\u001b[1A\\u001b[2K\\u009b2J\\u202e\\ttail')
  assert.match(textTable(['名称'], [['李梅 – Ångström 👩‍🔧']]), /李梅 – Ångström 👩‍🔧/)
})
