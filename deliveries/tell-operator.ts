import { createHash } from 'node:crypto'
import { describeFault } from '../entities/faults.ts'
import type { DeliveryStatus } from '../models/metrics/status.ts'
import type { Outbox } from './outbox.ts'

/** What the alert itself is about: one that dies is not told of by another. */
const ABOUT = 'deliveries'
const MOST_LINES = 50

/** Mails the operator what is dead. The same deliveries are told of once. */
export async function tellOperator(
  outbox: Pick<Outbox, 'put'>,
  dead: readonly DeliveryStatus[],
  { operator, company }: { readonly operator: string; readonly company: string },
): Promise<void> {
  const others = dead.filter(({ about, kind }) => kind !== 'alert' || about !== ABOUT)
  if (others.length === 0) return
  const deaths = others.map(({ delivery_id, ended_at }) => `${delivery_id} ${ended_at}`)
  await outbox.put([
    {
      key: `dead:${createHash('sha256').update(deaths.join('\n')).digest('hex')}`,
      kind: 'alert',
      about: ABOUT,
      channel: { via: 'mail', to: operator },
      message: { ...inBothLanguages(others, company), inline: [], attachments: [] },
    },
  ])
}

function inBothLanguages(dead: readonly DeliveryStatus[], company: string): { subject: string; text: string } {
  const lines = dead.slice(0, MOST_LINES).map(lineOf)
  const more = dead.length - lines.length
  return {
    subject: `${company}: ${dead.length} not delivered / ${dead.length} 项未能送达`,
    text: [
      'These were not taken and are not tried again:',
      '以下内容对方没有收下，不再自动重试：',
      '',
      ...lines,
      ...(more > 0 ? [`+ ${more}`] : []),
      '',
      'Mend what is said, then open Pipelines and choose "Send again", or run: npm run trueworth -- deliveries --again',
      '请按说明处理后，在“数据管道”页面选择“重新发送”，或运行：npm run trueworth -- deliveries --again',
    ].join('\n'),
  }
}

function lineOf({ kind, about, via, recipient, attempts, error, fault }: DeliveryStatus): string {
  const chinese = fault && describeFault(fault, 'zh')
  return [`- ${kind} ${about} → ${via} ${recipient} (${attempts})`, error, chinese].filter(Boolean).join('\n  ')
}
