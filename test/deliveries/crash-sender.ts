import { openState } from '../../data/state.ts'
import { openOutbox } from '../../deliveries/outbox.ts'
import { mailBy } from './outgoings.ts'

/** Sends what is due of a state file as it was at a moment, in a process that a test kills. */
const [folder = '', port = '', url = '', moment = ''] = process.argv.slice(2)
const outbox = openOutbox({
  state: openState(`${folder}/state.sqlite`),
  folder,
  mail: mailBy({ host: '127.0.0.1', port: Number(port), secure: 'starttls', allowSelfSigned: true }),
  webhooks: { erp: { url, secret: 'not a secret, but long enough' } },
  now: () => new Date(moment),
  onFault: (error) => console.error(error),
})
await outbox.sendDue()
await outbox.close()
