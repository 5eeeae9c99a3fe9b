// The sample as npm's `ws` sees it.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import test, { after } from 'node:test';
import WebSocket from 'ws';
import { pageUrl, socketUrl } from './server.mjs';

const MEBIBYTE = 2 ** 20;
const limited = { timeout: 20_000 };

const sockets = [];

// What a failed test left open would keep the script alive.
after(() => sockets.forEach((socket) => socket.terminate()));

async function connect(path, options = {}) {
  const socket = new WebSocket(socketUrl(path), { maxPayload: 16 * MEBIBYTE, ...options });
  sockets.push(socket);
  // Messages may come in the same packet as the handshake's answer: listen before it is awaited.
  const received = [];
  const waiting = [];
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? data : data.toString('utf8');
    if (waiting.length > 0) {
      waiting.shift()(message);
    } else {
      received.push(message);
    }
  });
  await once(socket, 'open');
  const next = () =>
    received.length > 0 ? received.shift() : new Promise((resolve) => waiting.push(resolve));
  const closed = once(socket, 'close').then(([code, reason]) => ({
    code,
    reason: reason.toString('utf8'),
  }));
  return { socket, next, closed };
}

/**
 * A client may know of its connection before the server's application does; a pong proves that
 * both do.
 */
async function pinged({ socket }) {
  const pong = once(socket, 'pong');
  socket.ping();
  await pong;
}

async function close({ socket, closed }) {
  socket.close(1000);
  assert.deepEqual(await closed, { code: 1000, reason: '' });
}

for (const perMessageDeflate of [false, true]) {
  test(`with${perMessageDeflate ? '' : 'out'} an offer of compression`, limited, async (t) => {
    await t.test('text comes back', limited, async () => {
      const client = await connect('echo', { perMessageDeflate });
      for (const text of [
        'hello',
        '',
        'Grüße, 世界 🌍',
        'x'.repeat(125),
        'x'.repeat(126),
        'y'.repeat(65_536),
      ]) {
        client.socket.send(text);
        assert.equal(await client.next(), text);
      }
      await close(client);
    });

    await t.test('many messages come back in their order', limited, async () => {
      const client = await connect('echo', { perMessageDeflate });
      const texts = Array.from({ length: 1_000 }, (_, index) => `message ${index}`);
      texts.forEach((text) => client.socket.send(text));
      for (const text of texts) {
        assert.equal(await client.next(), text);
      }
      await close(client);
    });

    await t.test('1 MiB of text comes back', limited, async () => {
      const client = await connect('echo', { perMessageDeflate });
      assert.equal(
        client.socket.extensions,
        perMessageDeflate ? 'permessage-deflate' : '',
        'what was agreed on',
      );
      const text = Array.from({ length: MEBIBYTE / 16 }, (_, index) =>
        `line ${index}`.padEnd(16),
      ).join('');
      client.socket.send(text);
      assert.equal((await client.next()) === text, true, 'every character is equal');
      await close(client);
    });

    await t.test('1 MiB of binary comes back', limited, async () => {
      const client = await connect('echo', { perMessageDeflate });
      const bytes = randomBytes(MEBIBYTE);
      client.socket.send(bytes);
      assert.ok(bytes.equals(await client.next()));
      await close(client);
    });

    await t.test(
      'fragments come back as one message, with a ping between them',
      limited,
      async () => {
        const client = await connect('echo', { perMessageDeflate });
        const pong = once(client.socket, 'pong');
        client.socket.send('one, ', { fin: false });
        client.socket.send('two, ', { fin: false });
        client.socket.ping('between');
        // The pong must not have to wait for the end of the message.
        assert.equal(String((await pong)[0]), 'between');
        client.socket.send('three', { fin: true });
        assert.equal(await client.next(), 'one, two, three');
        await close(client);
      },
    );
  });
}

test('nothing is negotiated that was not offered', limited, async () => {
  const client = await connect('echo', { perMessageDeflate: false });
  assert.equal(client.socket.protocol, '');
  assert.equal(client.socket.extensions, '');
  await close(client);
});

