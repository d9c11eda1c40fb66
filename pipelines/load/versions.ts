import { count, equal, type Load } from './batch.ts'

/**
 * Writes `news` into `raw` and `history`. Most keys get one version on top of what there is. Keys that get several, or
 * one that belongs into their past, have their line of versions laid out again.
 */
export async function writeVersions(load: Load): Promise<void> {
  const { session, key } = load
  const keys = key.join(', ')
  await session.run(
    `CREATE OR REPLACE TEMP TABLE involved AS
     SELECT ${keys}, bool_or(COALESCE(starts_at < COALESCE(current_from, last_to), false)) AS late
     FROM news GROUP BY ${keys} HAVING count(*) > 1 OR late`,
  )
  const involved = await count(session, 'SELECT count(*) AS n FROM involved')
  if (involved > 0) await layOut(load)
  await putOnTop(load, involved > 0)
}

async function putOnTop({ session, raw, history, content, key, names }: Load, exceptInvolved: boolean): Promise<void> {
  const keys = key.join(', ')
  const except = exceptInvolved ? `ANTI JOIN involved USING (${keys})` : ''
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ended AS
     SELECT ${keys}, starts_at FROM news ${except} WHERE current_from IS NOT NULL`,
  )
  if ((await count(session, 'SELECT count(*) AS n FROM ended')) > 0) {
    await session.run(
      `INSERT INTO ${history} BY NAME
         SELECT current.*, starts_at AS known_to, ${names.batch} AS ended_by_batch, 'updated' AS ended_how
         FROM ${raw} AS current JOIN ended USING (${keys});
       DELETE FROM ${raw} AS current USING ended WHERE ${equal('current', 'ended', key)}`,
    )
  }
  await session.run(
    `INSERT INTO ${raw} (${content.join(', ')}, source, batch_id, loaded_at, known_from, version_place)
     SELECT ${content.join(', ')}, ${names.source}, ${names.batch}, ${names.loadedAt}, starts_at,
       CASE WHEN starts_at = current_from THEN COALESCE(current_place, 1) + 1 ELSE 1 END
     FROM news ${except}`,
  )
}

/**
 * The whole line of versions of each involved key: what is known, what is new, and the instants at which the key was deleted,
 * in order. Each version ends where the next thing begins; what nothing follows is the current row.
 */
async function layOut(load: Load): Promise<void> {
  const { session, raw, history, content, key } = load
  const keys = key.join(', ')
  const written = [...content, 'source', 'batch_id', 'loaded_at'].join(', ')
  await session.run(
    `CREATE OR REPLACE TEMP TABLE line AS
     SELECT *, lead(known_from) OVER ordered AS known_to, lead(by_batch) OVER ordered AS ended_by_batch,
       CASE WHEN lead(is_end) OVER ordered THEN 'deleted' ELSE 'updated' END AS ended_how,
       row_number() OVER of_instant + COALESCE(first_value(stored_place) OVER of_instant, 1) - 1 AS version_place
     FROM (${entries(load)})
     WINDOW ordered AS (PARTITION BY ${keys} ORDER BY ${IN_ORDER}),
       of_instant AS (PARTITION BY ${keys}, known_from, is_end ORDER BY ${IN_ORDER})`,
  )
  await session.run(
    `DELETE FROM ${raw} AS current USING involved WHERE ${equal('current', 'involved', key)};
     DELETE FROM ${history} AS past USING involved WHERE late AND ${equal('past', 'involved', key)};
     INSERT INTO ${raw} (${written}, known_from, version_place)
       SELECT ${written}, known_from, version_place FROM line WHERE NOT is_end AND known_to IS NULL;
     INSERT INTO ${history} (${written}, known_from, version_place, known_to, ended_by_batch, ended_how)
       SELECT ${written}, known_from, version_place, known_to, ended_by_batch, ended_how FROM line WHERE NOT is_end AND known_to IS NOT NULL`,
  )
}

/** Versions of one instant stand in the order in which they became known, those of one batch in that of its lines. */
const IN_ORDER = 'known_from, until, phase, stored_place, _file NULLS FIRST, _line NULLS FIRST'

/** At one instant a deletion stands before what came back, and what was known before what is new. */
function entries({ raw, history, content, key, names }: Load): string {
  const keys = key.join(', ')
  const columns = content.join(', ')
  const forever = `TIMESTAMP 'infinity'`
  const nowhere = 'CAST(NULL AS VARCHAR) AS _file, CAST(NULL AS BIGINT) AS _line'
  const late = `SEMI JOIN (SELECT ${keys} FROM involved WHERE late) AS late USING (${keys})`
  return `SELECT ${columns}, ${names.source} AS source, ${names.batch} AS batch_id, ${names.loadedAt} AS loaded_at,
      starts_at AS known_from, ${forever} AS until, 3 AS phase, CAST(NULL AS INTEGER) AS stored_place, false AS is_end, ${names.batch} AS by_batch, _file, _line
    FROM news SEMI JOIN involved USING (${keys})
    UNION ALL
    SELECT ${columns}, source, batch_id, loaded_at, known_from, ${forever}, 2, version_place, false, batch_id, ${nowhere}
    FROM ${raw} SEMI JOIN involved USING (${keys})
    UNION ALL
    SELECT ${columns}, source, batch_id, loaded_at, known_from, known_to, 1, version_place, false, batch_id, ${nowhere}
    FROM ${history} ${late}
    UNION ALL
    SELECT ${columns}, source, batch_id, loaded_at, known_to, known_to, 0, NULL, true, ended_by_batch, ${nowhere}
    FROM ${history} ${late} WHERE ended_how = 'deleted'`
}
