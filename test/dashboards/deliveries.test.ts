import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createPages, type PagesDeps } from '../../dashboards/create-pages.ts'
import { status, viewer } from './marts-company.ts'

async function read(address: string, changes: Partial<PagesDeps> = {}): Promise<{ text: string }> {
  const pages = createPages({
    ask: () => Promise.reject(new Error('the page asks for no figures')),
    pipelineStatus: async () => status,
    company: { name: 'Sample & Works', currency: 'CNY', timeZone: 'Asia/Shanghai' },
    sample: false,
    policy: { coverageThreshold: 0.7 },
    viewer: () => viewer,
    ...changes,
  })
  return { text: await (await pages.request(address)).text() }
}

describe('deliveries on the page of pipelines', () => {
  test('what was not delivered stands there with to whom, since when and why; it can be sent again where a run can be started', async () => {
    const withRuns = { startRun: () => undefined }
    const { text } = await read('/pipelines', withRuns)
    for (const words of [
      'Not delivered',
      'ming@example.com',
      'Given up',
      'no such mailbox',
      'answered 500',
      'Waits, next try',
    ])
      assert.ok(text.includes(words), words)
    assert.match(
      text,
      /data-send="POST \/api\/deliveries\/again"\s+data-body="\{&quot;deliveries&quot;:\[&quot;d1&quot;\]\}"/,
    )
    assert.match(text, /aria-label="Send again: ming@example\.com"/)
    assert.doesNotMatch((await read('/pipelines')).text, /api\/deliveries/)
    const chinese = (await read('/pipelines?lang=zh', withRuns)).text
    for (const words of [
      '未送达',
      '已放弃',
      '邮件服务器拒绝地址 ming@example.com',
      '<span lang="en">answered 500</span>',
    ])
      assert.ok(chinese.includes(words), words)
  })
})
