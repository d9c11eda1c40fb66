import { randomUUID } from 'node:crypto'
import type { Config } from '../../config/define.ts'
import { openMail } from '../../deliveries/mail.ts'
import { ConfigError } from '../../errors.ts'
import type { Say } from '../progress.ts'

const ENCRYPTED = { tls: 'encrypted', starttls: 'encrypted by STARTTLS', none: 'not encrypted' }

/** `trueworth mail test`: one mail, past the outbox, so that nothing waits. Throws ConfigError with what to mend. */
export async function mailTestCommand(
  { mail, folder, company }: Config,
  address: string,
  { flags: { json }, say }: { readonly flags: { readonly json?: boolean }; readonly say: Say },
): Promise<number> {
  if (mail === undefined)
    throw new ConfigError(
      "there is no mail server; set `mail` in trueworth.config.ts, e.g. mail: { smtp: { host: 'smtp.example.com' }, from: 'reports@example.com', operator: 'operations@example.com' }",
    )
  const { host, port, secure, user } = mail.smtp
  const by = `${host}:${port}, ${ENCRYPTED[secure]}${user === undefined ? '' : `, as ${user}`}`
  if (!json) say(`sending by ${by}`)
  const letters = openMail({ mail, folder, now: () => new Date() })
  try {
    const outcome = await letters.send({
      delivery_id: randomUUID(),
      channel: { via: 'mail', to: address },
      message: {
        subject: `${company.name}: Trueworth`,
        text: 'Mail from Trueworth arrives here.\nTrueworth 的邮件可以送达此处。',
        inline: [],
        attachments: [],
      },
    })
    if ('fault' in outcome) throw new ConfigError(outcome.fault)
    if (json) console.log(JSON.stringify({ host, port, secure, user: user ?? null, answer: outcome.answer }, null, 2))
    else console.log(`${host} took it: ${outcome.answer}`)
    return 0
  } finally {
    letters.close()
  }
}
