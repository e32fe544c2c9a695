/**
 * The reference: what a bare Socket.IO server does with the same load. A command is acknowledged and sent on to everybody, one
 * packet each; nothing is checked, stored, hidden or gathered.
 */
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const ROOM = 'room'

const http = createServer()
const io = new Server(http, { perMessageDeflate: false, serveClient: false })
io.on('connection', (socket) => {
  void socket.join(ROOM)
  socket.on('act', (act: { id: string; text: string }, ack: (answer: unknown) => void) => {
    ack({ ok: true })
    io.to(ROOM).emit('said', act)
  })
})
http.listen(Number(process.env['PORT']), '127.0.0.1', () => console.log('Relay is ready'))
process.once('SIGTERM', () => process.exit(0))
