/** `npm start`: installs what is missing, builds what is stale, then is (or runs) the server. Needs Node 20 and npm. */
import { build, canRunHere, inRoot, install, node } from './install.mjs'
import { exitLike, main, run } from './run.mjs'

await main(async () => {
  await install()
  await build()
  process.env.NODE_ENV ??= 'production'
  const server = inRoot('server/main.ts')
  if (canRunHere) await import(server)
  else exitLike(await run(node(), [server]))
})
