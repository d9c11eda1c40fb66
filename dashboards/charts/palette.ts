/** Colours of charts. The classes follow Okabe and Ito, so that they differ for colour-blind readers too. */
export interface Palette {
  readonly text: string
  readonly muted: string
  readonly line: string
  readonly surface: string
  readonly accent: string
  /** Stands behind the accent. */
  readonly quiet: string
  /** Where costs go: three that reach customers, three that do not. */
  readonly flows: readonly string[]
  /** Six steps from soon to late; the last stands out. */
  readonly spans: readonly string[]
  /** Kinds of equal standing, told apart by colour-blind readers too; the last is for all others together. */
  readonly series: readonly string[]
  readonly groups: { readonly eats: string; readonly vip: string; readonly key: string; readonly regular: string }
}

export const palettes: { readonly light: Palette; readonly dark: Palette } = {
  light: {
    text: '#17212b',
    muted: '#52606d',
    line: '#dfe4ea',
    surface: '#ffffff',
    accent: '#0b66c3',
    quiet: '#a9cbee',
    flows: ['#0b5199', '#4f93d6', '#a9cbee', '#d1480a', '#8a94a0', '#e6b800'],
    spans: ['#d6e6f6', '#a9cbee', '#73aae0', '#3c84cc', '#0b5199', '#d1480a'],
    series: ['#0072b2', '#d1480a', '#00845f', '#a8489b', '#8a6d00', '#52606d', '#b4bcc5'],
    groups: { eats: '#d1480a', vip: '#0072b2', key: '#00845f', regular: '#8a94a0' },
  },
  dark: {
    text: '#e7ecf1',
    muted: '#a3afbb',
    line: '#2c3641',
    surface: '#181f27',
    accent: '#63b1ff',
    quiet: '#335a80',
    flows: ['#a6cdf5', '#5b96d0', '#335a80', '#ff8a4c', '#8793a0', '#e8c547'],
    spans: ['#2a4057', '#335a80', '#4377a8', '#5b96d0', '#a6cdf5', '#ff8a4c'],
    series: ['#56b4e9', '#ff8a4c', '#2fc79a', '#e08bd2', '#e8c547', '#a3afbb', '#4a5662'],
    groups: { eats: '#ff8a4c', vip: '#56b4e9', key: '#2fc79a', regular: '#8793a0' },
  },
}
