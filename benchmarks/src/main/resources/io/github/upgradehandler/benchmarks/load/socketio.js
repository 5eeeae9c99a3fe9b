// Acknowledgements and broadcasts by the original of Socket.IO. Its arguments are the URI of what makes it one with
// other nodes, empty if it is alone, and whether what they tell each other stands in a log. Answers `heap` with the bytes
// that live objects take; ends with its standard input.
'use strict';
const { createServer } = require('node:http');
const { createInterface } = require('node:readline');
const { Server } = require('socket.io');

const COLLECTIONS = 3;
const MAX_LEN = 20_000; // of the log: by default what others have sent may be all of it
const NEVER = 600_000; // the load client answers no pings

const http = createServer();
const [redis, logged] = process.argv.slice(2);
const options = { pingInterval: NEVER, pingTimeout: NEVER, serveClient: false };
if (logged === 'true') {
  options.connectionStateRecovery = {};
}
const io = new Server(http, options);
io.on('connection', (socket) => {
  socket.on('echo', (text, acknowledge) => acknowledge(text));
  socket.on('join', (room) => socket.join(room));
  socket.on('to', (room, text) => io.to(room).emit('to', text));
  socket.on('broadcast', (text) => io.emit('broadcast', text));
});

async function adapter() {
  const { createClient } = require('redis');
  const client = await createClient({ url: redis }).connect();
  return logged === 'true'
    ? require('@socket.io/redis-streams-adapter').createAdapter(client, { maxLen: MAX_LEN })
    : require('@socket.io/redis-adapter').createAdapter(client, await client.duplicate().connect());
}

async function start() {
  if (redis) {
    io.adapter(await adapter());
  }
  http.listen(0, '127.0.0.1', () => console.log(`port ${http.address().port}`));
}

start();

createInterface({ input: process.stdin })
  .on('line', () => {
    for (let i = 0; i < COLLECTIONS; i++) {
      global.gc();
    }
    const { heapUsed, external } = process.memoryUsage();
    console.log(`heap ${heapUsed + external}`);
  })
  .on('close', () => process.exit(0));
