// Acknowledgements and broadcasts by the original of Socket.IO. Answers `heap` with the bytes that live objects take;
// ends with its standard input.
'use strict';
const { createServer } = require('node:http');
const { createInterface } = require('node:readline');
const { Server } = require('socket.io');

const COLLECTIONS = 3;
const NEVER = 600_000; // the load client answers no pings

const http = createServer();
const io = new Server(http, { pingInterval: NEVER, pingTimeout: NEVER, serveClient: false });
io.on('connection', (socket) => {
  socket.on('echo', (text, acknowledge) => acknowledge(text));
  socket.on('broadcast', (text) => io.emit('broadcast', text));
});
http.listen(0, '127.0.0.1', () => console.log(`port ${http.address().port}`));

createInterface({ input: process.stdin })
  .on('line', () => {
    for (let i = 0; i < COLLECTIONS; i++) {
      global.gc();
    }
    const { heapUsed, external } = process.memoryUsage();
    console.log(`heap ${heapUsed + external}`);
  })
  .on('close', () => process.exit(0));
