import type { Config } from '../config/define.ts'
import { openOutbox, type Outbox, type OutboxDeps } from '../deliveries/outbox.ts'
import { tellOperator } from '../deliveries/tell-operator.ts'
import { LEAD_WEBHOOK } from './lead-webhook.ts'

/** By which the configuration sends, with the operator told by mail of what was given up. */
export function outboxOf(
  { mail, webhooks, leadWebhook, folder, company }: Config,
  deps: Pick<OutboxDeps, 'state' | 'now' | 'onFault'>,
): Outbox {
  const outbox = openOutbox({
    ...deps,
    folder,
    mail,
    webhooks: { ...webhooks, ...(leadWebhook && { [LEAD_WEBHOOK]: leadWebhook }) },
    ...(mail && {
      onDead: (dead) => tellOperator(outbox, dead, { operator: mail.operator, company: company.name }),
    }),
  })
  return outbox
}
