import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'

const bootModule = fileURLToPath(new URL('../../../server/boot/run.mjs', import.meta.url))
const started: ChildProcess[] = []

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

/** A boot script as `npm start` runs one: `work` is the body of its main function. */
function boot(work: string) {
  const script = `import { exitLike, main, run, Sentence, step } from ${JSON.stringify(bootModule)}; await main(async () => { ${work} })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk) => (said.out += String(chunk)))
  child.stderr.on('data', (chunk) => (said.err += String(chunk)))
  const ended = once(child, 'close').then(([code, signal]) => ({ code: code as number | null, signal: signal as string | null }))
  return { child, said, ended }
}

/** Arguments for another Node as the boot script's child; it prints its process id once it is ready for signals. */
const program = (body: string): string => JSON.stringify(['-e', `${body}; console.log(process.pid)`])

const STAYS = 'setInterval(() => {}, 1000);'

async function firstLine(said: { out: string }, child: ChildProcess): Promise<string> {
  while (!said.out.includes('\n')) await once(child.stdout!, 'data')
  return said.out.split('\n')[0] ?? ''
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('a program run by a boot script', () => {
  test('hands its exit code on', async () => {
    const { ended } = boot(`exitLike(await run(process.execPath, ${program('process.exit(7)')}))`)
    expect(await ended).toEqual({ code: 7, signal: null })
  })

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('closes in its own way on %s, and nothing stays behind', async (signal) => {
    const closing = `process.on("${signal}", () => { console.log('closed'); process.exit(0) }); ${STAYS}`
    const { child, said, ended } = boot(`exitLike(await run(process.execPath, ${program(closing)}))`)
    const pid = Number(await firstLine(said, child))
    child.kill(signal)
    expect(await ended).toEqual({ code: 0, signal: null })
    expect(said.out).toContain('closed')
    expect(isAlive(pid)).toBe(false)
  })

  test('that dies of a signal ends the boot script by the same signal', async () => {
    const { ended } = boot(`exitLike(await run(process.execPath, ${program("process.kill(process.pid, 'SIGKILL'); " + STAYS)}))`)
    expect(await ended).toEqual({ code: null, signal: 'SIGKILL' })
  })

  test('that answers a signal with an error code, as npm does, counts as ended and not as failed', async () => {
    const likeNpm = `process.on('SIGTERM', () => process.exit(1)); ${STAYS}`
    const { child, said, ended } = boot(`await step(process.execPath, ${program(likeNpm)}); throw new Sentence('never said')`)
    await firstLine(said, child)
    child.kill('SIGTERM')
    expect(await ended).toEqual({ code: null, signal: 'SIGTERM' })
    expect(said.err).toBe('')
  })
})

test('a failure that a person can act on is one sentence without a stack', async () => {
  const { said, ended } = boot("throw new Sentence('The disk is full.')")
  expect(await ended).toEqual({ code: 1, signal: null })
  expect(said.err.trim()).toBe('The disk is full.')
})
