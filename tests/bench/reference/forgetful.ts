/** The product with its log in memory: nothing is durable, and nothing waits for a disk. What durability costs is the difference. */
import { buildApp } from '../../../server/app.ts'
import { readConfig } from '../../../server/config.ts'
import { memoryStore } from '../../model/memory-log.ts'

const config = readConfig(process.env)
const app = await buildApp({ config, log: memoryStore().open(Date.now) })
await app.http.listen({ port: config.port, host: config.host })
console.log('Gatherwell is ready')
process.once('SIGTERM', () => process.exit(0))
