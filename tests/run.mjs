/**
 * `npm test`: installs what is missing, builds what is stale, finds a browser, runs every test. Arguments go to Vitest.
 * With TEST_REPORT set, a JSON report of every test is written there too.
 */
import { build, inRoot, install, node, root } from '../server/boot/install.mjs'
import { exitLike, main, run } from '../server/boot/run.mjs'
import { findBrowser } from './browser.mjs'

await main(async () => {
  await install()
  await build()
  const env = { ...process.env, GATHERWELL_BROWSER: await findBrowser(), NODE_ENV: 'test' }
  const report = process.env.TEST_REPORT
  const reporters = report ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : []
  const vitest = [inRoot('node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...process.argv.slice(2)]
  exitLike(await run(node(), vitest, { cwd: root, env }))
})
