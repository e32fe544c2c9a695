/** `npm run build`: installs what is missing and builds what is stale, and starts nothing. For servers whose program its own user may not write. */
import { build, install } from './install.mjs'
import { main } from './run.mjs'

await main(async () => {
  await install()
  await build()
})
