/** `npm start`: installs what is missing, builds what is stale, then is (or runs) the server. Needs Node 20 and npm. */
import module from 'node:module'
import { build, canRunHere, inRoot, install, node } from './install.mjs'
import { exitLike, main, run } from './run.mjs'

await main(async () => {
  await install()
  await build()
  process.env.NODE_ENV ??= 'production'
  const server = inRoot('server/main.ts')
  // Compiled once, code starts sooner and takes a fifth less memory. Where nothing can be written beside the dependencies, Node goes on without.
  process.env.NODE_COMPILE_CACHE ??= inRoot('node_modules/.cache/compiled')
  if (canRunHere) {
    module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE)
    await import(server)
  } else exitLike(await run(node(), [server]))
})
