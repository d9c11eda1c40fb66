/** A message before it is text or HTML: what it says, part by part. */
export type Part =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly quiet?: true }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | {
      readonly kind: 'table'
      readonly columns: readonly { readonly title: string; readonly isFigure?: boolean }[]
      readonly rows: readonly (readonly string[])[]
      /** Its last row is a sum. */
      readonly hasTotal?: true
    }

/** Plain text: tables as lines, each cell with its heading. */
export function asText(parts: readonly Part[]): string {
  return `${parts.map(textOf).join('\n\n')}\n`
}

function textOf(part: Part): string {
  if (part.kind === 'heading') return part.text
  if (part.kind === 'paragraph') return part.text
  if (part.kind === 'link') return `${part.text}: ${part.href}`
  const { columns, rows } = part
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at === 0 ? `- ${cell}` : cell === '' ? '' : `${columns[at]?.title}: ${cell}`))
        .filter((cell) => cell !== '')
        .join(' | '),
    )
    .join('\n')
}

const FONT = "font-family:'Segoe UI','Microsoft YaHei','PingFang SC',Arial,sans-serif"
const CELL = 'padding:6px 10px;border-bottom:1px solid #d5dae1;font-size:14px;line-height:20px;vertical-align:top'

/** HTML that mail programs show: tables, inline styles, nothing loaded from elsewhere. */
export function asHtml(parts: readonly Part[], { language, title }: { language: 'en' | 'zh'; title: string }): string {
  const rows = parts
    .map((part) => `<tr><td style="padding:0 24px 14px;${FONT};color:#1c2430">${htmlOf(part)}</td></tr>`)
    .join('\n')
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title></head>
<body style="margin:0;padding:0;background-color:#f2f4f7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f2f4f7"><tr><td align="center" style="padding:20px 8px">
<table role="presentation" width="680" cellpadding="0" cellspacing="0" border="0" style="width:680px;max-width:100%;background-color:#ffffff">
<tr><td style="height:20px;line-height:20px;font-size:1px">&nbsp;</td></tr>
${rows}
</table>
</td></tr></table>
</body>
</html>
`
}

function htmlOf(part: Part): string {
  if (part.kind === 'heading')
    return `<h1 style="margin:0;font-size:20px;line-height:28px;${FONT};color:#1c2430">${escaped(part.text)}</h1>`
  if (part.kind === 'paragraph') {
    const look =
      part.quiet === true ? 'font-size:12px;line-height:18px;color:#566170' : 'font-size:14px;line-height:21px'
    return `<p style="margin:0;${look};${FONT}">${escaped(part.text).replaceAll('\n', '<br>')}</p>`
  }
  if (part.kind === 'link')
    return `<p style="margin:0;font-size:14px;line-height:21px;${FONT}"><a href="${escaped(part.href)}" style="color:#0b57a4">${escaped(part.text)}</a></p>`
  return tableOf(part)
}

function tableOf({ columns, rows, hasTotal }: Part & { kind: 'table' }): string {
  const align = (at: number): string => (columns[at]?.isFigure === true ? 'right' : 'left')
  const head = columns
    .map(
      ({ title }, at) =>
        `<th scope="col" align="${align(at)}" style="${CELL};${FONT};text-align:${align(at)};font-weight:bold;background-color:#eef1f5">${escaped(title)}</th>`,
    )
    .join('')
  const body = rows
    .map((row, place) => {
      const weight = hasTotal === true && place === rows.length - 1 ? ';font-weight:bold' : ''
      const cells = row
        .map(
          (cell, at) =>
            `<td align="${align(at)}" style="${CELL};${FONT};text-align:${align(at)}${weight}">${cell === '' ? '&nbsp;' : escaped(cell)}</td>`,
        )
        .join('')
      return `<tr>${cells}</tr>`
    })
    .join('\n')
  return `<table width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse"><thead><tr>${head}</tr></thead><tbody>
${body}
</tbody></table>`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
