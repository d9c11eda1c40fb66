import { html } from 'hono/html'
import type { Html } from '../page.ts'
import { listCard, type ListColumn } from '../render/list.ts'
import type { View } from '../render/view.ts'
import type { WordKey } from '../words/en.ts'
import type { Speech } from '../words/speech.ts'
import { zhApiDocument } from '../words/zh-api-document.ts'
import {
  membersOf,
  type ApiDocument,
  type Member,
  type Operation,
  type Schema,
  type SecurityScheme,
} from './api-document.ts'

/** What the API takes and answers, for people: as `/openapi.json` says it for programs. */
export function apiPage({ paths, components }: ApiDocument, view: View): readonly Html[] {
  const { speech } = view
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  )
  return [
    html`<div class="page-head">
      <div>
        <h1>${speech.say('api_title')}</h1>
        <p class="intro">${speech.say('api_intro')}</p>
        <p>
          <a href="/openapi.json">${speech.say('api_open')}</a> ·
          <a href="/api/query?metrics=revenue,profit&by=customer&order=-revenue&limit=10"
            >${speech.say('api_example')}</a
          >
        </p>
      </div>
    </div>`,
    callers(Object.values(components?.securitySchemes ?? {}), view),
    contents(operations, view),
    ...operations.map((one) => operationCard(one, view)),
    ...Object.entries(components?.schemas ?? {}).map(([name, schema]) => shapeCard(name, schema, view)),
  ]
}

/** How it is said who asks. */
function callers(schemes: readonly SecurityScheme[], view: View): Html {
  const { speech } = view
  const columns: readonly ListColumn<SecurityScheme>[] = [
    {
      title: speech.say('api_place'),
      cell: ({ in: place }) => speech.say(place === 'cookie' ? 'api_cookie' : 'api_header'),
    },
    { title: speech.say('api_name'), cell: ({ name = 'Authorization: Bearer' }) => html`<code>${name}</code>` },
    { title: speech.say('api_meaning'), cell: ({ description }) => said(description, speech), wide: true },
  ]
  return listCard(
    { name: 'callers', title: speech.say('api_callers'), about: '', rows: schemes, columns, none: '' },
    view,
  )
}

interface Named {
  readonly name: string
  readonly operation: Operation
}

function contents(operations: readonly Named[], view: View): Html {
  const { speech } = view
  const columns: readonly ListColumn<Named>[] = [
    {
      title: speech.say('api_operation'),
      cell: ({ name, operation }) => html`<a href="#${operation.operationId}"><code>${name}</code></a>`,
    },
    { title: speech.say('api_about'), cell: ({ operation }) => said(operation.summary, speech), wide: true },
  ]
  const [title, about] = [speech.say('api_operations'), speech.say('api_operations_about')]
  return listCard({ name: 'operations', title, about, rows: operations, columns, none: '' }, view)
}

interface Part {
  readonly place: string
  readonly name: string
  readonly required?: boolean | undefined
  readonly schema: Schema | undefined
  readonly about: string | undefined
}

const PLACES: Readonly<Record<string, WordKey>> = { query: 'api_query', path: 'api_path', header: 'api_header' }

function operationCard({ name, operation }: Named, view: View): Html {
  const { speech } = view
  const columns: readonly ListColumn<Part>[] = [
    { title: speech.say('api_place'), cell: ({ place }) => place },
    { title: speech.say('api_name'), cell: (part) => html`<code>${part.name}</code>` },
    { title: speech.say('api_holds'), cell: ({ schema }) => (schema === undefined ? '' : typeOf(schema, speech)) },
    { title: speech.say('api_meaning'), cell: (part) => meaning(part, speech), wide: true },
  ]
  const about = speech.language === 'zh' ? (zhApiDocument[operation.summary ?? ''] ?? '') : (operation.summary ?? '')
  const list = { name: operation.operationId, title: name, about, rows: partsOf(operation, speech), columns }
  return listCard({ ...list, none: speech.say('api_nothing') }, view)
}

