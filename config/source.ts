import type { ColumnName, EntityName } from '../entities/entities.ts'

/**
 * How a column of an entity is filled. A string is a column name of the source or a small DuckDB expression over its columns.
 * `values` translates the source's words into the contract's; a word that is not listed goes to `otherwise`,
 * or rejects the row where that is absent.
 */
export type ColumnMapping =
  | string
  | {
      readonly from: string
      readonly values?: Readonly<Record<string, string | null>>
      readonly otherwise?: string | null
    }

export interface Lag {
  readonly days?: number
  readonly hours?: number
  readonly minutes?: number
}

/** How text in a source is read as values. Applies to a whole source; a feed may override it. */
export interface Reading {
  /** Words that mean nothing was entered. Default: the empty string. */
  readonly nulls?: readonly string[]
  /** strptime layouts for days and instants, tried in order after ISO 8601, e.g. '%d/%m/%Y %H:%M'. */
  readonly dates?: readonly string[]
  /** Decimal mark in numbers. Default '.'. */
  readonly decimal?: '.' | ','
  /** Mark between thousands, dropped before reading a number. Default: none. */
  readonly thousands?: string
  /** Time zone of instants that carry none. Default: the company's. */
  readonly timeZone?: string
  /** Words behind a number and what they multiply it by: { K: 1e3, 万: 1e4 }. */
  readonly units?: Readonly<Record<string, number>>
  /** Words before or behind a number that say nothing more: ['$', '¥', 'CNY']. The currency is that of the row or the company. */
  readonly signs?: readonly string[]
  /** Negative numbers as accountants write them: (1,234.50) and 1,234.50-. */
  readonly accounting?: true
  /** '15 %' is 0.15. */
  readonly percent?: true
  /** Full-width digits and marks, １２３．４５ and （１２）, are read as their narrow ones in numbers, days and instants. */
  readonly fullWidth?: true
  /** Ids that went through a spreadsheet: '17850.0' is 17850. */
  readonly wholeIds?: true
  /** Days as numbers of a spreadsheet: 45291 is 2023-12-31. */
  readonly excelDays?: true
  /** Instants as a count since 1970. */
  readonly epoch?: 'seconds' | 'milliseconds'
}

/** How files are laid out. Applies to a whole `files` source; a feed may override it. */
export interface FileFormat {
  readonly format?: 'csv' | 'ndjson' | 'parquet' | 'workbook'
  /**
   * Of text files, by its WHATWG label: 'gb18030', 'utf-16le', 'windows-1252' (also called latin1), 'big5', 'shift_jis'.
   * Default: what a byte order mark says, else UTF-8.
   */
  readonly encoding?: string
  /** Of workbooks: a name, or a number from 1. Default: the first visible sheet that has rows. */
  readonly sheet?: string | number
  /** Of workbooks: over how many lines the names go; those of several lines are joined. Default 1. */
  readonly headerLines?: number
  /** Of workbooks: 'repeat' gives each cell of a merged range its value; else only the first has it. */
  readonly mergedCells?: 'repeat'
  readonly delimiter?: string
  readonly quote?: string
  readonly escape?: string
  /** true: the first line has the names; a list: the file has no header and these are its columns. Default true. */
  readonly header?: boolean | readonly string[]
  /** The line, counted from 1, that has the names; what stands above it is left out. Default 1; in workbooks the first that looks like names. */
  readonly headerLine?: number
  /** What ends a record, where that is no line end alone: '&|\n'. Line breaks within a record are then part of its fields. */
  readonly lineEnd?: string
  /** Rules that mend broken lines. None is applied that is not named here, and every line mended is shown. */
  readonly recover?: readonly Recovery[]
}

/**
 * quoted_line: the whole line is one quoted field that holds a line again.
 * repeated_header: the names stand again among the rows; such a line is left out.
 * missing_trailing: a line with fewer fields than names; the missing last ones are empty.
 * trailing_blank: a line with more fields than names, all of them empty; they are dropped.
 * extra_delimiters: a line with more fields than names, because a text in `column` holds delimiters without quotes.
 */
export type RecoveryRule =
  'quoted_line' | 'repeated_header' | 'missing_trailing' | 'trailing_blank' | 'extra_delimiters'
export type Recovery =
  Exclude<RecoveryRule, 'extra_delimiters'> | { readonly rule: 'extra_delimiters'; readonly column: string }

/** How an HTTP answer is read. `from` is the path, with its query, below the source's address. */
export interface HttpFormat {
  /** Where the list of records is in an answer: 'data.items'. Default: the answer itself. */
  readonly records?: string
  /** A list within each record, of which every entry is a row: its columns as `<list>_<name>`, the record's beside them. */
  readonly explode?: string
  readonly paging?: Paging
  /** Where an answer says how many records there are in all: fewer that come are an error, not silence. */
  readonly total?: string
  /** The parameter that tells the other side the lower bound of the cursor. Without it everything is read, and filtered here. */
  readonly since?: { readonly parameter: string; readonly as?: 'iso' | 'day' | 'seconds' }
}

interface PageSize {
  readonly parameter: string
  readonly value: number
}

/**
 * cursor: the answer gives the next value of `parameter` at `next`. page and offset: counted until a page comes short.
 * link: the header Link, rel="next" (RFC 8288). next: the answer gives the next address at `next`.
 */
