/**
 * `npm run torture`: the full counts of every part in tests/torture/parts.ts, slice by slice. What is done is kept beside this file
 * and not done again: stop it whenever you like. Arguments are parts (none: all); options: `--hours=2` begins no slice after that
 * time, `--again` forgets what the named parts have done, `--table` only writes the table into the README.
 */
import { build, inRoot, install, node, root } from '../../server/boot/install.mjs'
import { exitLike, main, run } from '../../server/boot/run.mjs'
import { findBrowser } from '../browser.mjs'

await main(async () => {
  await install()
  const env = { ...process.env, NODE_ENV: 'test' }
  if (!process.argv.includes('--table')) {
    await build()
    env.GATHERWELL_BROWSER = await findBrowser()
  }
  exitLike(await run(node(), [inRoot('tests/torture/main.ts'), ...process.argv.slice(2)], { cwd: root, env }))
})
