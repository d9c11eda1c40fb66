// Takes the pictures of the README anew: node test/docs/take-pictures.ts
import { mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { startBrowser } from '../support/browser.ts'
import { openWorkplace, sampleConfiguration } from './company.ts'
import { root } from './pages.ts'

const FOLDER = join(root, 'docs/pictures')
const MOST_BYTES = 300_000
const PICTURES = {
  'customer-value.png': '/customers?lang=en&theme=light',
  'customer-value-zh.png': '/customers?lang=zh&theme=light',
}

const browser = await startBrowser()
if (browser === undefined) throw new Error('no Chromium: install it, or set CHROMIUM to its path')
const place = await openWorkplace(sampleConfiguration(1))
try {
  await mkdir(FOLDER, { recursive: true })
  await place.serve(['start'], async (url) => {
    for (const [name, path] of Object.entries(PICTURES))
      await take(browser, join(FOLDER, name), new URL(path, url).href)
  })
} finally {
  await browser.close()
  await place.remove()
}

async function take(browser: Browser, path: string, url: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1330 } })
  await page.goto(url, { waitUntil: 'networkidle' })
  await page.locator('.chart canvas, .chart svg').first().waitFor()
  await page.screenshot({ path })
  await page.close()
  const { size } = await stat(path)
  const { width, height } = sizeOf(await readFile(path))
  console.log(`${path}: ${width} × ${height}, ${Math.round(size / 1000)} kB`)
  if (size > MOST_BYTES) throw new Error(`${path} has ${size} bytes, more than ${MOST_BYTES}; take less of the page`)
}

/** Width and height stand at a fixed place of every PNG. */
function sizeOf(png: Buffer): { width: number; height: number } {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
}
