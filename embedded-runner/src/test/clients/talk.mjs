// The chat by Socket.IO: the client is the one that the server itself offers.

import assert from 'node:assert/strict';
import test from 'node:test';
import { ChatRoom, standsStill } from './chat-room.mjs';
import { Tab, desktop, limited, looks, phone, withRestarts } from './chromium.mjs';
import { ask } from './server.mjs';

class Talk extends ChatRoom {
  static async join(name, room, { transports, ...options } = {}) {
    const tab = await this.open(`talk/#${room}`, options);
    if (transports) {
      await tab.field('Transports').selectOption(transports);
    }
    await tab.comeIn(name);
    return tab;
  }

  async transport(name) {
    await this.part('.transport').getByText(name, { exact: true }).waitFor();
  }

  /** Waits until it stands under a line of one's own what has become of it. */
  async became(text, outcome) {
    await this.part('.entry.sent', { hasText: text })
      .locator('.details', { hasText: outcome })
      .waitFor();
  }

  /** What is volatile is dropped while a transport is busy or changes: a person types on. */
  async typesUntil(seen) {
    do {
      await this.field('Message').pressSequentially('.');
    } while (!(await seen.isVisible()));
  }

  async end() {
    // The browser says so where the client writes once more to a WebSocket that it has given up.
    this.problems = this.problems.filter((text) => !/already in CLOSING or CLOSED/.test(text));
    await super.end();
  }
}

/** Rooms stay as they are left; each test has one of its own. */
let lastRoom = 0;
const newRoom = () => `talk ${(lastRoom += 1)}`;

for (const [transports, used] of [
  ['polling', 'polling'],
  ['websocket', 'websocket'],
  ['polling,websocket', 'websocket'],
]) {
  test(`two talk over ${transports}, a third joins late`, limited, async () => {
    const room = newRoom();
    const requests = [];
    const ann = await Talk.join('Ann', room, {
      transports,
      prepare: (page) => page.on('request', (request) => requests.push(request.url())),
    });
    await ann.transport(used);
    const bob = await Talk.join('Bob', room, { screen: phone, colorScheme: 'dark', transports });
    await ann.sees('event', 'Bob joined');
    await ann.say('Hello Bob!');
    await ann.became('Hello Bob!', 'received by Bob');
    await bob.sees('received', 'Hello Bob!');
    await bob.say('Hi. <b>Not bold</b>, I hope?');
    await ann.sees('received', 'Hi. <b>Not bold</b>, I hope?');
    const cay = await Talk.join('Cay', room, { transports });
    await cay.sees('received', 'Hi. <b>Not bold</b>, I hope?');
    assert.deepEqual(await cay.lines(), await ann.lines());
    assert.equal(ann.sockets, used === 'websocket' ? 1 : 0);
    const polls = requests.filter((url) => /transport=polling/.test(url)).length;
    assert.equal(polls > 0, transports !== 'websocket', `${polls} polls`);
    await Promise.all([ann.end(), bob.end(), cay.end()]);
  });
}

test('what is said to one alone comes to no other', limited, async () => {
  const room = newRoom();
  const [ann, bob, cay] = [
    await Talk.join('Ann 1', room),
    await Talk.join('Bob 1', room),
    await Talk.join('Cay 1', room),
  ];
  await ann.field('To').selectOption('Bob 1');
  await ann.say('between us');
  await ann.became('between us', 'to Bob 1 alone · received by Bob 1');
  await bob.sees('received', 'between us');
  await ann.field('To').selectOption('');
  await ann.say('to all');
  await cay.sees('received', 'to all');
  assert.deepEqual(await cay.lines(), ['to all']);
  await bob.sees('received', 'to all');
  assert.deepEqual(await bob.lines(), ['between us', 'to all']);
  await ann.field('To').selectOption('Bob 1');
  await bob.context.close();
  await ann.sees('event', 'Bob 1 left');
  await ann.say('are you gone?');
  await ann.sees('problem', 'Not sent (Bob 1 is not here): are you gone?');
  await Promise.all([ann.end(), cay.end()]);
});

test('one sees who is typing, until the line comes', limited, async () => {
  const room = newRoom();
  const ann = await Talk.join('Ann', room);
  const bob = await Talk.join('Bob', room);
  await ann.typesUntil(bob.part('.typing').getByText('Ann is typing…'));
  await ann.say('Well');
  await bob.sees('received', 'Well');
  assert.equal(await bob.part('.typing').textContent(), '');
  await Promise.all([ann.end(), bob.end()]);
});

test('what is said in one room is not heard in another', limited, async () => {
  const [one, other] = [newRoom(), newRoom()];
  const ann = await Talk.join('Ann', one);
  const bob = await Talk.join('Bob', one);
  await bob.field('Another room').fill(other);
  await bob.button('Enter').click();
  await bob.part('.room-name').getByText(other).waitFor();
  await bob.say('Echo?');
  await bob.became('Echo?', 'sent');
  await ann.say('Are you there?');
  await bob.part('.unread').getByText('1', { exact: true }).waitFor();
  assert.deepEqual(await bob.lines(), ['Echo?']);
  assert.deepEqual(await ann.lines(), ['Are you there?']);
  await Promise.all([ann.end(), bob.end()]);
});

