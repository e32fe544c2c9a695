import { encode } from 'uqr'

/** A QR code as one path on a grid of size x size, with the four light modules around it that readers ask for. */
export function qrPath(text: string): { size: number; path: string } {
  const { size, data } = encode(text, { ecc: 'M', border: 4 })
  let path = ''
  data.forEach((row, y) => {
    for (let x = 0; x < size; x += 1) {
      if (!row[x]) continue
      let run = 1
      while (row[x + run]) run += 1
      path += `M${x} ${y}h${run}v1h-${run}z`
      x += run
    }
  })
  return { size, path }
}
