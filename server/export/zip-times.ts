/** A zip file that does not tell when it was made: two exports of the same notes are the same bytes. */

const END = 0x06054b50
const CENTRAL = 0x02014b50
const END_BYTES = 22
const CENTRAL_BYTES = 46
/** The first day that a zip file can name: 1 January 1980, midnight. */
const FIRST_DAY = 0x21

/** Writes one fixed time over that of every entry, in place. For files without a comment, which is what writers of documents make. */
export function withoutTimes(zip: Buffer): Buffer {
  const end = zip.length - END_BYTES
  if (end < 0 || zip.readUInt32LE(end) !== END) throw new Error('not a zip file without a comment')
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw new Error('a zip file with a broken directory')
    stamp(zip, at + 12)
    stamp(zip, zip.readUInt32LE(at + 42) + 10)
    at += CENTRAL_BYTES + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return zip
}

function stamp(zip: Buffer, at: number): void {
  zip.writeUInt16LE(0, at)
  zip.writeUInt16LE(FIRST_DAY, at + 2)
}
