/** What an icon is drawn with: strokes on a 24 x 24 grid, and areas that are filled. */
export interface IconDrawing {
  line?: string
  fill?: string
}

/** Every icon of the product. Square caps and mitred joins: cut, not doodled. */
export const icons = {
  'arrow-left': { line: 'M20 12H5M11 5l-7 7 7 7' },
  'arrow-right': { line: 'M4 12h15M13 5l7 7-7 7' },
  'arrow-up': { line: 'M12 20V5M5 11l7-7 7 7' },
  'arrow-down': { line: 'M12 4v15M5 13l7 7 7-7' },
  tick: { line: 'M4 12.5l5.5 5.5L20 6.5' },
  cross: { line: 'M5.5 5.5l13 13M18.5 5.5l-13 13' },
  pause: { fill: 'M6 4h4v16H6zM14 4h4v16h-4z' },
  play: { fill: 'M7 4l13 8-13 8z' },
  plus: { line: 'M12 4v16M4 12h16' },
  minus: { line: 'M4 12h16' },
  people: { line: 'M2.5 20v-2a6 6 0 0 1 12 0v2M17 14.2a5 5 0 0 1 4.5 5v.8M16 4.4a3.6 3.6 0 0 1 0 6.8M8.5 4.2a3.6 3.6 0 1 1 0 7.2a3.6 3.6 0 0 1 0-7.2z' },
  person: { line: 'M4.5 20.5v-1.5a7.5 7.5 0 0 1 15 0v1.5M12 3.5a4 4 0 1 1 0 8a4 4 0 0 1 0-8z' },
  qr: { line: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4z', fill: 'M13 13h3v3h-3zM18 13h3v3h-3zM13 18h3v3h-3zM18 18h3v3h-3z' },
  eye: { line: 'M2 12c2.6-4.3 6-6.5 10-6.5s7.4 2.2 10 6.5c-2.6 4.3-6 6.5-10 6.5s-7.4-2.2-10-6.5z', fill: 'M12 9a3 3 0 1 1 0 6a3 3 0 0 1 0-6z' },
  'eye-off': { line: 'M5.5 7.7C4.2 8.8 3 10.2 2 12c2.6 4.3 6 6.5 10 6.5 1.6 0 3-.3 4.4-1M9.5 5.8c.8-.2 1.6-.3 2.5-.3 4 0 7.4 2.2 10 6.5-.7 1.2-1.5 2.2-2.3 3M4 3.5l16.5 17' },
  lock: { line: 'M5 11h14v9.5H5zM8 11V7.5a4 4 0 0 1 8 0V11', fill: 'M11 14h2v3.5h-2z' },
  unlock: { line: 'M5 11h14v9.5H5zM8 11V6.5a4 4 0 0 1 7.8-1.2', fill: 'M11 14h2v3.5h-2z' },
  spotlight: { fill: 'M12 2.5l2.9 6.4 7 .7-5.3 4.6 1.6 6.8-6.2-3.6-6.2 3.6 1.6-6.8L2.1 9.6l7-.7z' },
  park: { line: 'M6 21V3.5h12V21l-6-4.5z' },
  more: { fill: 'M3.5 10h4v4h-4zM10 10h4v4h-4zM16.5 10h4v4h-4z' },
  sound: { line: 'M16 8.5a5 5 0 0 1 0 7M18.7 5.5a9 9 0 0 1 0 13', fill: 'M3 9h4l6-5v16l-6-5H3z' },
  'sound-off': { line: 'M16.5 9.5l5 5M21.5 9.5l-5 5', fill: 'M3 9h4l6-5v16l-6-5H3z' },
  sun: { line: 'M12 1.5v3M12 19.5v3M1.5 12h3M19.5 12h3M4.6 4.6l2 2M17.4 17.4l2 2M19.4 4.6l-2 2M6.6 17.4l-2 2', fill: 'M12 7.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9z' },
  moon: { fill: 'M14.5 2.5a9.8 9.8 0 1 0 7 13.2A8.6 8.6 0 0 1 14.5 2.5z' },
  edit: { line: 'M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14 6.5l3.5 3.5' },
  trash: { line: 'M3.5 6.5h17M9 6V3.5h6V6M6 7l1 13.5h10L18 7M10 11v5.5M14 11v5.5' },
  swap: { line: 'M3 8h16M14.5 3.5L19 8l-4.5 4.5M21 16H5M9.5 11.5L5 16l4.5 4.5' },
  hand: { line: 'M7.5 13V6.5a1.5 1.5 0 0 1 3 0V11M10.5 11V4.5a1.5 1.5 0 0 1 3 0V11M13.5 11V6a1.5 1.5 0 0 1 3 0v6M16.5 12V9a1.5 1.5 0 0 1 3 0v6a6.5 6.5 0 0 1-12 3.5L4 14a1.6 1.6 0 0 1 2.5-1.9l1 1.1' },
  copy: { line: 'M9 9h11v11.5H9zM15 8.5V3.5H4V15h4.5' },
  download: { line: 'M12 3v12M6.5 10l5.5 5.5 5.5-5.5M4 20.5h16' },
  link: { line: 'M10.5 14.5a4 4 0 0 1 0-5.7l3.5-3.5a4 4 0 0 1 5.7 5.7l-1.7 1.7M13.5 9.5a4 4 0 0 1 0 5.7L10 18.7A4 4 0 0 1 4.3 13L6 11.3' },
  clock: { line: 'M12 2.5a9.5 9.5 0 1 1 0 19a9.5 9.5 0 0 1 0-19zM12 6.5V12l4 3' },
  flag: { line: 'M5 21.5V3M5 4h13l-3 4.5 3 4.5H5' },
  info: { line: 'M12 2.5a9.5 9.5 0 1 1 0 19a9.5 9.5 0 0 1 0-19zM12 11v6', fill: 'M10.8 6.5h2.4v2.4h-2.4z' },
  alert: { line: 'M12 3L22 20.5H2zM12 9.5v5', fill: 'M10.9 16.3h2.2v2.2h-2.2z' },
  screen: { line: 'M2.5 4h19v12.5h-19zM8 20.5h8M12 17v3' },
  phone: { line: 'M6.5 2.5h11v19h-11zM10.5 18.5h3' },
  settings: { line: 'M3 7h9M18 7h3M3 17h3M12 17h9M15 4v6M9 14v6' },
  document: { line: 'M5 2.5h9l5 5v14H5zM13.5 3v5H19M8.5 12.5h7M8.5 16.5h7' },
  expand: { line: 'M3.5 9V3.5H9M15 3.5h5.5V9M20.5 15v5.5H15M9 20.5H3.5V15' },
} as const satisfies Record<string, IconDrawing>

/** The name of an icon. */
export type IconName = keyof typeof icons
