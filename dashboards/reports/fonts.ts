import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const { resolve } = createRequire(import.meta.url)
const chinese = (weight: string): string =>
  fileURLToPath(new URL(`../fonts/NotoSansHans-${weight}.otf`, import.meta.resolve('@embedpdf/fonts-sc')))
const latin = (weight: string): string => resolve(`pdfmake/fonts/Roboto/Roboto-${weight}.ttf`)

/** The type of reports (Open Font License): Latin, Greek, Cyrillic and 20,000 Chinese letters. As its files name it. */
export const FONT = 'Noto Sans S Chinese'
/** For letters that it lacks, those of Czech or Turkish among them. */
export const OTHER_FONT = 'Roboto'

export const FONT_FILES = {
  [FONT]: { normal: chinese('Regular'), bold: chinese('Bold') },
  [OTHER_FONT]: { normal: latin('Regular'), bold: latin('Medium') },
} as const
