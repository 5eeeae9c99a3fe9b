// An echo by npm's `ws`: plain, with TLS, and with TLS at an address that its certificate
// does not name. Prints the three ports.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { WebSocketServer } from 'ws';

const { TLS_KEY_STORE: pfx, TLS_PASSWORD: passphrase } = process.env;

function receive(socket, data, isBinary) {
  const [command, code, reason] = isBinary ? [''] : data.toString().split(' ');
  if (command === 'abort') {
    socket.terminate();
  } else if (command === 'close') {
    socket.close(Number(code), reason);
  } else if (command === 'fragments') {
    socket.send('a', { fin: false });
    socket.send('b', { fin: false });
    socket.send('c', { fin: true });
  } else {
    socket.send(data, { binary: isBinary });
  }
}

async function listen(server, host) {
  const sockets = new WebSocketServer({
    server,
    maxPayload: 32 * 2 ** 20,
    perMessageDeflate: { threshold: 0 },
  });
  sockets.on('connection', (socket) =>
    socket.on('message', (data, isBinary) => receive(socket, data, isBinary)),
  );
  server.listen(0, host);
  await once(server, 'listening');
  return server.address().port;
}

const secure = () => createSecureServer({ pfx: Buffer.from(pfx, 'base64'), passphrase });
const ports = [
  await listen(createServer(), '127.0.0.1'),
  await listen(secure(), '127.0.0.1'),
  await listen(secure(), '127.0.0.2'),
];
console.log(ports.join(' '));
