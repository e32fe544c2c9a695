/** `npm run check`: everything that can be known without running the product. Prints each part's name and result. */
import { spawn } from 'node:child_process'
import { inRoot, install, node, root } from '../server/boot/install.mjs'
import { forwardSignals, main } from '../server/boot/run.mjs'

const bin = { eslint: 'eslint/bin/eslint.js', tsc: 'typescript/bin/tsc', svelte: 'svelte-check/bin/svelte-check', vitest: 'vitest/vitest.mjs' }
const svelteCheck = ['--output', 'human', '--fail-on-warnings', '--tsconfig']

const LINT = 'lint'
const PARTS = [
  ['types of shared', bin.tsc, ['-p', 'shared']],
  ['types of the server', bin.tsc, ['-p', 'server']],
  ['types of the tests', bin.tsc, ['-p', 'tests']],
  ['Svelte and types of the client', bin.svelte, ['--workspace', 'client', ...svelteCheck, './tsconfig.json']],
  ['types of the client’s tests', bin.svelte, ['--workspace', 'tests/client', ...svelteCheck, './tsconfig.json']],
  [LINT, bin.eslint, ['.', '--max-warnings', '0']],
  ['architecture', bin.vitest, ['run', '--reporter=dot', '--project', 'architecture', 'imports', 'kinds']],
  ['messages', bin.vitest, ['run', '--reporter=dot', '--project', 'architecture', 'messages']],
]

/** Resolves with { code, output, signal }; its output is shown only when it failed, so that failures stand alone. */
function runQuietly(script, args, children) {
  return new Promise((resolve) => {
    const child = spawn(node(), [inRoot('node_modules', script), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    children.push(child)
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => resolve({ code: 1, output: String(error), signal: null }))
    child.once('close', (code, signal) => resolve({ code: code ?? 1, output, signal }))
  })
}

await main(async () => {
  await install()
  const children = []
  forwardSignals(children)
  let failures = 0
  async function runPart([name, script, args]) {
    const began = Date.now()
    const { code, output, signal } = await runQuietly(script, args, children)
    const seconds = ((Date.now() - began) / 1000).toFixed(1)
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name} (${seconds} s)`)
    if (code === 0) return true
    failures += 1
    console.log(output.trimEnd().replace(/^/gm, '        '))
    // Ended by a signal: the person wants to stop, not to see the rest fail.
    return signal === null
  }
  // The linter takes as long as all others together: beside them, on a core of its own.
  const [lint, others] = [PARTS.filter(([name]) => name === LINT), PARTS.filter(([name]) => name !== LINT)]
  await Promise.all([lint, others].map(async (parts) => {
    for (const part of parts) if (!(await runPart(part))) return
  }))
  process.exit(failures === 0 ? 0 : 1)
})