test('a ping is answered with its payload', limited, async () => {
  const client = await connect('echo');
  for (const payload of ['', 'are you there?', 'x'.repeat(125)]) {
    const pong = once(client.socket, 'pong');
    client.socket.ping(payload);
    assert.equal(String((await pong)[0]), payload);
  }
  await close(client);
});

test("the client's close is answered with its code", limited, async () => {
  const { socket, closed } = await connect('echo');
  socket.close(4001, 'that was all');
  assert.equal((await closed).code, 4001);
});

test("the client's close without a code is answered", limited, async () => {
  const { socket, closed } = await connect('echo');
  socket.close();
  assert.ok([1000, 1005].includes((await closed).code));
});

test('the server closes with code and reason', limited, async () => {
  const { socket, closed } = await connect('chat?name=ann');
  socket.send(randomBytes(3));
  assert.deepEqual(await closed, { code: 1003, reason: 'this endpoint takes no binary messages' });
});

test('a message over the limit is refused', limited, async () => {
  const { socket, closed } = await connect('chat?name=ann');
  socket.send('x'.repeat(65_537));
  assert.equal((await closed).code, 1009);
});

test('a broadcast reaches everyone, the sender too', limited, async () => {
  const clients = await Promise.all([
    connect('broadcast'),
    connect('broadcast'),
    connect('broadcast'),
  ]);
  await Promise.all(clients.map(pinged));
  const bytes = randomBytes(1_000);
  clients[0].socket.send('to all');
  clients[0].socket.send(bytes);
  for (const client of clients) {
    assert.equal(await client.next(), 'to all');
    assert.ok(bytes.equals(await client.next()));
  }
  await Promise.all(clients.map(close));
});

test('the chat says who comes, speaks and goes', limited, async () => {
  // The server may still be saying goodbye to somebody from another test.
  const line = async (client, expected) => {
    while ((await client.next()) !== expected);
  };
  const ann = await connect('chat?name=ann');
  await line(ann, 'welcome ann');
  const bob = await connect(`chat?name=${encodeURIComponent('b:o,b')}`);
  await line(bob, 'welcome bob');
  assert.match(await bob.next(), /^here .*ann/);
  await line(ann, 'joined bob');
  bob.socket.send('two\nlines');
  await line(bob, 'said bob: two lines');
  await line(ann, 'said bob: two lines');
  await close(bob);
  await line(ann, 'left bob');
  await close(ann);
});

for (const path of [
  'echo',
  'broadcast',
  'chat',
  'rooms/socket',
  'inspector/socket',
  'notifications/socket',
  'dashboard/socket',
  'editor/socket',
]) {
  test(`${path} answers a heartbeat, and nobody else hears of it`, limited, async () => {
    const heartbeat = '{"type":"heartbeat"}';
    const [asking, other] = [await connect(path), await connect(path)];
    await Promise.all([pinged(asking), pinged(other)]);
    let heard = 0;
    other.socket.on('message', (data) => (heard += String(data) === heartbeat ? 1 : 0));
    asking.socket.send(heartbeat);
    while ((await asking.next()) !== heartbeat) {
      // what the endpoint tells by itself
    }
    await pinged(other);
    assert.equal(heard, 0);
    await close(asking);
    await close(other);
  });
}

for (const { what, message } of [
  { what: 'is too short', message: [0, 0, 0] },
  { what: 'is of no kind', message: [7, 0, 0, 0, 0, 1] },
]) {
  test(`what ${what} for the editor is refused for good`, limited, async () => {
    const client = await connect('editor/socket');
    client.socket.send(Buffer.from(message));
    assert.equal((await client.closed).code, 1008);
  });
}

test('a plain GET is told to upgrade', limited, async () => {
  const response = await fetch(new URL('echo', pageUrl));
  assert.equal(response.status, 426);
  assert.equal(response.headers.get('upgrade'), 'websocket');
  assert.match(await response.text(), /\S/);
});
