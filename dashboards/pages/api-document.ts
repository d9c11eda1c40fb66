/** A schema of the document, as far as the page reads it. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>
}

interface Described {
  readonly description?: string
  readonly required?: boolean
  readonly schema?: Schema
}

export interface Operation {
  readonly operationId: string
  readonly summary?: string
  readonly parameters?: readonly (Described & { readonly name: string; readonly in: string })[]
  readonly requestBody?: Content
  readonly responses: Readonly<
    Record<string, Content & { readonly description: string; readonly headers?: Readonly<Record<string, Described>> }>
  >
}

export interface SecurityScheme {
  readonly in?: string
  readonly name?: string
  readonly description?: string
}

/** OpenAPI 3.1, as far as the page reads it. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: {
    readonly schemas?: Readonly<Record<string, Schema>>
    /** How it may be said who asks. */
    readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>
  }
}

export interface Member {
  /** Where it stands in the shape: `rows[].name`. */
  readonly path: string
  readonly schema: Schema
  readonly required: boolean
}

/** The members of a shape and of what it holds, but for shapes that have a name of their own. */
export function membersOf(schema: Schema, path = ''): Member[] {
  const { items, additionalProperties } = schema
  if (items !== undefined) return membersOf(items, `${path}[]`)
  if (typeof additionalProperties === 'object' && schema.properties === undefined)
    return membersOf(additionalProperties, `${path}.*`)
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const at = path === '' ? name : `${path}.${name}`
    return [{ path: at, schema: inner, required: schema.required?.includes(name) ?? false }, ...membersOf(inner, at)]
  })
}
