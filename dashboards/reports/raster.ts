import { Resvg } from '@resvg/resvg-js'
import { FONT, FONT_FILES, OTHER_FONT } from './fonts.ts'
import { PICTURE_WIDTH } from './pictures.ts'
import { runsOf } from './type-setting.ts'

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
  const rendered = new Resvg(svg, {
    font: { fontFiles: facesFor(svg), loadSystemFonts: false, defaultFontFamily: FONT, sansSerifFamily: FONT },
    fitTo: { mode: 'width', value: PICTURE_WIDTH * DENSITY },
    background: '#ffffff',
  }).render()
  return { png: new Uint8Array(rendered.asPng()), width: PICTURE_WIDTH, height: Math.round(rendered.height / DENSITY) }
}

/** Only the files that a picture needs: the large ones take longer to read than it takes to draw. */
function facesFor(svg: string): string[] {
  const fonts = [FONT_FILES[FONT], ...(runsOf(svg).some(({ other }) => other) ? [FONT_FILES[OTHER_FONT]] : [])]
  return fonts.flatMap(({ normal, bold }) => (/font-weight/.test(svg) ? [normal, bold] : [normal]))
}
