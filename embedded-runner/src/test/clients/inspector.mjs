// The inspector: frames of a connection as they travel.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import test from 'node:test';
import { WebSocket } from 'ws';
import { Tab, limited, looks, withRestarts } from './chromium.mjs';
import { ask } from './server.mjs';

class Inspector extends Tab {
  static async open(options) {
    const tab = await super.open('inspector/', options);
    await tab.state('Connected', '.inspected');
    return tab;
  }

  /** Waits for a frame: direction, opcode, flags, length, preview. */
  async frame(direction, ...columns) {
    let row = this.part(direction === '↑' ? '.frames .received' : '.frames .sent-frame');
    for (const column of columns) {
      row = row.filter({ hasText: column });
    }
    await row.last().waitFor();
    return row.last().locator('button');
  }
}

test('a message is a masked frame there and a plain one back', limited, async () => {
  const tab = await Inspector.open();
  await tab.say('hello');
  await tab.frame('↑', 'text', 'FIN RSV1 MASK', '7 bytes', 'hello');
  const back = await tab.frame('↓', 'text', 'FIN', '5 bytes', 'hello');
  assert.doesNotMatch(await back.textContent(), /MASK/);
  await back.click();
  const bits = await tab.part('.bits dd').allTextContents();
  assert.deepEqual(bits, ['1', '0', '0', '0', '0001', '0', '0000101']);
  assert.match(await tab.part('.dump').textContent(), /^68 65 6c 6c 6f +hello$/);

  await tab.button('Send 64 bytes').click();
  await tab.frame('↓', 'binary', '64 bytes');
  await tab.end();
});

test('a compressed message is marked by RSV1', limited, async () => {
  const tab = await Inspector.open();
  await tab.button('Send 40,000 letters').click();
  const back = await tab.frame('↓', 'text', 'FIN RSV1', 'abcdefghij');
  await back.click();
  await tab.part('.detail').getByText(/compressed/).waitFor();
  await tab.end();
});

test('messages that build on those before are shown as text', limited, async () => {
  const tab = await Inspector.open();
  for (const text of ['one thing', 'one thing and another', 'one thing and another again']) {
    await tab.say(text);
    await tab.frame('↑', 'text', 'FIN RSV1 MASK', text);
    await tab.frame('↓', 'text', 'FIN', text);
  }
  await tab.end();
});

test('the closing handshake is two Close frames', limited, async () => {
  const tab = await Inspector.open();
  await tab.button('Close with 4000').click();
  await tab.frame('↑', 'close', 'FIN MASK', '4000 that was all');
  await tab.frame('↓', 'close', 'FIN', '4000');
  await tab.part('.lifetime').getByText(/ended$/).waitFor();
  await tab.end();
});

test('the frames of another client show up: fragments, ping and pong', limited, async () => {
  const tab = await Inspector.open();
  const socket = new WebSocket(await tab.part('.url').textContent(), { perMessageDeflate: false });
  await once(socket, 'open');
  socket.send('one ', { fin: false });
  socket.ping('are you there?');
  socket.send('two', { fin: true });
  const [message] = await once(socket, 'message');
  assert.equal(String(message), 'one two');
  await tab.frame('↑', 'text', 'MASK', 'one');
  await tab.frame('↑', 'ping', 'are you there?');
  await tab.frame('↓', 'pong', 'are you there?');
  await tab.frame('↑', 'continuation', 'FIN MASK', '3 bytes');
  await tab.frame('↓', 'text', 'FIN', 'one two');
  socket.terminate();
  await tab.end();
});

test('who does not know the key is refused', limited, async () => {
  const tab = await Inspector.open();
  const url = new URL(await tab.part('.url').textContent());
  url.searchParams.set('shown-to', 'guessed');
  const socket = new WebSocket(url);
  const [, response] = await once(socket, 'unexpected-response');
  assert.equal(response.statusCode, 404);
  socket.on('error', () => {}); // that it was ended before it was open
  socket.terminate();
  await tab.end();
});

test('it looks on again when the server is back', withRestarts, async () => {
  const tab = await Inspector.open();
  await tab.say('before');
  await tab.frame('↓', 'text', 'before');
  await ask('kill');
  await tab.state('Waiting', '.feed');
  await tab.state('Waiting', '.inspected');
  await ask('start');
  await tab.state('Connected', '.feed');
  await tab.state('Connected', '.inspected');
  await tab.say('after');
  await tab.frame('↓', 'text', 'after');
  await tab.end();
});

for (const { name, ...look } of looks) {
  test(`looks: ${name}`, limited, async () => {
    const tab = await Inspector.open(look);
    await tab.say('hello');
    await tab.frame('↓', 'text', 'hello');
    await tab.say('A longer line, so that one sees how a preview is cut off where the row ends.');
    await tab.frame('↓', 'text', 'A longer line');
    await tab.button('Send 64 bytes').click();
    await tab.frame('↓', 'binary');
    await tab.button('Send 40,000 letters').click();
    await tab.frame('↓', 'RSV1');
    await tab.button('Close with 4000').click();
    const close = await tab.frame('↑', 'close');
    await tab.button('Connect').click();
    await tab.state('Connected', '.inspected');
    await close.click();
    await tab.part('.bits').waitFor();
    await tab.shoot(`inspector-${name}`);
    await tab.shoot(`inspector-${name}-full`, { fullPage: true });
    await tab.end();
  });
}