test('a room without a proper name is refused, also in the address', limited, async () => {
  const room = newRoom();
  const ann = await Talk.join('Ann', room);
  await ann.field('Another room').fill('<script>');
  await ann.button('Enter').click();
  await ann.part('p.problem').getByText(/^<script>: a room has a name/).waitFor();
  await ann.state('Connected');
  assert.equal(await ann.part('.room-name').textContent(), room);
  await ann.end();
  const bob = await Talk.join('Bob', '%3Cscript%3E');
  await bob.part('p.problem').getByText(/^<script>: a room has a name/).waitFor();
  assert.equal(await bob.part('.room-name').textContent(), 'lobby');
  await bob.end();
});

test('a line that the server refuses is said to be not sent', limited, async () => {
  const ann = await Talk.join('Ann', newRoom());
  await ann.say('   ');
  await ann.sees('problem', /^Not sent \(a line has 1 to 2000 characters\)/);
  assert.equal(await ann.part('.entry.pending').count(), 0);
  await ann.end();
});

for (const transports of ['polling', 'polling,websocket']) {
  test(`after a break over ${transports} the session is recovered, with what was missed`, limited, async () => {
    const room = newRoom();
    const ann = await Talk.join('Ann', room);
    const bob = await Talk.join('Bob', room, { transports });
    await ann.say('before');
    await bob.sees('received', 'before');
    await bob.button('Break for 5 s').click();
    await bob.state('Waiting');
    await ann.sees('event', 'Bob left');
    await ann.say('meanwhile');
    await ann.became('meanwhile', 'sent');
    await bob.button('Reconnect now').click();
    await bob.sees('event', 'Session recovered, 1 missed');
    await bob.part('.entry.received', { hasText: 'meanwhile' })
      .locator('.details', { hasText: 'missed' })
      .waitFor();
    await ann.became('meanwhile', 'received by Bob');
    assert.equal(await bob.part('.recovered').textContent(), 'recovered');
    assert.equal(await bob.part('.missed').textContent(), '1');
    await bob.say('after');
    await ann.sees('received', 'after');
    assert.deepEqual(await ann.lines(), ['before', 'meanwhile', 'after']);
    assert.deepEqual(await bob.lines(), ['before', 'meanwhile', 'after']);
    await Promise.all([ann.end(), bob.end()]);
  });
}

test('who has disconnected has a new session', limited, async () => {
  const ann = await Talk.join('Ann', newRoom());
  // While it changes, the client still has to say that it goes when it is back.
  await ann.transport('websocket');
  await ann.button('Disconnect').click();
  await ann.state('Not connected');
  await ann.button('Connect').click();
  await ann.sees('problem', 'A new session: lines may be missing here');
  assert.equal(await ann.part('.recovered').textContent(), 'new');
  await ann.end();
});

test('a page that was frozen comes back to its session', limited, async () => {
  const ann = await Talk.join('Ann', newRoom(), { clockInHand: true });
  await ann.page.clock.fastForward(3_600_000);
  await ann.page.clock.runFor(3_000);
  await ann.sees('event', 'Session recovered, 0 missed');
  await ann.state('Connected');
  await ann.end();
});

test('lines that are said to a server that stands still arrive once each', withRestarts, async () => {
  const room = newRoom();
  const ann = await Talk.join('Ann', room);
  const bob = await Talk.join('Bob', room);
  await standsStill(ann, bob);
});

test('everyone is back in their room when the server is, with a new session', withRestarts, async () => {
  const room = newRoom();
  const ann = await Talk.join('Ann', room);
  const bob = await Talk.join('Bob', room, { screen: phone });
  await ann.say('before');
  await bob.sees('received', 'before');
  await ask('kill');
  await Promise.all([ann.state('Waiting'), bob.state('Waiting')]);
  await ann.shoot('talk-waiting-desktop-light');
  await ask('start');
  await Promise.all([ann.state('Connected'), bob.state('Connected')]);
  const isNew = 'A new session: lines may be missing here';
  await Promise.all([ann.sees('problem', isNew), bob.sees('problem', isNew)]);
  await bob.say('after');
  await ann.sees('received', 'after');
  assert.deepEqual(await ann.lines(), ['before', 'after']);
  await Promise.all([ann.end(), bob.end()]);
});

// Both sizes and both colour schemes; what is below the conversation is the same as in rooms.mjs.
for (const { name, ...look } of looks.filter(({ name }) => /desktop-light|phone-dark/.test(name))) {
  test(`looks: ${name}`, limited, async () => {
    const ann = await Talk.join('Ann', 'lobby', look);
    const bob = await Talk.join('Bob', 'lobby', { screen: desktop });
    await bob.say('Good morning! Did the build pass?');
    await ann.sees('received', 'Good morning! Did the build pass?');
    await ann.say('On every container. Even <b>that one</b>.');
    await ann.became('On every container', 'received by Bob');
    await ann.field('To').selectOption('Bob');
    await ann.say('Between you and me: I have not looked yet.');
    await ann.became('Between you and me', 'received by Bob');
    await bob.field('Message').pressSequentially('A');
    await ann.part('.typing').getByText('Bob is typing…').waitFor();
    await ann.shoot(`talk-${name}`);
    await ann.shoot(`talk-${name}-full`, { fullPage: true });
    await Promise.all([ann.end(), bob.end()]);
  });
}
