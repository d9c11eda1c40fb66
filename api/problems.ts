import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { describeFault, fault, type Fault } from '../entities/faults.ts'
import { preferredLanguage, type Language } from '../entities/language.ts'
import { AccessError, LimitError, RequestError, SignInError, TrueworthError } from '../errors.ts'
import { NotPublishedError } from './queries/edition.ts'

/** RFC 9457. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  /** The part of the request at fault. */
  readonly field?: string
  /** Under this id the fault stands in the log. */
  readonly instance?: string
}

/** Told of every fault that is ours, with the id its answer carries. */
export type OnFault = (error: unknown, instance: string) => void

/** Seconds after which what there was too much of may be there again. */
const AGAIN_AFTER = '5'

/** Headers that go with the problem of an error. */
export function headersOf(error: unknown): Record<string, string> {
  return error instanceof LimitError && error.status !== 413 ? { 'Retry-After': AGAIN_AFTER } : {}
}

export interface Answering {
  readonly onFault: OnFault
  readonly language: Language
}

export function languageOf(c: Context): Language {
  return preferredLanguage(c.req.header('accept-language') ?? '')
}

/** What the caller did wrong is said; what we did wrong is logged, and shown as nothing but an id. */
export function problemOf(error: unknown, { onFault, language }: Answering): Problem {
  if (error instanceof RequestError || error instanceof LimitError) {
    const field = error.field === undefined ? {} : { field: error.field }
    return { ...problem(error.status, wordsOf(error, language), language), ...field }
  }
  if (error instanceof AccessError || error instanceof SignInError || error instanceof NotPublishedError)
    return problem(error.status, wordsOf(error, language), language)
  if (error instanceof HTTPException && error.status < 500)
    return problem(error.status, SAID[error.status] ?? fault('unreadable_request', {}), language)
  const instance = `urn:uuid:${randomUUID()}`
  onFault(error, instance)
  const status = error instanceof TrueworthError ? error.status : 500
  return { ...problem(status, fault('our_fault', { instance }), language), instance }
}

/** For the operator who started a run: what went wrong in it is said whole, but for the SQL. */
export function problemOfRun(error: unknown, answering: Answering): Problem {
  const { language } = answering
  return error instanceof TrueworthError && !(error instanceof RequestError)
    ? problem(error.status, wordsOf(error, language), language)
    : problemOf(error, answering)
}

const SAID: Readonly<Record<number, Fault>> = {
  400: fault('body_not_json', {}),
  413: fault('body_too_large', {}),
}

function wordsOf(error: TrueworthError, language: Language): string {
  return (error.fault && describeFault(error.fault, language)) ?? error.message
}

export function problem(status: number, detail: string | Fault, language: Language): Problem {
  const words = typeof detail === 'string' ? detail : (describeFault(detail, language) ?? detail.code)
  return { type: 'about:blank', title: titleOf(status, language), status, detail: words }
}

function titleOf(status: number, language: Language): string {
  return (language === 'zh' ? TITLES[status] : STATUS_CODES[status]) ?? (language === 'zh' ? '错误' : 'Error')
}

const TITLES: Readonly<Record<number, string>> = {
  400: '请求有误',
  401: '尚未登录',
  403: '无权访问',
  404: '不存在',
  405: '方法不可用',
  406: '无法提供所要的格式',
  413: '请求过大',
  415: '请求的格式不可用',
  422: '请求无法处理',
  429: '请求过多',
  500: '服务器内部错误',
  502: '数据源出错',
  503: '服务暂不可用',
}

export function answerProblem(c: Context, body: Problem, headers: Record<string, string> = {}): Response {
  // A refusal is no state of what was asked for: nobody may send it back to hear that it still holds.
  c.header('ETag', undefined)
  return c.body(JSON.stringify(body), body.status as ContentfulStatusCode, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    'Content-Language': languageOf(c),
    Vary: 'Accept-Language',
    ...(body.status === 401 && { 'WWW-Authenticate': 'Bearer' }),
    ...headers,
  })
}
