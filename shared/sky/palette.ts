/** The inks of the sky by name. A weather has a line ink and a tint: two printings. */
export const INKS = [
  'air', 'air-line', 'paper', 'land', 'land-far', 'land-line',
  'sunny', 'sunny-tint', 'cloudy', 'cloudy-tint', 'stormy', 'stormy-tint', 'stormy-mass', 'stormy-line', 'rainy', 'rainy-tint', 'windy', 'windy-tint',
  'snowy', 'snowy-tint', 'foggy', 'foggy-tint', 'mixed', 'mixed-tint',
  'bow-1', 'bow-2', 'bow-3', 'bow-4', 'bow-5', 'veil', 'veil-tint',
] as const

/** The name of an ink; a palette gives it its colour. */
export type Ink = (typeof INKS)[number]

/** A colour for every ink, and how overlapping inks meet. */
export interface Palette {
  inks: Readonly<Record<Ink, string>>
  overprint: 'multiply' | 'screen' | 'normal'
}

/** On paper. client/styles/sky.css has the same values. */
export const DAY: Palette = {
  overprint: 'multiply',
  inks: {
    air: '#e7eeeb', 'air-line': '#c3d1cf', paper: '#f8faf7', land: '#2b4a4a', 'land-far': '#8fa8a2', 'land-line': '#6f9089',
    sunny: '#cf6a34', 'sunny-tint': '#eda06b', cloudy: '#55707c', 'cloudy-tint': '#b9c9cd', stormy: '#232c56', 'stormy-tint': '#7d83b0', 'stormy-mass': '#232c56', 'stormy-line': '#9ea4cf',
   
    rainy: '#1f5f8f', 'rainy-tint': '#a9c8dc', windy: '#14696b', 'windy-tint': '#9fd0c8', snowy: '#3f7fa3', 'snowy-tint': '#c5e0ec',
    foggy: '#5f7278', 'foggy-tint': '#f4f8f6', mixed: '#6b5a73', 'mixed-tint': '#cdc3d1',
    'bow-1': '#d8707f', 'bow-2': '#eaa06c', 'bow-3': '#8fbf7f', 'bow-4': '#5fa5c4', 'bow-5': '#8a78b5', veil: '#4a6670', 'veil-tint': '#d6e0de',
  },
}

/** On night. */
export const NIGHT: Palette = {
  overprint: 'screen',
  inks: {
    air: '#12242d', 'air-line': '#21404b', paper: '#e9f1f0', land: '#08141a', 'land-far': '#1d3a41', 'land-line': '#2f5c60',
    sunny: '#f4a878', 'sunny-tint': '#b9582f', cloudy: '#a9c0c8', 'cloudy-tint': '#3b525d', stormy: '#7f88d4', 'stormy-tint': '#232955', 'stormy-mass': '#353d86', 'stormy-line': '#b6bdf4',
   
    rainy: '#86c1ea', 'rainy-tint': '#1d4461', windy: '#86d6c9', 'windy-tint': '#1d5855', snowy: '#b9e0f2', 'snowy-tint': '#2f586e',
    foggy: '#cbd8d9', 'foggy-tint': '#23404a', mixed: '#cdb6d6', 'mixed-tint': '#4a3d54',
    'bow-1': '#b84a5e', 'bow-2': '#bf7434', 'bow-3': '#55923f', 'bow-4': '#2479a3', 'bow-5': '#6650a6', veil: '#7fa0a8', 'veil-tint': '#182c35',
  },
}

const PAPER_INKS = new Set<Ink>(['air', 'paper', 'bow-2', 'bow-4', 'land-far', 'land-line', 'stormy-line'])

/** One ink on paper, for a copier: tints fall away, lines and hatches stay. */
export function oneInk(ink: string, paper: string): Palette {
  const inks = Object.fromEntries(INKS.map((name) => [name, PAPER_INKS.has(name) || name.endsWith('-tint') ? paper : ink]))
  return { overprint: 'normal', inks: inks as Record<Ink, string> }
}
