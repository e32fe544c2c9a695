/** What a backup says of itself: enough to tell whether it is whole, and which program can read it. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pkg from '../../package.json' with { type: 'json' }
import { DATABASE_FILE } from './folder.ts'

/** The arrangement of a backup's files, not the schema of its data. */
export const FORMAT = 1
export const MANIFEST_FILE = 'manifest.json'

/** Why it was made. */
export const KINDS = ['daily', 'asked', 'migration', 'moved'] as const
export type BackupKind = (typeof KINDS)[number]

export interface Manifest {
  format: number
  /** Of the program that made it. */
  version: string
  schema: number
  kind: BackupKind
  /** ISO, UTC. */
  madeAt: string
  /** Of the database file. */
  bytes: number
  sha256: string
  sessions: number
  events: number
}

/** A backup cannot be made or used; the message is a sentence for people. */
export class CannotKeep extends Error {
  override name = 'CannotKeep'
}

export const productVersion = pkg.version

/** Says of a folder whose database is at rest what it is, durably once the folder is synced. `now` is milliseconds since 1970. */
export function writeManifest(folder: string, kind: BackupKind, now: number, holds: Pick<Manifest, 'schema' | 'sessions' | 'events'>): Manifest {
  const manifest: Manifest = { format: FORMAT, version: productVersion, kind, madeAt: new Date(now).toISOString(), ...holds, ...hashFile(join(folder, DATABASE_FILE)) }
  writeFileSync(join(folder, MANIFEST_FILE), written(manifest), { mode: 0o600, flush: true })
  return manifest
}

/** The manifest as text; a hash over its own lines shows a flipped bit in it. */
export function written(manifest: Manifest): string {
  return `${JSON.stringify({ ...manifest, seal: sealOf(manifest) }, undefined, 2)}\n`
}

/** Reads the manifest of a backup. Throws `CannotKeep` when it is missing, damaged or of a format that is not known yet. */
export function readManifest(backup: string): Manifest {
  let text: string
  try {
    text = readFileSync(join(backup, MANIFEST_FILE), 'utf8')
  } catch {
    throw new CannotKeep(`${backup} is not a backup: it has no ${MANIFEST_FILE} that can be read.`)
  }
  const damaged = new CannotKeep(`The backup ${backup} is damaged: its ${MANIFEST_FILE} is not as it was written.`)
  let parsed: Partial<Manifest> & { seal?: unknown }
  try {
    parsed = JSON.parse(text) as typeof parsed
  } catch {
    throw damaged
  }
  if (typeof parsed !== 'object' || parsed === null) throw damaged
  const { seal, ...manifest } = parsed
  if (seal !== sealOf(manifest) || typeof manifest.format !== 'number') throw damaged
  if (manifest.format > FORMAT) throw new CannotKeep(`The backup ${backup} was made by a newer Gatherwell (${String(manifest.version)}); use that version.`)
  return manifest as Manifest
}

function sealOf(manifest: Partial<Manifest>): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex')
}

const CHUNK = 1 << 20

/** SHA-256 and size of a file, read piece by piece. */
export function hashFile(path: string): { sha256: string; bytes: number } {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(CHUNK)
  const file = openSync(path, 'r')
  try {
    let bytes = 0
    for (;;) {
      const read = readSync(file, piece)
      if (read === 0) return { sha256: hash.digest('hex'), bytes }
      hash.update(piece.subarray(0, read))
      bytes += read
    }
  } finally {
    closeSync(file)
  }
}
