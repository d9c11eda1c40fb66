import { html, raw } from 'hono/html'
import type { Answers, PageQuestion } from '../answers.ts'
import { palettes } from '../charts/palette.ts'
import type { ChartBlock, Html } from '../page.ts'
import type { Draw } from './draw.ts'
import { figuresAlone } from './figures-page.ts'
import type { View } from './view.ts'

/** As wide as a sheet of A4 between its margins, in pixels. */
const WIDTH = 1000

/**
 * A page as one file that needs nothing else: styles within it, charts drawn, no script, no filter, no address that leads back.
 * `css` is the style sheet of the pages.
 */
export async function offlineDocument(
  question: PageQuestion,
  answers: Answers,
  { view, css, title, draw }: { view: View; css: string; title: string; draw: Draw },
): Promise<Html> {
  const charts = question.definition.rows.flat().filter((block): block is ChartBlock => block.block === 'chart')
  const drawings = new Map<string, string>()
  for (const block of charts) drawings.set(block.chart.name, await drawn(block, answers, { view, draw }))
  const body = await html`${figuresAlone(question, answers, { ...view, drawings, orders: false })}`
  const { speech, company } = view
  return html`${raw('<!doctype html>')}
    <html lang="${speech.language === 'zh' ? 'zh-CN' : 'en'}" data-theme="light">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <title>${title} – ${company.name} – ${speech.say('product')}</title>
        <style>
          ${raw(css.replaceAll('</', String.raw`<\/`))} .elsewhere,
          .downloads,
          .pager {
            display: none;
          }
        </style>
      </head>
      <body>
        <main id="content">${raw(withoutAddresses(body.toString()))}</main>
        <footer class="foot"><p>${speech.say('product')} – ${company.name}</p></footer>
      </body>
    </html>`
}

/** What was written keeps its words; where it led is out of reach. */
function withoutAddresses(text: string): string {
  return text.replace(/<a\b[^>]*>/g, '<span>').replaceAll('</a>', '</span>')
}

async function drawn(
  block: ChartBlock,
  answers: Answers,
  { view: { speech }, draw }: { view: View; draw: Draw },
): Promise<string> {
  const spec = block.chart.draw(speech, palettes.light)
  const rows = block.chart.rows(answers.answerOf(block), speech)
  return draw({ ...spec, width: WIDTH }, rows)
}
