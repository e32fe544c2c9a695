/**
 * Lets Node load the client's own `*.svelte.ts` modules, as they are: types stripped, runes compiled for a place without a page.
 * What a phone's connection, outbox and drafts do is then tested as the phone does it, by the hundred and without browsers.
 */
import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'
import { compileModule } from 'svelte/compiler'

registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.svelte.ts')) return next(url, context)
    const filename = fileURLToPath(url)
    const source = stripTypeScriptTypes(readFileSync(filename, 'utf8'), { mode: 'strip' })
    return { format: 'module', source: compileModule(source, { filename, generate: 'server', dev: false }).js.code, shortCircuit: true }
  },
})
