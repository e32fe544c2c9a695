/** F34: frames and requests that no client sends. The process lives, and somebody who takes part notices nothing. */
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { planWith } from '../support/kinds.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'
import { shareOf } from '../torture/share.ts'
import { diceOf, frameOf, packetOf, requestOf, upgradeOf } from './support/malformed-frames.ts'

const share = shareOf('malformed')
const SIDE_BY_SIDE = 24
/** Frames that one connection says before it hangs up. */
const EACH = 12

let server: ServerProcess
beforeEach(async () => { server = await spawnServer({ LOG_LEVEL: 'error' }) })
afterEach(async () => { await server.close() })

/** Says these bytes over one connection, after the first answer where there is something to be said then; resolves when it is over. */
function say(port: number, first: Buffer | string, then: readonly Buffer[] = []): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let heard = ''
    socket.write(first)
    socket.on('data', (chunk) => {
      if (heard === '') {
        for (const frame of then) socket.write(frame)
        if (then.length > 0) socket.end()
      }
      heard += chunk.toString('latin1')
    })
    // Whoever is still kept on the line has been heard.
    socket.setTimeout(80, () => socket.destroy())
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(heard))
  })
}

/** What is wrong in an answer: something of our insides, or a success for what nobody may. */
const leak = (answer: string) => /node_modules|server\/|at async|SQLITE|Error:|\.ts:\d/u.test(answer.slice(0, answer.indexOf('<') === -1 ? undefined : answer.indexOf('<')))

test.skipIf(share.count === 0)('F34 BI10 malformed frames and requests leave the process alive, somebody who takes part undisturbed, and tell nothing', async () => {
  const session = await server.openSession(planWith('check-in'))
  await server.move(session, 'start')
  const steady = await server.participant(session)
  const stranger = await server.join(session)
  const { host, port } = new URL(server.url)
  const hello = `40${JSON.stringify(server.phone(stranger))}`
  const masked = Buffer.concat([Buffer.from([0x81, 0x80 | 126, hello.length >> 8, hello.length & 255, 0, 0, 0, 0]), Buffer.from(hello)])

  let next = 0
  const told: string[] = []
  async function attack(): Promise<void> {
    while (next < share.seeds.length) {
      const seeds = share.seeds.slice(next, (next += EACH))
      const [first = 0] = seeds
      const kind = diceOf(first).below(4)
      if (kind === 0) {
        for (const seed of seeds) {
          const answer = await say(Number(port), requestOf(seed, host))
          if (leak(answer)) told.push(`seed ${seed}: ${answer.slice(0, 300)}`)
        }
      } else if (kind === 1) {
        const opened = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`).then((answer) => answer.text(), () => '')
        const sid = /"sid":"([^"]+)"/u.exec(opened)?.[1] ?? 'nobody'
        await fetch(`${server.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`, { method: 'POST', body: seeds.map(packetOf).join('\u001e'), headers: { 'content-type': 'text/plain;charset=UTF-8' }, signal: AbortSignal.timeout(1_000) }).then((answer) => answer.text(), () => undefined)
      } else {
        await say(Number(port), upgradeOf(first, host), [...(kind === 2 ? [masked] : []), ...seeds.map(frameOf)])
      }
    }
  }

  let slowest = 0
  let over = false
  const living = (async () => {
    for (let i = 0; !over; i += 1) {
      const began = performance.now()
      await steady.done('step', { type: 'answer', weather: i % 2 === 0 ? 'foggy' : 'rainy' })
      slowest = Math.max(slowest, performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, 300)) // a person's pace, below the limit
    }
  })()
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, attack))
  over = true
  await living
  expect(told).toEqual([])
  expect(slowest).toBeLessThan(4_000)
  expect(steady.lost).toBeUndefined()
  expect((await server.nobody('GET', '/healthz')).status).toBe(200)
  await until(async () => (await server.host('GET', `/api/sessions/${session.id}`)).body.here === 1, 'the strangers to be gone', 60_000)
  expect(server.said()).not.toContain('Unhandled')
  expect(server.said()).not.toMatch(/a listener failed|a rule or a view failed|a request failed/u)
  share.report({ sent: share.count, ended: 0, worstAnswerMs: Math.round(slowest) })
}, share.timeout(10))
