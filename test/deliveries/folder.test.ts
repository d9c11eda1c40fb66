import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import type { Outgoing } from '../../deliveries/outgoing.ts'
import { Bench, message } from './outgoings.ts'

describe('folders', () => {
  let bench: Bench
  let share: string
  const report = (key: string, more: Partial<typeof message> = {}): Outgoing => ({
    key,
    kind: 'report',
    about: key,
    channel: { via: 'folder', path: share },
    message: { ...message, ...more },
  })
  const attached = { attachments: [{ name: '月报.pdf', mediaType: 'application/pdf', file: 'issue.pdf' }] }

  beforeEach(async () => {
    bench = await Bench.open()
    share = join(bench.folder, 'share')
    await mkdir(share)
    await writeFile(join(bench.folder, 'issue.pdf'), 'first')
  })
  afterEach(() => bench.close())

  test('get what is attached, whole and under its name; another file of that name is never written over', async () => {
    const outbox = bench.outbox({})
    await outbox.put([report('may', attached)])
    await outbox.sendDue()
    assert.equal(await readFile(join(share, '月报.pdf'), 'utf8'), 'first')
    await writeFile(join(bench.folder, 'issue.pdf'), 'second')
    await outbox.put([report('june', attached)])
    await outbox.sendDue()
    const names = (await readdir(share)).toSorted()
    assert.equal(names.length, 2)
    assert.equal(await readFile(join(share, '月报.pdf'), 'utf8'), 'first')
    const other = names.find((name) => name !== '月报.pdf') ?? ''
    assert.match(other, /^月报-[0-9a-f]{8}\.pdf$/)
    assert.equal(await readFile(join(share, other), 'utf8'), 'second')
    const june = await outbox.list({ about: 'june', limit: 1 })
    assert.equal(june[0]?.answer, other)
  })

  test('a file that is there with the same bytes counts as delivered', async () => {
    const outbox = bench.outbox({})
    await writeFile(join(share, '月报.pdf'), 'first')
    await outbox.put([report('may', attached)])
    await outbox.sendDue()
    assert.deepEqual(await readdir(share), ['月报.pdf'])
    assert.equal((await outbox.counts()).sent, 1)
  })

  test('a message without attachments is a text', async () => {
    const outbox = bench.outbox({})
    await outbox.put([report('alert', { subject: '../利润: down!', text: 'It fell.' })])
    await outbox.sendDue()
    const [name = ''] = await readdir(share)
    assert.match(name, /^利润-down-[0-9a-f]{8}\.txt$/)
    assert.equal(await readFile(join(share, name), 'utf8'), '../利润: down!\n\nIt fell.\n')
  })

  test('one that is not there waits and is not made; one that cannot be written waits', async () => {
    const outbox = bench.outbox({})
    const missing = join(share, 'not', 'mounted')
    await writeFile(join(bench.folder, 'file'), '')
    // A folder of the same name stands where the file would: nobody can write it, whoever runs this.
    await mkdir(join(share, '月报.pdf'))
    await outbox.put([
      { ...report('missing'), channel: { via: 'folder', path: missing }, message },
      { ...report('a file'), channel: { via: 'folder', path: join(bench.folder, 'file') }, message },
      report('unwritable', attached),
    ])
    await outbox.sendDue()
    const states = (await outbox.list({ limit: 9 })).map(({ about, status, fault }) => [about, status, fault?.code])
    assert.deepEqual(
      states.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
      [
        ['a file', 'waiting', 'delivery_folder_missing'],
        ['missing', 'waiting', 'delivery_folder_missing'],
        ['unwritable', 'waiting', 'delivery_folder_unwritable'],
      ],
    )
    await assert.rejects(
      outbox.put([{ ...report('relative'), channel: { via: 'folder', path: 'share' }, message }]),
      /is no whole path/,
    )
  })
})
