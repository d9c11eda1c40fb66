// Every command that the README and docs/ show is run, against the sample company or the company its page describes.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { MailServer } from '../support/mail-server.ts'
import { openWorkplace, sampleConfiguration, type Workplace } from './company.ts'
import { blocksOf, pages, readPage, root, tableRows } from './pages.ts'

/** Commands that are not run here, and why. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'npm test': 'it runs this',
  'npm run check': 'test/guards runs it',
  'npm run generate': 'it writes into the project; test/guards proves that nothing would change',
}
const SERVERS = ['start', 'serve']
const DATA = resolve(root, '../shared/data')

interface Shown {
  /** What stands behind the language of the block: which company the command is about. */
  readonly title: string
  readonly command: string
}

const shown: readonly Shown[] = [
  ...blocksOf('sh').flatMap(({ title, text }) => text.split('\n').map((command) => ({ title, command }))),
  ...pages.flatMap(({ words }) => words.map((command) => ({ title: '', command }))),
]
  .map(({ title, command }) => ({ title, command: command.trim().replace(/^npm ci && /, '') }))
  .filter(({ command }) => /^(npm|node|npx) /.test(command) && command !== 'npm ci')

/** The words after `trueworth`; undefined for another script. */
function wordsOf(command: string): string[] | undefined {
  if (command === 'npm start') return ['start']
  return /^npm run trueworth -- (.+)$/.exec(command)?.[1]?.split(' ')
}

/** Each command about a company once, in the order of the pages. */
function commandsOf(title: string): string[][] {
  const commands = new Set(shown.filter((one) => one.title === title).map(({ command }) => command))
  return [...commands].map(wordsOf).filter((words) => words !== undefined)
}

async function runs(place: Workplace, words: readonly string[]): Promise<void> {
  const { code, output } = SERVERS.includes(words[0] ?? '')
    ? await place.serve(onAnyPort(words), answers)
    : await place.run(words)
  assert.equal(code, 0, `${words.join(' ')}\n${output}`)
}

/** A port that is free, where the page names one. */
function onAnyPort(words: readonly string[]): string[] {
  return words.map((word, place) => (words[place - 1] === '--port' ? '0' : word))
}

async function answers(url: string): Promise<void> {
  const page = await fetch(new URL('/customers', url))
  assert.equal(page.status, 200)
}

describe('commands of the pages', () => {
  test('each is one of the project, and is run below or has a reason why not', () => {
    assert.ok(shown.length > 20, 'the pages show commands')
    const { scripts } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { scripts: object }
    for (const { command } of shown) {
      const script = /^npm (?:run )?([a-z]+)/.exec(command)?.[1] ?? ''
      assert.ok(script in scripts, `${command}: package.json has no script '${script}'`)
      const reason = Object.keys(NOT_RUN).find((known) => command === known || command.startsWith(`${known} -- `))
      assert.ok(wordsOf(command) !== undefined || reason !== undefined, `${command}: nobody runs it`)
    }
  })
})

describe('the sample company', { concurrency: false }, () => {
  let place: Workplace
  before(async () => {
    place = await openWorkplace(sampleConfiguration(0.25))
  })
  after(() => place.remove())

  test('npm start ends in a URL, at which everything the pages name answers, and keeps its files where they say', async () => {
    const paths = pages
      .flatMap(({ words }) => words)
      .map((word) => word.replace(/^http:\/\/127\.0\.0\.1:4600/, ''))
      .filter(
        (word) => /^\/(healthz|openapi\.json|api\/\S*)$/.test(word) && word !== '/api/query' && word !== '/api/runs',
      )
    const { code, output } = await place.serve(['start'], async (url) => {
      for (const path of new Set(['/', '/customers', '/pipelines', ...paths])) {
        assert.equal((await fetch(new URL(path, url))).status, 200, path)
      }
      for (const [name = ''] of tableRows(readPage('docs/operations.md'), 'file or folder'))
        assert.ok(existsSync(join(place.folder, 'company', name.replaceAll('`', ''))), name)
    })
    assert.equal(code, 0, output)
  })

  for (const words of commandsOf('').filter((words) => words[0] !== 'start'))
    test(words.join(' '), () => runs(place, words))
})

describe('the small company', { concurrency: false }, () => {
  let place: Workplace
  before(async () => {
    const [config] = blocksOf('ts', 'trueworth.config.ts')
    const imported = pathToFileURL(resolve(root, 'config.ts')).href
    place = await openWorkplace((config?.text ?? '').replace('./config.ts', imported))
    for (const { title, text } of blocksOf('csv')) {
      await mkdir(dirname(join(place.folder, title)), { recursive: true })
      await writeFile(join(place.folder, title), text)
    }
  })
  after(() => place.remove())

  for (const words of commandsOf('small company'))
    test(words.join(' '), () => runs(place, words[0] === 'serve' ? [...words, '--port', '0'] : words))

  test('one ticket is rejected for the reason the page gives, and the order is one', async () => {
    const { output } = await place.run(['check'])
    assert.match(output, /'31\.02\.2026 09:00' is not an instant/)
    const { output: answer } = await place.run(['query', 'revenue', 'orders', 'requests', '--by', 'customer', '--json'])
    const { rows } = JSON.parse(answer) as { rows: object[] }
    const harbour = { customer: '1001', customer_label: 'Harbour Pumps Ltd', revenue: 12602, orders: 1, requests: 2 }
    assert.deepEqual(
      rows.find((row) => 'customer' in row && row.customer === '1001'),
      harbour,
    )
  })
})

describe('a company with a mail server', () => {
  for (const words of commandsOf('mail server'))
    test(words.join(' '), async () => {
      const server = await MailServer.open()
      const mail = { smtp: { host: '127.0.0.1', port: server.port }, from: 'a@example.com', operator: 'b@example.com' }
      const place = await openWorkplace(`export default ${JSON.stringify({ sources: [], folder: 'company', mail })}`)
      try {
        await runs(place, words)
        assert.deepEqual(server.arrived[0]?.to, ['you@example.com'])
      } finally {
        await place.remove()
        await server.close()
      }
    })
})

describe('the examples', { skip: existsSync(DATA) ? false : `${DATA} is not there` }, () => {
  for (const words of commandsOf('examples'))
    test(words.join(' '), async () => {
      const place = await openWorkplace(sampleConfiguration(0.25))
      try {
        const config = words.indexOf('--config') + 1
        await runs(place, words.with(config, resolve(root, words[config] ?? '')))
      } finally {
        await place.remove()
      }
    })
})
