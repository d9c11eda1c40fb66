import assert from 'node:assert/strict'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

export interface Schema {
  readonly [word: string]: unknown
}

export interface Parameter {
  readonly name: string
  readonly in: 'query' | 'path' | 'header'
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>
}

export interface Operation {
  readonly operationId: string
  readonly summary?: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: Content
  readonly responses: Readonly<
    Record<
      string,
      Content & {
        readonly description: string
        readonly headers?: Readonly<Record<string, { readonly required?: boolean; readonly schema: Schema }>>
      }
    >
  >
}

/** What `/openapi.json` says, as far as tests read it. */
export interface Document {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

export interface Named {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

/** Holds answers against what the document says of them. */
export class Described {
  readonly document: Document
  readonly operations: readonly Named[]
  /** Which documented answers were seen: 'GET /api/query 200 text/csv'. */
  readonly seen = new Set<string>()
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true })

  constructor(document: Document) {
    this.document = document
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    )
    formats.default(this.#ajv)
    this.#ajv.addSchema(strict(document) as Schema, 'openapi')
  }

  /** Every answer that the document promises, written as `seen` has them. */
  promised(): string[] {
    return this.operations.flatMap(({ method, path, operation }) =>
      Object.entries(operation.responses).flatMap(([status, { content = { '': {} } }]) =>
        Object.keys(content).map((type) => `${method} ${path} ${status} ${type}`.trim()),
      ),
    )
  }

  /** The path of the document that a request is to. */
  templateOf(target: string): string {
    const [path = ''] = target.split('?')
    const fits = (template: string): boolean => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)
    return this.operations.find((one) => fits(one.path))?.path ?? path
  }

  /** Fails where status, headers or body are not as the document says. Returns the body. */
  async holds(method: string, path: string, answer: Response): Promise<string> {
    const where = `${method} ${path} ${answer.status}`
    const said = this.document.paths[path]?.[method.toLowerCase()]?.responses[answer.status]
    const body = await answer.text()
    assert.ok(said, `${where} is not described: ${body.slice(0, 500)}`)
    for (const [name, { required }] of Object.entries(said.headers ?? {}))
      assert.ok(!required || answer.headers.has(name), `${where}: header ${name} is missing`)
    const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? ''
    this.seen.add(`${where} ${type}`.trim())
    if (said.content === undefined) {
      assert.equal(body, '', `${where} has a body`)
      return body
    }
    assert.ok(said.content[type], `${where}: content type '${type}' is not described`)
    if (/\bjson$/.test(type))
      this.fits(
        `/paths/${escape(path)}/${method.toLowerCase()}/responses/${answer.status}/content/${escape(type)}/schema`,
        JSON.parse(body),
      )
    return body
  }

  /** `pointer` leads to a schema of the document. */
  fits(pointer: string, value: unknown): void {
    const validate = this.#ajv.getSchema(`openapi#${pointer}`)
    assert.ok(validate, pointer)
    assert.ok(validate(value), `${pointer}: ${this.#ajv.errorsText(validate.errors)}`)
  }
}

function escape(word: string): string {
  return encodeURIComponent(word.replaceAll('~', '~0').replaceAll('/', '~1'))
}

/** Objects may hold what is described and nothing else, so that an undescribed member is found. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict)
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, strict(value)]))
  const isObject = inner['type'] === 'object' && typeof inner['properties'] === 'object'
  return isObject && !('additionalProperties' in inner) ? { ...inner, additionalProperties: false } : inner
}
