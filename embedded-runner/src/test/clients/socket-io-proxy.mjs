// npm's client of Socket.IO through a proxy in front of two servers, which share nothing: each session has to stay at
// one of them, request by request.

import assert from 'node:assert/strict';
import test from 'node:test';
import { io } from 'socket.io-client';

const { PROXY_URL } = process.env;
const limited = { timeout: 30_000 };

/** As browsers do, it keeps the cookie by which a proxy knows its server. */
function connect(options) {
  return io(`${PROXY_URL}/echo`, { forceNew: true, withCredentials: true, ...options });
}

const connected = (socket) => new Promise((resolve) => socket.once('connect', resolve));

for (const transports of [['polling'], ['websocket'], ['polling', 'websocket']]) {
  test(`sessions over ${transports.join(', then ')} stay at their servers`, limited, async () => {
    const sockets = Array.from({ length: 8 }, () => connect({ transports, reconnection: false }));
    await Promise.all(sockets.map(connected));
    for (let round = 0; round < 5; round++) {
      await Promise.all(
        sockets.map(async (socket, i) =>
          assert.deepEqual(await socket.timeout(10_000).emitWithAck('echo', [round, i, '€']), [round, i, '€']),
        ),
      );
    }
    const used = sockets.map((socket) => socket.io.engine.transport.name);
    assert.deepEqual([...new Set(used)], [transports.at(-1)]);
    sockets.forEach((socket) => socket.disconnect());
  });
}
