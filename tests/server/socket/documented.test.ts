/** The socket protocol is what its README says: every word of it is there, and its client takes part. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { REFUSALS, RETRYABLE } from '#shared/refusals.ts'
import { FRAME_BYTES, PROTOCOL, TEXT_LENGTH, type Bye, type ClientEvents, type ServerEvents } from '#shared/wire/protocol.ts'
import type { HandshakeRefusal } from '../../../server/socket/handshake.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { planWith } from '../../support/kinds.ts'
import { until } from '../../support/until.ts'

const readme = readFileSync(new URL('../../../shared/wire/README.md', import.meta.url), 'utf8')
/** Inside the tree, so that the example finds its one package. */
const folder = fileURLToPath(new URL('../../.out/', import.meta.url))
const file = `${folder}documented-client-${process.pid}.mjs`

let it: TestApp
beforeEach(async () => {
  it = await startApp()
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, /```js\n([\s\S]*?)```/u.exec(readme)?.[1] ?? '')
})
afterEach(async () => {
  rmSync(file, { force: true })
  await it.close()
})

function run(code: string) {
  const child = spawn(process.execPath, [file, it.url, code], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
  const ended = once(child, 'exit').then(([exit]) => exit as number)
  return { child, ended, says: (words: string) => until(() => said.includes(words), `the client to say "${words}", not\n${said}`, 15_000) }
}

test('the README names every event, every refusal, every goodbye and every limit', () => {
  const events: Record<keyof ServerEvents | keyof ClientEvents, true> = { hello: true, view: true, patch: true, here: true, beat: true, bye: true, act: true }
  const goodbyes: Record<Bye, true> = { revoked: true, removed: true, deleted: true, outdated: true }
  const doors: Record<HandshakeRefusal | 'busy', true> = { outdated: true, unknown: true, 'bad-shape': true, busy: true }
  for (const word of [...REFUSALS, ...Object.keys({ ...events, ...goodbyes, ...doors })]) expect(readme, word).toContain(`\`${word}\``)
  for (const code of REFUSALS) expect(readme).toMatch(new RegExp(`\\| \`${code}\` \\|.*\\| ${RETRYABLE.includes(code) ? 'the same' : 'no'}`, 'u'))
  for (const number of [FRAME_BYTES, TEXT_LENGTH]) expect(readme).toContain(number.toLocaleString('en'))
  expect(readme).toContain(`Version\n\`${PROTOCOL}\``)
})

test('the client of the README joins, follows the room, answers, survives a lost line, and leaves when it is told to', async () => {
  const session = await it.openSession(planWith('check-in', { anonymous: true }))
  const { child, ended, says } = run(session.code)
  try {
    await says('open')
    await it.move(session, 'start')
    await says('live The step')
    await says('answered {"ok":true')
    // Its line dies, and something happens meanwhile.
    for (const { gateway } of it.apps) for (const socket of gateway.io.sockets.sockets.values()) socket.conn.close()
    await it.move(session, 'end')
    await says('ended')
    expect((await it.host('DELETE', `/api/sessions/${session.id}`)).status).toBe(204)
    await says('bye deleted')
    expect(await ended).toBe(0)
  } finally {
    child.kill('SIGKILL')
  }
})

test('the client of the README says why it may not join', async () => {
  const { ended, says } = run('00000000')
  await says('no-admission')
  expect(await ended).not.toBe(0)
})
