import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { COOKIE_LIFE_MS, exchange, hashSecret, mint, newDeviceToken, newJoinToken, sameSecret, whoHolds } from '../../../server/access/keys.ts'
import { Gone } from '../../../server/log/port.ts'
import type { Log } from '../../../server/log/port.ts'
import { openSqliteLog } from '../../../server/log/sqlite.ts'
import { aSession, NOW } from '../log/samples.ts'
import { aFolder, bytesOf } from '../log/folder.ts'
import type { Folder } from '../log/folder.ts'

let folder: Folder
let log: Log
beforeEach(async () => {
  folder = aFolder()
  log = await openSqliteLog({ folder: folder.path, now: () => NOW })
  await log.createSession(aSession('a'))
})
afterEach(async () => {
  await log.close()
  folder.remove()
})

const link = (more = {}) => mint(log, { role: 'facilitator', session: 'a', now: NOW, ...more })

describe('a key', () => {
  test('is 256 bits that the holder has and the server does not', async () => {
    const { secret, row } = await link({ name: 'Ann' })
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(row).toStrictEqual({ role: 'facilitator', session: 'a', name: 'Ann', hash: hashSecret(secret), handle: row.handle, createdAt: NOW })
    expect(row.handle).toMatch(/^[2-9a-hjkmnp-z]{8}$/)
    expect(await whoHolds(log, secret, NOW)).toStrictEqual(row)
    const bytes = bytesOf(folder.path)
    expect(bytes.includes(row.hash)).toBe(true)
    expect(bytes.includes(secret)).toBe(false)
  })

  test.each([undefined, null, 7, {}, [], '', 'short', 'x'.repeat(43), 'é'.repeat(43), 'x'.repeat(1_000_000)])('%.40j opens nothing', async (secret) => {
    await link()
    expect(await whoHolds(log, secret, NOW)).toBeUndefined()
  })

  test('is not opened by its own hash or handle', async () => {
    const { row } = await link()
    expect(await whoHolds(log, row.hash, NOW)).toBeUndefined()
    expect(await whoHolds(log, row.handle, NOW)).toBeUndefined()
  })

  test('for a session that is not there is not made', async () => {
    await expect(link({ session: 'none' })).rejects.toBeInstanceOf(Gone)
  })
})

describe('an exchange', () => {
  test('gives a child with the same rights for twelve hours', async () => {
    const parent = await link({ role: 'cofacilitator', name: 'Ann' })
    const child = await exchange(log, parent.secret, ['facilitator', 'cofacilitator'], NOW + 5)
    const held = await whoHolds(log, child?.secret, NOW + 5 + COOKIE_LIFE_MS - 1)
    expect(held).toMatchObject({ role: 'cofacilitator', session: 'a', name: 'Ann', parent: parent.row.hash, createdAt: NOW + 5 })
    expect(held?.handle).not.toBe(parent.row.handle)
    expect(await whoHolds(log, child?.secret, NOW + 5 + COOKIE_LIFE_MS)).toBeUndefined()
    expect(await whoHolds(log, parent.secret, NOW + COOKIE_LIFE_MS * 9)).toBeDefined()
  })

  test('never lasts longer than the key that was exchanged', async () => {
    const parent = await link({ expiresAt: NOW + 1000 })
    expect((await exchange(log, parent.secret, 'facilitator', NOW))?.row.expiresAt).toBe(NOW + 1000)
    expect(await exchange(log, parent.secret, 'facilitator', NOW + 1000)).toBeUndefined()
  })

  test('at the door of another role, of a stranger’s secret, or of a child gives nothing', async () => {
    const parent = await link({ role: 'screen' })
    expect(await exchange(log, parent.secret, 'facilitator', NOW)).toBeUndefined()
    expect(await exchange(log, parent.secret, ['facilitator', 'cofacilitator'], NOW)).toBeUndefined()
    expect(await exchange(log, newJoinToken(), 'screen', NOW)).toBeUndefined()
    const child = await exchange(log, parent.secret, 'screen', NOW)
    expect(await exchange(log, child?.secret ?? '', 'screen', NOW)).toBeUndefined()
  })

  test('ends with the key that was exchanged', async () => {
    const parent = await link()
    const child = await exchange(log, parent.secret, 'facilitator', NOW)
    expect((await log.revokeKey('a', parent.row.handle)).sort()).toEqual([parent.row.hash, child?.row.hash].sort())
    expect(await whoHolds(log, child?.secret, NOW)).toBeUndefined()
    expect(await exchange(log, parent.secret, 'facilitator', NOW)).toBeUndefined()
  })

  test('that meets the revocation half-way leaves nothing that works', async () => {
    const parent = await link()
    const exchanged = exchange(log, parent.secret, 'facilitator', NOW)
    await log.revokeKey('a', parent.row.handle)
    expect(await whoHolds(log, (await exchanged)?.secret, NOW)).toBeUndefined()
  })
})

test('a device’s secret has the shape of a key, each another', () => {
  expect(newDeviceToken()).toMatch(/^[\w-]{43}$/)
  expect(newDeviceToken()).not.toBe(newDeviceToken())
})

test('join tokens are 128 bits, each another', () => {
  expect(newJoinToken()).toMatch(/^[\w-]{22}$/)
  expect(newJoinToken()).not.toBe(newJoinToken())
})

test('a host key is compared whole', () => {
  expect(sameSecret('the key', 'the key')).toBe(true)
  expect(sameSecret('the ke', 'the key')).toBe(false)
  expect(sameSecret('the key ', 'the key')).toBe(false)
})
