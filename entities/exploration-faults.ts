import type { Words } from './entity.ts'

/** Why a saved exploration is refused, and what would be valid. */
export const explorationFaults = {
  exploration_unknown: {
    en: "There is no exploration '{exploration}', or it is not shared with you.",
    zh: '没有自助分析“{exploration}”，或者它未与您共享。',
  },
  exploration_of_other: {
    en: 'Only who saved an exploration may change or delete it. Save a copy of your own instead.',
    zh: '只有保存者本人才能修改或删除该自助分析。您可以另存一份自己的副本。',
  },
  exploration_name_taken: {
    en: "name: you have an exploration '{name}' already. Choose another name, or change that one.",
    zh: 'name：您已有名为“{name}”的自助分析。请换一个名称，或修改已有的那一份。',
  },
  exploration_no_name: {
    en: 'name: give the exploration a name.',
    zh: 'name：请填写自助分析的名称。',
  },
  explorations_full: {
    en: 'You have {most} explorations, as many as are kept for one person. Delete one first.',
    zh: '您已保存 {most} 份自助分析，已达每人上限。请先删除一份。',
  },
} as const satisfies Readonly<Record<string, Words>>
