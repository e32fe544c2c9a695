/**
 * Who may set the passphrase of a new server: whoever sits at its machine, or has read the code on its terminal. On the network of
 * a hall the first visitor may be anybody.
 */
import { customAlphabet } from 'nanoid'
import type { Config } from '../config.ts'
import type { Log } from '../log/port.ts'

/** Capitals and digits that nobody confuses; 40 bits, tried at the pace of passphrases. */
const newCode = customAlphabet('23456789ABCDEFGHJKMNPQRSTUVWXYZ', 8)

/** A code for this run of the server. */
export function newSetup(): string {
  return newCode()
}

const PASSPHRASE = 'passphrase'
const SETUP = 'setup'

export interface Setup {
  /** The code. */
  setup: string
  /** Sets the passphrase (hashed) of a new server; false if it has one by then. */
  firstPassphrase(hashed: string): Promise<boolean>
}

/**
 * The code of a new server. Where several share their data, whoever reads it on the terminal of one may type it at another: `firstSetting`
 * keeps it for all of them, until there is a passphrase.
 */
export async function openSetup(log: Pick<Log, 'setting' | 'setSetting'>, firstSetting?: (name: string, value: string) => Promise<string>): Promise<Setup> {
  if (firstSetting === undefined) {
    return {
      setup: newSetup(),
      async firstPassphrase(hashed) {
        if ((await log.setting(PASSPHRASE)) !== undefined) return false
        await log.setSetting(PASSPHRASE, hashed)
        return true
      },
    }
  }
  const isNew = (await log.setting(PASSPHRASE)) === undefined
  return {
    setup: isNew ? await firstSetting(SETUP, newSetup()) : newSetup(),
    async firstPassphrase(hashed) {
      if ((await firstSetting(PASSPHRASE, hashed)) !== hashed) return false
      await log.setSetting(SETUP, '')
      return true
    },
  }
}

/** As the terminal shows it. */
export function shownSetup(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** What somebody typed or pasted, as it was made. */
export function normaliseSetup(typed: string): string {
  return typed.normalize('NFKC').toUpperCase().replace(/[^A-Z0-9]/gu, '')
}

interface Asked {
  ip: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** As Node has it. */
  raw?: { httpVersion: string }
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/u
const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/iu
/** Behind a proxy on the same machine everybody seems to sit at it. */
const BY_PROXY = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-server', 'x-real-ip', 'cf-connecting-ip', 'via']

/** Whether a visit comes from the server's own machine, by its own name for itself, and by no proxy that is known of. */
export function isFromThisMachine({ ip, headers, raw }: Asked, config: Pick<Config, 'publicUrl' | 'trustProxy'>): boolean {
  if (config.publicUrl !== undefined || config.trustProxy > 0) return false
  // A proxy that was given nothing but our address calls us by it, and speaks HTTP/1.0, closes after each answer, or upgrades everything.
  const direct = (raw === undefined || raw.httpVersion === '1.1') && /^(keep-alive)?$/iu.test(String(headers.connection ?? ''))
  return direct && LOOPBACK.test(ip) && LOOPBACK_HOST.test(String(headers.host)) && !BY_PROXY.some((name) => headers[name] !== undefined)
}
