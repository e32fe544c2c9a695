/** `npm run pictures`: builds what is stale, finds a browser, and takes the README's pictures of a session that is really lived. */
import { build, inRoot, install, node, root } from '../server/boot/install.mjs'
import { exitLike, main, run } from '../server/boot/run.mjs'
import { findBrowser } from './browser.mjs'

await main(async () => {
  await install()
  await build()
  const env = { ...process.env, GATHERWELL_BROWSER: await findBrowser() }
  exitLike(await run(node(), [inRoot('tests/e2e/pictures.ts'), ...process.argv.slice(2)], { cwd: root, env }))
})
