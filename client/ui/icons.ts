/** What an icon is drawn with: strokes on a 24 x 24 grid, and areas that are filled. */
export interface IconDrawing {
  line?: string;
  fill?: string;
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
  eye: { line: 'M2 12c2.6-4.3 6-6.5 10-6.5s7.400 2.200 10 6.500c-2.600 4.300-6 6.500-10 6.500s-7.400-2.200-10-6.500z', fill: 'M12 9a3 3 0 1 1 0 6a3 3 0 0 1 0-6z' },
  'eye-off': { line: 'M5.5 7.700C4.200 8.800 3 10.200 2 12c2.600 4.300 6 6.500 10 6.500 1.600 0 3-.3 4.400-1M9.500 5.800c.8-.2 1.600-.3 2.500-.3 4 0 7.400 2.200 10 6.500-.7 1.200-1.500 2.200-2.300 3M4 3.500l16.500 17' },
  lock: { line: 'M5 11h14v9.500H5zM8 11V7.500a4 4 0 0 1 8 0V11', fill: 'M11 14h2v3.500h-2z' },
  unlock: { line: 'M5 11h14v9.500H5zM8 11V6.500a4 4 0 0 1 7.800-1.200', fill: 'M11 14h2v3.500h-2z' },
  spotlight: { fill: 'M12 2.500l2.900 6.400 7 .7-5.300 4.600 1.600 6.800-6.200-3.600-6.200 3.600 1.600-6.800L2.100 9.600l7-.7z' },
  park: { line: 'M6 21V3.500h12V21l-6-4.500z' },
  more: { fill: 'M3.500 10h4v4h-4zM10 10h4v4h-4zM16.500 10h4v4h-4z' },
  sound: { line: 'M16 8.500a5 5 0 0 1 0 7M18.700 5.500a9 9 0 0 1 0 13', fill: 'M3 9h4l6-5v16l-6-5H3z' },
  'sound-off': { line: 'M16.500 9.500l5 5M21.500 9.500l-5 5', fill: 'M3 9h4l6-5v16l-6-5H3z' },
  sun: { line: 'M12 1.500v3M12 19.500v3M1.500 12h3M19.500 12h3M4.600 4.600l2 2M17.400 17.400l2 2M19.400 4.600l-2 2M6.600 17.400l-2 2', fill: 'M12 7.500a4.500 4.500 0 1 1 0 9a4.500 4.500 0 0 1 0-9z' },
  moon: { fill: 'M14.500 2.500a9.800 9.800 0 1 0 7 13.200A8.600 8.600 0 0 1 14.500 2.500z' },
  edit: { line: 'M4 20l1-4.500L16.500 4l3.500 3.500L8.500 19zM14 6.500l3.500 3.500' },
  trash: { line: 'M3.500 6.500h17M9 6V3.500h6V6M6 7l1 13.500h10L18 7M10 11v5.500M14 11v5.500' },
  swap: { line: 'M3 8h16M14.500 3.500L19 8l-4.500 4.500M21 16H5M9.500 11.500L5 16l4.500 4.500' },
  hand: { line: 'M7.500 13V6.500a1.500 1.500 0 0 1 3 0V11M10.500 11V4.500a1.500 1.500 0 0 1 3 0V11M13.500 11V6a1.500 1.500 0 0 1 3 0v6M16.500 12V9a1.500 1.500 0 0 1 3 0v6a6.500 6.500 0 0 1-12 3.500L4 14a1.600 1.600 0 0 1 2.500-1.900l1 1.100' },
  copy: { line: 'M9 9h11v11.500H9zM15 8.500V3.500H4V15h4.500' },
  download: { line: 'M12 3v12M6.500 10l5.500 5.500 5.500-5.500M4 20.500h16' },
  link: { line: 'M10.500 14.500a4 4 0 0 1 0-5.700l3.500-3.500a4 4 0 0 1 5.700 5.700l-1.700 1.700M13.500 9.500a4 4 0 0 1 0 5.700L10 18.700A4 4 0 0 1 4.300 13L6 11.300' },
  clock: { line: 'M12 2.500a9.500 9.500 0 1 1 0 19a9.500 9.500 0 0 1 0-19zM12 6.500V12l4 3' },
  flag: { line: 'M5 21.500V3M5 4h13l-3 4.500 3 4.500H5' },
  info: { line: 'M12 2.500a9.500 9.500 0 1 1 0 19a9.500 9.500 0 0 1 0-19zM12 11v6', fill: 'M10.800 6.500h2.400v2.400h-2.400z' },
  alert: { line: 'M12 3L22 20.500H2zM12 9.500v5', fill: 'M10.900 16.300h2.200v2.200h-2.200z' },
  screen: { line: 'M2.500 4h19v12.500h-19zM8 20.500h8M12 17v3' },
  phone: { line: 'M6.500 2.500h11v19h-11zM10.500 18.500h3' },
  settings: { line: 'M3 7h9M18 7h3M3 17h3M12 17h9M15 4v6M9 14v6' },
  document: { line: 'M5 2.500h9l5 5v14H5zM13.500 3v5H19M8.500 12.500h7M8.500 16.500h7' },
  expand: { line: 'M3.500 9V3.500H9M15 3.500h5.500V9M20.500 15v5.500H15M9 20.500H3.500V15' },
} as const satisfies Record<string, IconDrawing>;

/** The name of an icon. */
export type IconName = keyof typeof icons;
