import type { Words } from '../../entities/entity.ts'

/** A value that nobody entered. */
export const unknown: Words = { en: 'Unknown', zh: '未知' }

/** There is none. */
export const none: Words = { en: 'None', zh: '无' }

export const yesNo = { true: { en: 'Yes', zh: '是' }, false: { en: 'No', zh: '否' } } as const
