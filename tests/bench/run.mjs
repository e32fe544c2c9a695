/**
 * `npm run bench`: installs what is missing, builds what is stale, finds a browser, measures. Options: `--quick` (60 seconds,
 * fewer people), `--only=P1,P7` (those rows alone), `--runs=1` (not three of each), `--write` (keeps what was measured in docs/performance.json and makes
 * docs/performance.md of all that is kept), `--page` (only makes that page). Never a test: it fails only when it could not measure.
 */
import { build, inRoot, install, node, root } from '../../server/boot/install.mjs'
import { exitLike, main, run, Sentence } from '../../server/boot/run.mjs'
import { findBrowser } from '../browser.mjs'

const OPTIONS = ['--quick', '--write', '--page', '--no-phone', '--only=…', '--runs=…']

await main(async () => {
  const strange = process.argv.slice(2).find((option) => !OPTIONS.includes(option.replace(/^(--only|--runs)=.+/u, '$1=…')))
  if (strange !== undefined) throw new Sentence(`The bench does not know ${strange}; it knows ${OPTIONS.join(', ')}.`)
  await install()
  await build()
  const env = { ...process.env, NODE_ENV: 'production' }
  if (!process.argv.includes('--no-phone')) env.GATHERWELL_BROWSER = await findBrowser()
  exitLike(await run(node(), [inRoot('tests/bench/main.ts'), ...process.argv.slice(2)], { cwd: root, env }))
})
