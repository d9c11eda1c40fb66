import { Resvg } from '@resvg/resvg-js'
import { FONT, FONT_FILES } from './fonts.ts'
import { PICTURE_WIDTH } from './pictures.ts'

/** Pixels for each of a picture's own, so that it is sharp on dense screens. */
const DENSITY = 2

export interface Raster {
  readonly png: Uint8Array
  /** As it is shown, in pixels of the page. */
  readonly width: number
  readonly height: number
}

/** A picture as PNG in the type of reports. */
export function rasterOf(svg: string): Raster {
  const files = Object.values(FONT_FILES).flatMap(({ normal, bold }) => [normal, bold])
  const rendered = new Resvg(svg, {
    font: { fontFiles: files, loadSystemFonts: false, defaultFontFamily: FONT, sansSerifFamily: FONT },
    fitTo: { mode: 'width', value: PICTURE_WIDTH * DENSITY },
    background: '#ffffff',
  }).render()
  return { png: new Uint8Array(rendered.asPng()), width: PICTURE_WIDTH, height: Math.round(rendered.height / DENSITY) }
}
