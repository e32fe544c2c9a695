/** The storage that the model's rooms run on keeps the promises of the real one. */
import { logContract } from '../server/log/contract.ts'
import { memoryStore } from './memory-log.ts'

logContract('memory', async (now) => {
  const store = memoryStore()
  const opened = { log: store.open(now), reopen: async () => (opened.log = store.open(now)), close: () => opened.log.close() }
  return opened
})
