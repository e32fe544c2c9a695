/**
 * `npm run bench`: installs what is missing, builds what is stale, finds a browser, measures. Options: `--quick` (60 seconds,
 * fewer people), `--write` (puts the table into docs/performance.md). Never a test: it fails only when it could not measure.
 */
import { build, inRoot, install, node, root } from '../../server/boot/install.mjs'
import { exitLike, main, run, Sentence } from '../../server/boot/run.mjs'
import { findBrowser } from '../browser.mjs'

const OPTIONS = ['--quick', '--write', '--no-phone']

await main(async () => {
  const strange = process.argv.slice(2).find((option) => !OPTIONS.includes(option))
  if (strange !== undefined) throw new Sentence(`The bench does not know ${strange}; it knows ${OPTIONS.join(', ')}.`)
  await install()
  await build()
  const env = { ...process.env, NODE_ENV: 'production' }
  if (!process.argv.includes('--no-phone')) env.GATHERWELL_BROWSER = await findBrowser()
  exitLike(await run(node(), [inRoot('tests/bench/main.ts'), ...process.argv.slice(2)], { cwd: root, env }))
})