function partsOf({ parameters = [], requestBody, responses }: Operation, speech: Speech): Part[] {
  const contentOf = (
    place: string,
    content: NonNullable<Operation['requestBody']>['content'],
    about?: string,
  ): Part[] => Object.entries(content ?? {}).map(([name, { schema }]) => ({ place, name, schema, about }))
  return [
    ...parameters.map(({ in: place, name, required, schema, description: about }) => ({
      place: speech.say(PLACES[place] ?? 'api_query'),
      name,
      required,
      schema,
      about,
    })),
    ...contentOf(speech.say('api_body'), requestBody?.content),
    ...Object.entries(responses).flatMap(([status, { description, content, headers = {} }]) => [
      ...contentOf(speech.say('api_answer', { status }), content ?? { '–': {} }, description),
      ...(Number(status) < 400 ? Object.entries(headers) : []).map(([name, { schema, description: about }]) => ({
        place: speech.say('api_answer_header'),
        name,
        schema,
        about,
      })),
    ]),
  ]
}

function meaning({ required, about }: Part, speech: Speech): Html | string {
  const words = said(about, speech)
  return required === true ? html`<strong>${speech.say('api_required')}</strong> ${words}` : words
}

function shapeCard(name: string, schema: Schema, view: View): Html {
  const { speech } = view
  const columns: readonly ListColumn<Member>[] = [
    { title: speech.say('api_member'), cell: ({ path }) => html`<code>${path}</code>` },
    { title: speech.say('api_holds'), cell: (member) => typeOf(member.schema, speech) },
    {
      title: speech.say('api_meaning'),
      cell: ({ schema: { description }, required }) =>
        html`${required ? '' : html`<em>${speech.say('api_absent')}</em> `}${said(description, speech)}`,
      wide: true,
    },
  ]
  const title = speech.say('api_shape', { name })
  const list = { name: `shape-${name}`, title, about: '', rows: membersOf(schema), columns, folded: true }
  return listCard({ ...list, none: speech.say('api_object') }, view)
}

/** What the document says, in the reader's language where there are words for it. */
function said(text: string | undefined, { language }: Speech): Html | string {
  if (text === undefined || language === 'en') return text ?? ''
  return zhApiDocument[text] ?? html`<span lang="en">${text}</span>`
}

const TYPES: Readonly<Record<string, WordKey>> = {
  string: 'api_text',
  integer: 'api_whole',
  number: 'api_number',
  boolean: 'api_flag',
  null: 'api_null',
  object: 'api_object',
}
const FORMATS: Readonly<Record<string, WordKey>> = { date: 'api_day', 'date-time': 'api_instant', binary: 'api_bytes' }

/** What a schema holds, in words; a shape with a name as a link to it. */
function typeOf(schema: Schema, speech: Speech): Html | string {
  const { $ref, enum: choices, const: only, anyOf, items, additionalProperties, type, format, properties } = schema
  const joined = (parts: readonly (Html | string)[]): Html =>
    html`${parts.map((part, at) => (at === 0 ? part : html` | ${part}`))}`
  if ($ref !== undefined) {
    const name = $ref.split('/').at(-1) ?? ''
    return html`<a href="#shape-${name}"><code>${name}</code></a>`
  }
  if (only !== undefined) return html`<code>${JSON.stringify(only)}</code>`
  if (choices !== undefined) return joined(choices.map((choice) => html`<code>${String(choice)}</code>`))
  if (anyOf !== undefined) return joined(anyOf.map((one) => typeOf(one, speech)))
  if (items !== undefined) return around('api_list', typeOf(items, speech), speech)
  if (typeof additionalProperties === 'object' && properties === undefined)
    return around('api_map', typeOf(additionalProperties, speech), speech)
  return speech.say(FORMATS[format ?? ''] ?? TYPES[type ?? ''] ?? 'api_any')
}

/** Words with markup in their blank. */
function around(key: WordKey, what: Html | string, speech: Speech): Html {
  const [before = '', after = ''] = speech.say(key).split('{what}')
  return html`${before}${what}${after}`
}
