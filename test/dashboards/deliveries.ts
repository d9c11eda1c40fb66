import { describeFault, fault } from '../../entities/faults.ts'
import type { DeliveryStatus } from '../../models/metrics/status.ts'

const NO_MAILBOX = fault('delivery_mail_address', { to: 'ming@example.com', message: '550 5.1.1 no such mailbox' })

/** One that was given up, and one that waits. */
export const deliveries: readonly DeliveryStatus[] = [
  {
    delivery_id: 'd1',
    key: 'may:ming',
    kind: 'report',
    about: 'executive 2026-03',
    via: 'mail',
    recipient: 'ming@example.com',
    status: 'dead',
    attempts: 1,
    made_at: '2026-03-31T22:00:00.000Z',
    next_at: '2026-03-31T22:01:00.000Z',
    ended_at: '2026-03-31T22:00:01.000Z',
    failing_since: '2026-03-31T22:00:01.000Z',
    error: describeFault(NO_MAILBOX, 'en') ?? '',
    fault: NO_MAILBOX,
    answer: null,
  },
  {
    delivery_id: 'd2',
    key: 'leads:l1',
    kind: 'leads',
    about: 'l1',
    via: 'webhook',
    recipient: 'leads',
    status: 'waiting',
    attempts: 2,
    made_at: '2026-03-31T21:00:00.000Z',
    next_at: '2026-03-31T22:05:00.000Z',
    ended_at: null,
    failing_since: '2026-03-31T21:00:01.000Z',
    error: 'answered 500',
    fault: null,
    answer: null,
  },
]
