import { createHmac } from 'node:crypto'
import type { Webhook } from '../config/define.ts'
import { fault } from '../entities/faults.ts'
import { failure, wordsOf, type Outcome, type Sender } from './outcome.ts'

const TIMEOUT = 10_000
/** The receiver said that it is gone for good. */
const GONE = 410

export interface Signal {
  readonly delivery_id: string
  readonly name: string
  /** JSON. */
  readonly body: string
}

interface WebhookDeps {
  readonly webhooks: Readonly<Record<string, Webhook>>
  readonly now: () => Date
  /** Milliseconds until an answer that does not come is given up. */
  readonly timeout?: number
}

/**
 * Sends JSON to other systems, signed as Standard Webhooks has it (standardwebhooks.com): HMAC-SHA256 over id, timestamp and
 * body. The same id tells the receiver a repetition.
 */
export function openWebhooks({ webhooks, now, timeout = TIMEOUT }: WebhookDeps): Sender<Signal> {
  const closing = new AbortController()
  return {
    send: async (signal) => {
      const webhook = Object.hasOwn(webhooks, signal.name) ? webhooks[signal.name] : undefined
      if (webhook === undefined) return failure(fault('delivery_webhook_missing', { name: signal.name }))
      return post(webhook, signal, {
        now: now(),
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(timeout)]),
      })
    },
    close: () => closing.abort(new Error('the process ends')),
  }
}

async function post(
  { url, secret }: Webhook,
  { delivery_id, body }: Signal,
  { now, signal }: { readonly now: Date; readonly signal: AbortSignal },
): Promise<Outcome> {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const signature = createHmac('sha256', secret).update(`${delivery_id}.${timestamp}.${body}`).digest('base64')
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': delivery_id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
      body,
      // Nobody but the one who was named gets what is sent.
      redirect: 'manual',
      signal,
    })
    await answer.body?.cancel()
    if (answer.ok) return { answer: String(answer.status) }
    if (answer.status === GONE) return failure(fault('delivery_webhook_gone', {}), { final: true })
    return failure(fault('delivery_webhook_answered', { status: answer.status }))
  } catch (error) {
    return failure(fault('delivery_webhook_silent', { message: wordsOf(error) }))
  }
}
