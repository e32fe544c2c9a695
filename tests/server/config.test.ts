import type { NetworkInterfaceInfo } from 'node:os'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BadConfig, lanAddresses, readConfig } from '../../server/config.ts'

type Interfaces = Parameters<typeof lanAddresses>[0]

function v4(address: string, internal = false): NetworkInterfaceInfo {
  return { address, netmask: '255.255.255.0', mac: '00:00:00:00:00:00', internal, cidr: `${address}/24`, family: 'IPv4' }
}
function v6(address: string): NetworkInterfaceInfo {
  return { address, netmask: 'ffff::', mac: '00:00:00:00:00:00', internal: true, cidr: `${address}/64`, family: 'IPv6', scopeid: 0 }
}

const WITH_IPV6: Interfaces = { lo: [v4('127.0.0.1', true), v6('::1')] }

function problems(env: Parameters<typeof readConfig>[0]): readonly string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof BadConfig) return error.problems
    throw error
  }
}

describe('settings', () => {
  test('have defaults for all', () => {
    expect(readConfig({}, WITH_IPV6)).toStrictEqual({
      port: 3000, host: '::', dataDir: resolve('data'), backupDir: resolve('data/backups'), backupsKept: 7, drainSeconds: 0, logLevel: 'info', trustProxy: 0, production: false, warnings: [],
    })
    expect(readConfig({}, { lo: [v4('127.0.0.1', true)] }).host).toBe('0.0.0.0')
  })

  test('are read, trimmed and frozen; empty ones are absent', () => {
    const hostKey = 'k'.repeat(24)
    const metricsKey = 'm'.repeat(24)
    const databaseUrl = 'postgresql://me:p%40ss@db.example.org:6432/gather?sslmode=require'
    const env = { DATABASE_URL: databaseUrl, METRICS_KEY: metricsKey, DRAIN_SECONDS: '15', PORT: '0', HOST: '[::1]', DATA_DIR: '/srv/g', PUBLIC_URL: ' https://Learn.Example.org/ ', HOST_KEY: hostKey, LOG_LEVEL: 'DEBUG', TRUST_PROXY: '2', BACKUP_DIR: '/mnt/usb', BACKUPS_KEPT: '30' }
    const config = readConfig(env)
    expect(config).toStrictEqual({
      port: 0, host: '::1', dataDir: '/srv/g', backupDir: '/mnt/usb', backupsKept: 30, publicUrl: 'https://learn.example.org', hostKey, metricsKey, databaseUrl, drainSeconds: 15, logLevel: 'debug', trustProxy: 2, production: false, warnings: [],
    })
    expect(Object.isFrozen(config)).toBe(true)
    const empty = Object.fromEntries(Object.keys(env).map((name) => [name, ' ']))
    expect(readConfig(empty, WITH_IPV6)).toStrictEqual(readConfig({}, WITH_IPV6))
  })

  test.each(['-1', '65536', '3000.5', 'http', '0x10', '1e3', '3000 4000'])('PORT %j is refused', (PORT) => {
    expect(problems({ PORT })).toEqual([`PORT must be the port to listen on, a whole number from 0 to 65535, but is "${PORT}".`])
  })

  test.each(['127.0.0.1', '::', 'localhost', 'hall.example.org', '0.0.0.0'])('HOST %j is taken', (HOST) => {
    expect(readConfig({ HOST }).host).toBe(HOST)
  })
  test.each(['http://x', 'a b', '1.2.3.999', '256.1.1.1', '-x', 'x..y', '7'])('HOST %j is refused', (HOST) => {
    expect(problems({ HOST })).toEqual([`HOST must be an IP address or a host name to listen on, such as 0.0.0.0, but is "${HOST}".`])
  })

  test.each(['https://learn.example.org', 'http://192.168.1.5:3000', 'http://[fd00::1]:8080/'])('PUBLIC_URL %j is taken', (PUBLIC_URL) => {
    expect(readConfig({ PUBLIC_URL }).publicUrl).toBe(PUBLIC_URL.replace(/\/$/, ''))
  })
  test.each(['learn.example.org', 'ftp://x.org', 'https://x.org/app', 'https://x.org?', 'https://x.org/#a', 'javascript:alert(1)', 'https://'])('PUBLIC_URL %j is refused', (PUBLIC_URL) => {
    expect(problems({ PUBLIC_URL })).toEqual([`PUBLIC_URL must be an http or https address without a path, such as https://learn.example.org, but is "${PUBLIC_URL}".`])
  })

  test.each(['postgres://localhost/gatherwell', 'postgres:///gatherwell?host=/var/run/postgresql', 'postgresql://me@[::1]:5432/x'])('DATABASE_URL %j is taken', (DATABASE_URL) => {
    expect(readConfig({ DATABASE_URL }).databaseUrl).toBe(DATABASE_URL)
  })
  test.each(['mysql://me:canary@db/x', 'postgres://me:canary@db', 'postgres://me:canary@db/', 'db.example.org:canary', 'canary', 'postgres://me:12/canary@db/x', 'postgres://me:12#canary@db/x', 'postgres://me:12/x?canary@db/x', 'postgres://me:12/x/canary'])('DATABASE_URL %j is refused, and not repeated', (DATABASE_URL) => {
    expect(problems({ DATABASE_URL }).join('\n')).toMatch(/^DATABASE_URL must name a PostgreSQL database, such as (?!.*canary)[^\n]*\.$/)
  })

  test('no sentence repeats a secret', () => {
    const said = problems({ HOST_KEY: 'canary', PUBLIC_URL: 'https://me:canary@x.org' })
    expect(said).toHaveLength(2)
    expect(said.join(' ')).not.toContain('canary')
    expect(problems({ HOST_KEY: 'canary with blanks inside it' }).join(' ')).toMatch(/^HOST_KEY may hold (?!.*canary)/)
    expect(problems({ METRICS_KEY: 'canary' }).join(' ')).toMatch(/^METRICS_KEY must have at least 24 (?!.*canary)/)
    expect(problems({ METRICS_KEY: 'canary-'.repeat(5), HOST_KEY: 'canary-'.repeat(5) })).toEqual(['METRICS_KEY must be another key than HOST_KEY.'])
  })

  test('all mistakes are told at once, one sentence each', () => {
    const said = problems({ PORT: 'x', HOST: '!', PUBLIC_URL: 'x', HOST_KEY: 'short', LOG_LEVEL: 'loud', TRUST_PROXY: 'yes' })
    expect(said.map((sentence) => sentence.split(' ')[0]).sort()).toEqual(['HOST', 'HOST_KEY', 'LOG_LEVEL', 'PORT', 'PUBLIC_URL', 'TRUST_PROXY'])
    for (const sentence of said) expect(sentence).toMatch(/\.$/)
  })

  test('a setting with our name in front is pointed out, with what was meant', () => {
    expect(readConfig({ GATHERWELL_PORT: '80', GATHERWELL_COLOUR: 'red' }).warnings).toEqual([
      'GATHERWELL_COLOUR is not a setting and has no effect; the settings are PORT, HOST, DATA_DIR, PUBLIC_URL, HOST_KEY, LOG_LEVEL, TRUST_PROXY, BACKUP_DIR, BACKUPS_KEPT, METRICS_KEY, DRAIN_SECONDS, DATABASE_URL.',
      'GATHERWELL_PORT is not a setting and has no effect; write PORT instead.',
    ])
  })

  test('whatever the environment holds, there is a valid config or there are sentences', () => {
    const names = ['PORT', 'HOST', 'PUBLIC_URL', 'HOST_KEY', 'LOG_LEVEL', 'TRUST_PROXY']
    const env = fc.record(Object.fromEntries(names.map((name) => [name, fc.string()])), { requiredKeys: [] })
    fc.assert(fc.property(env, (each) => {
      if (problems(each).length > 0) return
      const { port, publicUrl = 'http://x' } = readConfig(each)
      expect(port >= 0 && port <= 65_535 && Number.isInteger(port)).toBe(true)
      expect(new URL(publicUrl).origin).toBe(publicUrl)
    }))
  })
})

describe('addresses for phones', () => {
  test('the likeliest first: home and school networks, then bridges and tunnels; loopback and self-assigned ones never', () => {
    expect(lanAddresses({
      lo: [v4('127.0.0.1', true), v6('::1')],
      docker0: [v4('172.17.0.1')],
      tailscale0: [v4('100.64.0.9')],
      eth0: [v4('10.1.2.3'), v6('fe80::1')],
      wlan0: [v4('192.168.1.20')],
      eth1: [v4('203.0.113.9'), v4('172.20.0.4'), v4('169.254.7.7')],
      gone: undefined,
    })).toEqual(['192.168.1.20', '10.1.2.3', '172.20.0.4', '203.0.113.9', '172.17.0.1', '100.64.0.9'])
  })

  test('a machine without a network has none', () => {
    expect(lanAddresses({ lo: [v4('127.0.0.1', true)] })).toEqual([])
  })
})
