import { deliveryFaults } from './delivery-faults.ts'
import { alertFaults } from './alert-faults.ts'
import { explorationFaults } from './exploration-faults.ts'
import { policyFaults } from './policy-faults.ts'
import { reportFaults } from './report-faults.ts'
import { remoteFaults } from './remote-faults.ts'
import { requestFaults } from './request-faults.ts'
import { rowFaults } from './row-faults.ts'
import { runFaults } from './run-faults.ts'
import { signInFaults } from './sign-in-faults.ts'
import type { Words } from './entity.ts'
import type { Language } from './language.ts'

/** What fills a `{placeholder}`. A list is written in the manner of the language; faults in a list each on a line of its own. */
export type Detail = string | number | readonly (string | Fault)[] | null | undefined
export type Details = Readonly<Record<string, Detail>>

/** What is wrong as a code with its details: words are made of it when somebody reads it, in the language of the reader. */
export interface Fault {
  readonly code: string
  readonly details: Details
}

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string}{${infer Inner}` ? Inner : Name) | Placeholders<Rest>
  : never
/** The details a template has blanks for; a misspelt one does not compile. The second key keeps the type from being empty. */
type Filled<Text extends string> = { readonly [Name in Placeholders<Text> | 'value']?: Detail }

const sentences = {
  ...runFaults,
  ...remoteFaults,
  ...requestFaults,
  ...policyFaults,
  ...signInFaults,
  ...explorationFaults,
  ...deliveryFaults,
  ...reportFaults,
  ...alertFaults,
}

export type RowFaultCode = keyof typeof rowFaults
export type FaultCode = keyof typeof sentences

/** What is wrong with a row or a line of a source. Its column and value stand beside it and need not be details. */
export function rowFault<Code extends RowFaultCode>(
  code: Code,
  details: Filled<(typeof rowFaults)[Code]['reason']['en'] | (typeof rowFaults)[Code]['remedy']['en']> = {},
): Fault & { readonly code: Code } {
  return { code, details }
}

/** What is wrong with a run, a source or a request. */
export function fault<Code extends FaultCode>(code: Code, details: Filled<(typeof sentences)[Code]['en']>): Fault {
  return { code, details }
}

/** Reason and remedy of a row's fault in one language; undefined for a code that is not in the catalogue. */
export function describeRowFault(
  { code, details }: Fault,
  language: Language,
): { readonly reason: string; readonly remedy: string } | undefined {
  if (!Object.hasOwn(rowFaults, code)) return undefined
  const { reason, remedy } = rowFaults[code as RowFaultCode]
  return { reason: write(reason, details, language), remedy: write(remedy, details, language) }
}

/** A fault of a run, a source or a request as sentences of one language; undefined for a code that is not in the catalogue. */
export function describeFault({ code, details }: Fault, language: Language): string | undefined {
  return Object.hasOwn(sentences, code) ? write(sentences[code as FaultCode], details, language) : undefined
}

/** A part in square brackets is left out where a detail it names is missing. What is filled in is never read as a template. */
function write(words: Words, details: Details, language: Language): string {
  return words[language]
    .split(/(\[[^\]]*\])/)
    .map((part) => {
      const optional = part.startsWith('[')
      if (optional && placeholders(part).some((name) => isMissing(details[name]))) return ''
      return (optional ? part.slice(1, -1) : part).replace(/\{(\w+)\}/g, (whole, name: string) =>
        text(details[name], whole, language),
      )
    })
    .join('')
}

/** The names a template has blanks for. */
export function placeholders(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
}

function isMissing(detail: Detail): boolean {
  return detail === undefined || detail === null || (Array.isArray(detail) && detail.length === 0)
}

function text(detail: Detail, blank: string, language: Language): string {
  if (detail === undefined || detail === null) return blank
  if (typeof detail !== 'object') return String(detail)
  const parts = detail.map((part) =>
    typeof part === 'string' ? part : `  ${describeFault(part, language) ?? part.code}`,
  )
  const mark = language === 'zh' ? '、' : ', '
  return parts.join(detail.some((part) => typeof part === 'object') ? '\n' : mark)
}
