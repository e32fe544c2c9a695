import { ESLint } from 'eslint'
import { describe, expect, test } from 'vitest'
import { ROOT } from './graph.ts'

/** Type information is left out: the bans need none, and the made-up files are in no project. */
const eslint = new ESLint({
  cwd: ROOT,
  overrideConfig: {
    languageOptions: { parserOptions: { projectService: false } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
})

async function complaints(filePath: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath })
  return result?.messages.map((message) => message.ruleId) ?? []
}

const SHARED = 'shared/session/decide.ts'
const PHONE = 'client/phone/Page.svelte'

describe('what is refused', () => {
  test.each([
    ['the clock in shared', SHARED, 'export const at = Date.now()', 'no-restricted-properties'],
    ['today’s date in shared', SHARED, 'export const at = new Date()', 'no-restricted-syntax'],
    ['today’s date as a text in shared', SHARED, 'export const at = Date()', 'no-restricted-syntax'],
    ['dice in shared', SHARED, 'export const die = Math.random()', 'no-restricted-properties'],
    ['a stopwatch in shared', SHARED, 'export const at = performance.now()', 'no-restricted-globals'],
    ['the globals by another name in shared', SHARED, 'export const all = globalThis', 'no-restricted-globals'],
    ['the process in shared', SHARED, 'export const env = process.env', 'no-restricted-globals'],
    ['the page in shared', SHARED, 'export const page = [window, document]', 'no-restricted-globals'],
    ['a raw listener in the server', 'server/socket/gateway.ts', "socket.on('command', take)", 'no-restricted-syntax'],
    ['a raw listener held by an object', 'server/room/room.ts', "this.socket.once('command', take)", 'no-restricted-syntax'],
    ['a raw listener in the client', 'client/live/inbox.ts', "socket.on('patch', take)", 'no-restricted-syntax'],
    ['a word to the console in the server', 'server/http/notes.ts', "console.log('here')", 'no-console'],
    ['a word to the console in the client', 'client/live/inbox.ts', "console.warn('here')", 'no-console'],
    ['an id that plain HTTP does not have', 'client/live/outbox.ts', 'export const id = crypto.randomUUID()', 'no-restricted-syntax'],
    ['a method that old phones do not have', 'client/live/outbox.ts', 'export const all = [2, 1].toSorted()', 'no-restricted-syntax'],
    ['HTML as a string', PHONE, '<p>{@html words}</p>', 'svelte/no-at-html-tags'],
    ['a style that the security policy drops', PHONE, '<p style="color: red"></p>', 'no-restricted-syntax'],
  ])('%s', async (_name, path, code, rule) => {
    expect(await complaints(path, code)).toContain(rule)
  })
})

describe('what passes', () => {
  test.each([
    ['a date made from a number in shared', SHARED, 'export const day = (at: number) => new Date(at).toISOString()'],
    ['the one wrapper in the server', 'server/socket/on.ts', "socket.on('command', take)"],
    ['the one connection in the client', 'client/live/connection.svelte.ts', "socket.on('patch', take)"],
    ['other things that can be listened to', 'server/app.ts', "io.on('connection', take)"],
    ['the address on the console at start', 'server/main.ts', "console.log('open it here')"],
    ['a style that is set by script', PHONE, '<script lang="ts">\nlet { share } = $props()\n</script>\n<p style:width={share}></p>'],
  ])('%s', async (_name, path, code) => {
    expect(await complaints(path, code)).toEqual([])
  })
})
