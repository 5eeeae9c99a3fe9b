// Clients of others against the server of ClientsTest: versions 4, 3 and 2, over polling, WebSocket and first one and
// then the other.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { io as io4 } from 'socket.io-client';
import io2 from 'socket.io-client-2';
import io3 from 'socket.io-client-3';
import messagePackParser from 'socket.io-msgpack-parser';

const address = process.env.ADDRESS;
const messagePackAddress = process.env.MESSAGE_PACK_ADDRESS;
const opened = [];

after(() => opened.forEach((socket) => socket.close()));

function connect(io, namespace, transports, more = {}) {
  const socket = io(address + namespace, { transports, forceNew: true, ...more });
  opened.push(socket);
  return socket;
}

const ioMessagePack = (url, options) =>
  io4(url.replace(address, messagePackAddress), { ...options, parser: messagePackParser });

function once(socket, event) {
  return new Promise((resolve) => socket.once(event, (...args) => resolve(args)));
}

const ask = (socket, ...args) =>
  new Promise((resolve) => socket.emit(...args, (...answer) => resolve(answer)));

for (const [version, io] of [
  ['4', io4],
  ['3', io3],
  ['2', io2],
  ['4 with MessagePack', ioMessagePack],
]) {
  for (const transports of [['polling'], ['websocket'], ['polling', 'websocket']]) {
    describe(`client ${version} over ${transports.join(', then ')}`, () => {
      it('sends events and gets answers', async () => {
        const socket = connect(io, '/', transports);
        await once(socket, 'connect');
        assert.deepEqual(await ask(socket, 'echo', 1, '€😀', { a: [true, null] }), [
          1,
          '€😀',
          { a: [true, null] },
        ]);
      });

      it('sends and gets bytes', async () => {
        const socket = connect(io, '/', transports);
        await once(socket, 'connect');
        const [bytes] = await ask(socket, 'echo', Buffer.from([1, 2, 3]));
        assert.deepEqual([...new Uint8Array(bytes)], [1, 2, 3]);
      });

      it('answers', async () => {
        const socket = connect(io, '/', transports);
        socket.on('question', (n, answer) => answer(n + 1));
        await once(socket, 'connect');
        assert.deepEqual(await ask(socket, 'ask me', 1), [2]);
      });

      it('is sent large events in order', async () => {
        const socket = connect(io, '/', transports);
        const numbers = [];
        const done = new Promise((resolve) =>
          socket.on('n', (n) => {
            numbers.push(n);
            if (n === 99) resolve();
          }),
        );
        await once(socket, 'connect');
        socket.emit('count', 100, 'x'.repeat(5000));
        await done;
        assert.deepEqual(numbers, [...Array(100).keys()]);
      });

      it('is refused by middleware', async () => {
        const socket = connect(io, '/no', transports, { auth: { token: '1' } });
        const [error] = await once(socket, version === '2' ? 'error' : 'connect_error');
        assert.equal(version === '2' ? error : error.message, version === '2' ? 'data' : 'no');
      });

      it('is disconnected', async () => {
        const socket = connect(io, '/custom', transports);
        await once(socket, 'connect');
        socket.emit('bye');
        assert.deepEqual((await once(socket, 'disconnect'))[0], 'io server disconnect');
      });
    });
  }
}

it('changes from polling to WebSocket', async () => {
  const socket = connect(io4, '/', ['polling', 'websocket']);
  await once(socket, 'connect');
  const { engine } = socket.io;
  if (engine.transport.name === 'polling') await once(engine, 'upgrade'); // it may be done by now
  assert.equal(engine.transport.name, 'websocket');
  assert.deepEqual(await ask(socket, 'echo', 1), [1]);
});

for (const [format, io] of [
  ['JSON', io4],
  ['MessagePack', ioMessagePack],
]) {
  it(`comes back to where it was, by ${format}`, async () => {
    const socket = connect(io, '/', ['websocket'], { reconnectionDelay: 100 });
    await once(socket, 'connect');
    const { id } = socket;
    await ask(socket, 'join', 'room');
    const missed = once(socket, 'missed');
    await ask(socket, 'miss', 'room');
    socket.io.engine.close(); // as when the network is gone
    assert.equal((await missed)[0], 1);
    if (!socket.connected) await once(socket, 'connect');
    assert.equal(socket.recovered, true);
    assert.equal(socket.id, id);
  });
}
