/** `npm run dev`: the pages rebuilt and the server restarted on every change. Either one ending ends both. */
import { spawn } from 'node:child_process'
import { build, forgetBuild, inRoot, install, node, root } from './install.mjs'
import { exitLike, forwardSignals, main } from './run.mjs'

await main(async () => {
  await install()
  // A whole build first, so that the server has pages to serve from its first moment.
  await build()
  forgetBuild()
  const env = { ...process.env, NODE_ENV: process.env.NODE_ENV ?? 'development' }
  const start = (args) => spawn(node(), args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
  const children = [
    start([inRoot('node_modules/vite/bin/vite.js'), 'build', '--watch', '--mode', 'development', '--logLevel', 'warn']),
    start(['--watch', '--watch-preserve-output', inRoot('server/main.ts')]),
  ]
  forwardSignals(children)
  const ends = children.map((child) => new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal }))))
  const first = await Promise.race(ends)
  for (const child of children) child.kill('SIGTERM')
  await Promise.all(ends)
  exitLike({ code: first.code, signal: null })
})
