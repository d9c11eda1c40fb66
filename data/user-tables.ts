import type { Generated } from 'kysely'

/** Who may sign in. The names of columns are those the sign-in library looks for. Instants are ISO 8601 in UTC. */
export interface UserTable {
  id: string
  name: string
  email: string
  emailVerified: number
  image: string | null
  createdAt: string
  updatedAt: string
  /** JSON: a list of names. */
  roles: string
  /** JSON: values by dimension, for rules that go by who asks. */
  attributes: string
  locked: number
}

/** Where somebody is signed in. */
export interface SessionTable {
  id: string
  expiresAt: string
  token: string
  createdAt: string
  updatedAt: string
  ipAddress: string | null
  userAgent: string | null
  userId: string
}

/** By what a user proves who it is: a password (`credential`), or the account of another system. */
export interface AccountTable {
  id: string
  accountId: string
  providerId: string
  userId: string
  accessToken: string | null
  refreshToken: string | null
  idToken: string | null
  accessTokenExpiresAt: string | null
  refreshTokenExpiresAt: string | null
  scope: string | null
  /** A hash; never the password. */
  password: string | null
  createdAt: string
  updatedAt: string
}

/** What programs sign in with. Only the hash of a token is kept. */
export interface TokenTable {
  id: string
  name: string | null
  /** Its first characters, by which people know it again. */
  start: string | null
  /** The user it stands for. */
  referenceId: string
  lastRequest: string | null
  expiresAt: string | null
  createdAt: string
}

/** Who saw and who changed what. */
export interface AuditTable {
  audit_id: Generated<number>
  at: string
  viewer_id: string
  viewer: string
  action: string
  subject: string
}

export const USER_MIGRATION = `CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    emailVerified INTEGER NOT NULL,
    image TEXT,
    createdAt TEXT NOT NULL,
    updatedAt TEXT NOT NULL,
    roles TEXT NOT NULL,
    attributes TEXT NOT NULL,
    locked INTEGER NOT NULL
  );
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    expiresAt TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,
    createdAt TEXT NOT NULL,
    updatedAt TEXT NOT NULL,
    ipAddress TEXT,
    userAgent TEXT,
    userId TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE
  );
  CREATE INDEX sessions_by_user ON sessions (userId);
  CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    accountId TEXT NOT NULL,
    providerId TEXT NOT NULL,
    userId TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    accessToken TEXT,
    refreshToken TEXT,
    idToken TEXT,
    accessTokenExpiresAt TEXT,
    refreshTokenExpiresAt TEXT,
    scope TEXT,
    password TEXT,
    createdAt TEXT NOT NULL,
    updatedAt TEXT NOT NULL,
    UNIQUE (providerId, accountId)
  );
  CREATE INDEX accounts_by_user ON accounts (userId);
  CREATE TABLE verifications (
    id TEXT PRIMARY KEY,
    identifier TEXT NOT NULL,
    value TEXT NOT NULL,
    expiresAt TEXT NOT NULL,
    createdAt TEXT NOT NULL,
    updatedAt TEXT NOT NULL
  );
  CREATE INDEX verifications_by_identifier ON verifications (identifier);
  CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    configId TEXT NOT NULL,
    name TEXT,
    start TEXT,
    referenceId TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    prefix TEXT,
    key TEXT NOT NULL UNIQUE,
    refillInterval INTEGER,
    refillAmount INTEGER,
    lastRefillAt TEXT,
    enabled INTEGER,
    rateLimitEnabled INTEGER,
    rateLimitTimeWindow INTEGER,
    rateLimitMax INTEGER,
    requestCount INTEGER,
    remaining INTEGER,
    lastRequest TEXT,
    expiresAt TEXT,
    createdAt TEXT NOT NULL,
    updatedAt TEXT NOT NULL,
    permissions TEXT,
    metadata TEXT
  );
  CREATE INDEX tokens_by_user ON tokens (referenceId);
  CREATE TABLE audit_log (
    audit_id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    viewer_id TEXT NOT NULL,
    viewer TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL
  );
  CREATE INDEX audit_log_by_time ON audit_log (at);
  CREATE INDEX audit_log_by_viewer ON audit_log (viewer_id, audit_id);`
