/** A name as SQL reads it, in DuckDB and SQLite alike: "order lines". */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A text as SQL reads it, in DuckDB and SQLite alike: 'it''s'. For what cannot be a parameter, such as a path after COPY … TO. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
