#!/usr/bin/env node
/** `gatherwell backup …`: installs what is missing, then is (or runs) the command. Needs Node 20 and npm. */
import { canRunHere, inRoot, install, node, root } from './install.mjs'
import { exitLike, main, run } from './run.mjs'

await main(async () => {
  await install()
  // Settings mean the same as for `npm start`, which npm runs in the top folder.
  process.env.INIT_CWD ??= process.cwd()
  process.chdir(root)
  const command = inRoot('server/gatherwell.ts')
  if (canRunHere) await import(command)
  else exitLike(await run(node(), [command, ...process.argv.slice(2)]))
})
