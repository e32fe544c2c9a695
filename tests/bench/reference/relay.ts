/**
 * What a bare Socket.IO server does with the same load: a command is acknowledged and sent on to everybody, one packet each;
 * nothing is checked, stored, hidden or gathered.
 */
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const ROOM = 'room'

const http = createServer()
const io = new Server(http, { perMessageDeflate: false, serveClient: false })
let at = 0
io.on('connection', (socket) => {
  void socket.join(ROOM)
  socket.on('act', ({ id, text }: { id: string; text: string }, ack: (answer: unknown) => void) => {
    const from = at++
    ack({ ok: true, at })
    io.to(ROOM).emit('said', { from, at, id, text })
  })
})
http.listen(Number(process.env['PORT']), '127.0.0.1', () => console.log('Reference is ready'))
process.once('SIGTERM', () => process.exit(0))
