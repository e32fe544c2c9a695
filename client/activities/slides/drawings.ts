/** What slides may be marked with: larger drawings than the controls' icons, in line and flat ink on a 48 x 48 grid. */
import type { SlideIcon } from '#shared/activities/slides/model.ts'

export interface Drawing {
  /** Strokes in ink. */
  line: string
  /** Flats of the second ink, printed under the strokes. */
  flat: string
}

export const drawings: Record<SlideIcon, Drawing> = {
  chart: { flat: 'M11 28h7v13h-7zM22 20h7v21h-7zM33 12h7v29h-7z', line: 'M5 5v38h38M9 24l12-9 9 3 12-12' },
  door: { flat: 'M14 6l16 5v32l-16 -1z', line: 'M14 42V6h21v36M14 6l16 5v32l-16-1M25 26v4M5 42h38' },
  school: { flat: 'M8 24h32v18H8z', line: 'M8 42V24L24 12l16 12v18M4 42h40M24 12V4h9v5h-9M20 42V32h8v10M13 29h3M32 29h3' },
  scales: { flat: 'M5 27h14a7 7 0 0 1-14 0zM29 27h14a7 7 0 0 1-14 0z', line: 'M24 5v37M14 43h20M9 12h30M12 12L5 27h14zM36 12l-7 15h14z' },
  lens: { flat: 'M20 7a13 13 0 1 1 0 26a13 13 0 0 1 0-26z', line: 'M20 7a13 13 0 1 1 0 26a13 13 0 0 1 0-26zM29.5 29.5L43 43M14 20a6 6 0 0 1 6-6' },
  path: { flat: 'M8 43c10-8 18-9 12-17s6-12 14-20h6c-9 9-14 13-9 20s-3 11-9 17z', line: 'M8 43c10-8 18-9 12-17s6-12 14-20M22 43c6-6 14-10 9-17s0-11 9-20' },
  steps: { flat: 'M6 34h12v9H6zM18 25h12v18H18zM30 16h12v27H30z', line: 'M4 43h40M6 43v-9h12v-9h12v-9h12v27M33 5h9v6' },
  together: { flat: 'M16 24a5 5 0 1 1 0.1 0zM32 24a5 5 0 1 1 0.1 0zM24 15a5 5 0 1 1 0.1 0z', line: 'M6 42v-4a10 10 0 0 1 18-6a10 10 0 0 1 18 6v4M16 14a5 5 0 1 1-.1 0M32 14a5 5 0 1 1-.1 0M24 5a5 5 0 1 1-.1 0' },
  talk: { flat: 'M5 7h26v18H17l-7 7v-7H5z', line: 'M5 7h26v18H17l-7 7v-7H5zM36 18h7v18h-5v7l-7-7H20' },
  seed: { flat: 'M24 26c0-10 6-16 17-17c0 11-6 17-17 17zM24 32c0-7-5-12-14-13c0 9 5 13 14 13z', line: 'M24 43V26c0-10 6-16 17-17c0 11-6 17-17 17M24 32c0-7-5-12-14-13c0 9 5 13 14 13M8 43h32' },
  compass: { flat: 'M31 17l-4 10-10 4 4-10z', line: 'M24 5a19 19 0 1 1 0 38a19 19 0 0 1 0-38zM31 17l-4 10-10 4 4-10zM24 5v4M24 39v4M5 24h4M39 24h4' },
  calendar: { flat: 'M6 10h36v9H6z', line: 'M6 10h36v32H6zM6 19h36M15 5v9M33 5v9M13 26h5M22 26h5M31 26h5M13 34h5M22 34h5' },
}
