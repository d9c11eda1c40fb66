import type { Generated } from 'kysely'

/** A message that goes out: to one address, one system or one folder. Instants are ISO 8601 in UTC. */
export interface DeliveryTable {
  /** Made of the key; what the receiver knows a repetition by. */
  delivery_id: string
  /** What is put again under the same key is sent once. */
  key: string
  /** leads, report or alert. */
  kind: Generated<string>
  /** Id of the issue or evaluation it belongs to. */
  about: Generated<string>
  /** mail, webhook or folder. */
  via: Generated<string>
  /** The address, the name of the webhook or the path of the folder. */
  recipient: Generated<string>
  /** What is said, JSON; '' where it was sent long ago. */
  body: string
  /** waiting, sending, sent or dead. */
  status: string
  attempts: Generated<number>
  made_at: string
  /** Not before then. */
  next_at: string
  /** What went wrong last, in English words. */
  error: string | null
  /** The same as a code with its details, JSON. */
  fault: Generated<string | null>
  /** Since when it is tried in vain. */
  failing_since: Generated<string | null>
  /** What the receiver said when it took it. */
  answer: Generated<string | null>
  ended_at: string | null
  /** When the operator was told that it is dead. */
  told_at: Generated<string | null>
}

/** A lead that another system was told of. */
export interface AnnouncedLeadTable {
  lead_id: string
  delivery_id: string
}

export const DELIVERY_MIGRATION = `ALTER TABLE deliveries ADD COLUMN key TEXT;
  ALTER TABLE deliveries ADD COLUMN kind TEXT NOT NULL DEFAULT 'leads';
  ALTER TABLE deliveries ADD COLUMN about TEXT NOT NULL DEFAULT '';
  ALTER TABLE deliveries ADD COLUMN via TEXT NOT NULL DEFAULT 'webhook';
  ALTER TABLE deliveries ADD COLUMN recipient TEXT NOT NULL DEFAULT 'leads';
  ALTER TABLE deliveries ADD COLUMN fault TEXT;
  ALTER TABLE deliveries ADD COLUMN failing_since TEXT;
  ALTER TABLE deliveries ADD COLUMN answer TEXT;
  ALTER TABLE deliveries ADD COLUMN told_at TEXT;
  UPDATE deliveries SET key = delivery_id,
    failing_since = CASE WHEN error IS NOT NULL THEN made_at END,
    told_at = CASE WHEN status = 'dead' THEN ended_at END;
  CREATE UNIQUE INDEX deliveries_by_key ON deliveries (key);
  CREATE INDEX deliveries_by_about ON deliveries (about);
  CREATE INDEX deliveries_due ON deliveries (via, status, next_at);`