export type Paging =
  | { readonly kind: 'cursor'; readonly parameter: string; readonly next: string; readonly size?: PageSize }
  | { readonly kind: 'page'; readonly parameter: string; readonly first?: number; readonly size?: PageSize }
  | { readonly kind: 'offset'; readonly parameter: string; readonly size: PageSize }
  | { readonly kind: 'link'; readonly size?: PageSize }
  | { readonly kind: 'next'; readonly next: string; readonly size?: PageSize }

interface FeedBase extends Reading, FileFormat, HttpFormat {
  /** Table or view of the source; for files a glob below the source's folder. */
  readonly from: string
  /** SQL condition over the source's columns: rows it leaves out are counted, not loaded. */
  readonly where?: string
  /**
   * Extract only rows changed since the last run. `column` is compared with the highest value seen, less `lag`.
   * Files without a cursor are read when new or changed.
   */
  readonly cursor?: { readonly column: string; readonly lag?: Lag }
  /** The whole table is read each time; rows that are gone are deleted here, and kept in history. */
  readonly deletions?: boolean
  /** Expression for the instant at which this version of the row became true: several versions of one key become its history. */
  readonly version?: string
  /** A table or file that is not there is no failure, and an optional column that is not there is left out. */
  readonly ifPresent?: boolean
  /**
   * Rows of the first reading that do not say when they were keyed: 'happened' takes them as known since they happened, those
   * without a clock as always known. Default: known since that reading.
   */
  readonly firstKnown?: 'happened'
  /** A batch with a larger share of rejected rows does not load. Default 0.1. */
  readonly rejectShare?: number
}

/** One table or file set of a source that feeds one entity. */
export type Feed = {
  [E in EntityName]: FeedBase & {
    readonly entity: E
    readonly columns: { readonly [C in ColumnName<E>]?: ColumnMapping }
  }
}[EntityName]

interface SourceBase extends Reading {
  /** Short name; stands beside every row that came from it. */
  readonly name: string
  readonly feeds: readonly Feed[]
  /** The recipe that its feeds come from: `check` says what its system cannot give. */
  readonly recipe?: string
}

export interface FilesSource extends SourceBase, FileFormat {
  readonly kind: 'files'
  /** Folder below which the globs of the feeds are looked up; of a remote the one of its copies, which config.ts gives it. */
  readonly folder: string
  /** Where the files come from, when they lie on no disk of this machine. */
  readonly remote?: Remote
}

/** Files elsewhere, as a configuration has them. What changed there is copied to `cache/<name>` in the warehouse's folder. */
export type RemoteFilesSource = Omit<FilesSource, 'folder' | 'remote'> & { readonly remote: Remote; folder?: never }

export type Remote = S3Remote | SftpRemote

interface RemoteBase {
  /** How long to wait for an answer, and for more of a file that is coming. Default 60. */
  readonly timeoutSeconds?: number
}

/** A bucket of S3, or of what speaks its language: MinIO, Ceph, OSS, COS, R2. */
export interface S3Remote extends RemoteBase {
  readonly kind: 's3'
  /** Address of the service, without the bucket. Default: that of AWS in the region. */
  readonly endpoint?: string
  readonly region: string
  readonly bucket: string
  /** The folder within the bucket: 'exports/erp'. Default: the whole bucket. */
  readonly prefix?: string
  /** Take both from the environment: `env('S3_KEY_ID')`, `env('S3_SECRET')`. */
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** true: the bucket stands in the path, not in the name of the host: most services that a company runs itself. */
  readonly pathStyle?: boolean
}

export interface SftpRemote extends RemoteBase {
  readonly kind: 'sftp'
  readonly host: string
  /** Default 22. */
  readonly port?: number
  readonly user: string
  /** Take what is secret from the environment: `env('SFTP_PASSWORD')`. One of password and private key. */
  readonly password?: string
  readonly privateKey?: string
  /** Of a private key that has one. */
  readonly passphrase?: string
  /** The folder on the server, from `/` or from where the user arrives. */
  readonly path: string
  /** Fingerprint of the server's key, as `ssh-keygen -lf` prints it: 'SHA256:…'. A server with another key gets no password. */
  readonly hostKey: string
}

export interface SqliteSource extends SourceBase {
  readonly kind: 'sqlite'
  readonly file: string
}

/** How a request says who asks. Take what is secret from the environment: `env('CRM_TOKEN')`. */
export type HttpAuth =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | { readonly kind: 'query'; readonly parameter: string; readonly value: string }
  /** OAuth 2.0 client credentials (RFC 6749, 4.4). */
  | {
      readonly kind: 'oauth2'
      readonly tokenUrl: string
      readonly clientId: string
      readonly clientSecret: string
      readonly scope?: string
    }

export interface HttpSource extends SourceBase, HttpFormat {
  readonly kind: 'http'
  /** Address that every `from` is below: 'https://crm.example.com/api/v2'. */
  readonly url: string
  readonly auth?: HttpAuth
  readonly headers?: Readonly<Record<string, string>>
  /** How long to wait for an answer. Default 60. */
  readonly timeoutSeconds?: number
  /** At most so many requests a second. Default: as fast as the answers come. */
  readonly ratePerSecond?: number
}

/** A database server. SQL Server goes the same way as the others, but could not be tried against a real server. */
export interface DatabaseSource extends SourceBase {
  readonly kind: 'postgres' | 'mysql' | 'sqlserver'
  /**
   * Connection URL: `postgres://`, `mysql://` (MariaDB too) or `sqlserver://`, then `user:password@host:port/database`.
   * Take it from the environment: `env('CRM_URL')`. Never shown, logged or stored.
   */
  readonly url: string
}

export type Source = FilesSource | SqliteSource | DatabaseSource | HttpSource
