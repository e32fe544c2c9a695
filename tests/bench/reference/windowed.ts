/**
 * What one would build by hand on Socket.IO for this load and nothing else: acknowledged once it is durable, one transaction for each
 * turn of the loop and one batch in flight, sent to everybody in windows of 50 ms or 16 KB, and at once where nothing was sent lately.
 * With `TALLY=1` participants are sent counts, and only those who come with `{ screen: true }` the events. With `SNAPSHOT`, a file of
 * JSON, whoever comes is sent that first, framed once for each version. `FOLDER` is where the database goes.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Server, type Socket } from 'socket.io'
import { WebSocket } from 'ws'

const WINDOW_MS = 50
const WINDOW_BYTES = 16 * 1024
const EVERYBODY = 'everybody'
const SCREEN = 'screen'

interface Act {
  id: string
  text: string
}

interface Waiting {
  act: Act
  ack(answer: unknown): void
}

const tallies = process.env['TALLY'] === '1'
const snapshot = process.env['SNAPSHOT'] === undefined ? undefined : (JSON.parse(readFileSync(process.env['SNAPSHOT'], 'utf8')) as object)
const disk = new Worker(new URL('./windowed-disk.ts', import.meta.url), { workerData: { file: join(process.env['FOLDER'] as string, 'reference.db') } })
const http = createServer()
const io = new Server(http, { perMessageDeflate: false, serveClient: false })

let at = 0
let waiting: Waiting[] = []
let writing: Waiting[] = []
let said: Act[] = []
let saidBytes = 0
let shown = 0
let lastShown = 0
let timer: NodeJS.Timeout | undefined
const counts: Record<string, number> = {}

io.on('connection', (socket) => {
  const auth = socket.handshake.auth as { screen?: boolean }
  void socket.join(tallies && auth.screen === true ? SCREEN : EVERYBODY)
  if (snapshot !== undefined) welcome(socket, snapshot)
  socket.on('act', (act: Act, ack: (answer: unknown) => void) => {
    if (waiting.length === 0 && writing.length === 0) setImmediate(commit)
    waiting.push({ act, ack })
  })
})

function commit(): void {
  writing = waiting
  waiting = []
  disk.postMessage(writing.map(({ act }, i) => ({ seq: at + 1 + i, id: act.id, data: JSON.stringify(act) })))
}

disk.on('message', () => {
  const done = writing
  writing = []
  const from = at
  at += done.length
  if (waiting.length > 0) commit()
  done.forEach(({ act, ack }, i) => {
    ack({ ok: true, at: from + 1 + i })
    said.push(act)
    saidBytes += act.text.length
    if (tallies) counts[act.text.slice(0, 8)] = (counts[act.text.slice(0, 8)] ?? 0) + 1
  })
  const wait = lastShown + WINDOW_MS - performance.now()
  if (wait <= 0 || (saidBytes >= WINDOW_BYTES && !tallies)) show()
  else timer ??= setTimeout(show, wait)
})

function show(): void {
  clearTimeout(timer)
  timer = undefined
  lastShown = performance.now()
  io.to(tallies ? SCREEN : EVERYBODY).emit('said', { from: shown, at, said })
  if (tallies) io.to(EVERYBODY).emit('tally', { from: shown, at, counts })
  shown = at
  said = []
  saidBytes = 0
}

/** What we use of Socket.IO below its surface: it has no way to say the same to one socket after another without encoding it each time. */
interface Line {
  client: { writeToEngine(packets: string[], options: object): void }
}

let framed: { at: number; text: string; frame: unknown } | undefined

function welcome(socket: Socket, view: object): void {
  if (framed?.at !== shown) {
    const text = `2${JSON.stringify(['snapshot', { from: shown, at: shown, view }])}`
    framed = { at: shown, text, frame: (WebSocket as unknown as { Sender: { frame(data: Buffer, options: object): unknown } }).Sender.frame(Buffer.from(`4${text}`), { readOnly: false, mask: false, rsv1: false, opcode: 1, fin: true }) }
  }
  ;(socket as unknown as Line).client.writeToEngine([framed.text], { preEncoded: true, wsPreEncodedFrame: framed.frame })
}

http.listen(Number(process.env['PORT']), '127.0.0.1', () => console.log('Reference is ready'))
process.once('SIGTERM', () => process.exit(0))
