// The chat rooms.

import assert from 'node:assert/strict';
import test from 'node:test';
import { ChatRoom, standsStill } from './chat-room.mjs';
import { Tab, desktop, limited, looks, phone, withRestarts } from './chromium.mjs';
import { ask } from './server.mjs';

class Chat extends ChatRoom {
  static async join(name, room = 'lobby', options = {}) {
    const tab = await this.open(`rooms/#${room}`, options);
    await tab.comeIn(name);
    return tab;
  }

  async room(name) {
    await this.part('.room-list button').filter({ hasText: name }).click();
    await this.part('.room-name').getByText(name, { exact: true }).waitFor();
  }

  roomNames() {
    return this.part('.room-list button').evaluateAll((buttons) =>
      buttons.map((button) => button.firstChild.textContent),
    );
  }

  /** What of `text` stands in the log, by its kinds. */
  kindsOf(text) {
    return this.part('.entry', { hasText: text }).evaluateAll((entries) =>
      entries.map((entry) => entry.className.replace('entry ', '')),
    );
  }
}

/** Rooms stay as they are left; each test has one of its own. */
let lastRoom = 0;
const newRoom = () => `room ${(lastRoom += 1)}`;

test('two tabs chat, a third joins late', limited, async () => {
  const room = newRoom();
  const ann = await Chat.join('Ann', room);
  const bob = await Chat.join('Bob', room, { screen: phone, colorScheme: 'dark' });
  await ann.sees('event', 'Bob joined');
  await Promise.all([ann.here('Ann', 'Bob'), bob.here('Ann', 'Bob')]);

  await ann.say('Hello Bob!');
  await ann.sees('sent', 'Hello Bob!');
  await bob.sees('received', 'Hello Bob!');
  await bob.say('Hi. <b>Not bold</b>, I hope?');
  await ann.sees('received', 'Hi. <b>Not bold</b>, I hope?');
  await ann.say('Not at all. What you type is what I read.');
  await bob.sees('received', 'Not at all. What you type is what I read.');

  const cay = await Chat.join('Cay', room);
  await cay.here('Ann', 'Bob', 'Cay');
  await ann.here('Ann', 'Bob', 'Cay');
  await cay.sees('received', 'Not at all. What you type is what I read.');
  assert.deepEqual(await cay.lines(), await ann.lines());
  await cay.say('What did I miss?');
  await Promise.all([ann, bob].map((tab) => tab.sees('received', 'What did I miss?')));

  await bob.page.close();
  await ann.sees('event', 'Bob left');
  await ann.here('Ann', 'Cay');
  await bob.context.close();
  await ann.end();
  await cay.end();
});

test('one sees who is typing, until the line comes', limited, async () => {
  const room = newRoom();
  const ann = await Chat.join('Ann', room);
  const bob = await Chat.join('Bob', room);
  await ann.field('Message').pressSequentially('Well');
  await bob.part('.typing').getByText('Ann is typing…').waitFor();
  assert.equal(await ann.part('.typing').textContent(), '');
  await ann.part('.composer button').click();
  await bob.sees('received', 'Well');
  assert.equal(await bob.part('.typing').textContent(), '');
  await ann.field('Message').pressSequentially('And');
  await bob.part('.typing').getByText('Ann is typing…').waitFor();
  await bob.page.waitForFunction(() => document.querySelector('.typing').textContent === '');
  await ann.end();
  await bob.end();
});

test('what is said in one room is not heard in another', limited, async () => {
  const [one, other] = [newRoom(), newRoom()];
  const ann = await Chat.join('Ann', one);
  const bob = await Chat.join('Bob', one);
  await bob.field('Another room').fill(other);
  await bob.button('Enter').click();
  await bob.sees('event', 'You are Bob');
  await bob.here('Bob');
  await bob.say('Echo?');
  await bob.sees('sent', 'Echo?');
  await ann.say('Are you there?');
  await ann.sees('sent', 'Are you there?');
  await bob.part('.unread').getByText('1', { exact: true }).waitFor();
  assert.deepEqual(await bob.lines(), ['Echo?']);
  await bob.room(one);
  await bob.sees('received', 'Are you there?');
  assert.deepEqual(await ann.lines(), ['Are you there?']);
  assert.equal(await bob.part('.unread').count(), 0);
  await ann.end();
  await bob.end();
});

test('a room without a proper name is refused, and the connection stays', limited, async () => {
  const room = newRoom();
  const ann = await Chat.join('Ann', room);
  await ann.field('Another room').fill('<script>');
  await ann.button('Enter').click();
  await ann.part('p.problem').getByText(/^<script>: a room has a name/).waitFor();
  await ann.state('Connected');
  assert.equal(await ann.part('.room-name').textContent(), room);
  assert.ok(!(await ann.roomNames()).includes('<script>'));
  await ann.end();
});

test('a room without a name is not entered', limited, async () => {
  const room = newRoom();
  const ann = await Chat.join('Ann', room);
  await ann.field('Another room').fill('  ');
  await ann.button('Enter').click();
  await ann.part('p.problem').getByText('A room needs a name.').waitFor();
  assert.equal(await ann.part('.room-name').textContent(), room);
  assert.ok((await ann.roomNames()).every((name) => name !== ''));
  await ann.end();
});

test('an address that names no room, or none that there can be, leads to the lobby', limited, async () => {
  const ann = await Chat.join('Ann', '%E0%A4%A');
  assert.equal(await ann.part('.room-name').textContent(), 'lobby');
  await ann.end();
  const bob = await Chat.join('Bob', '%3Cscript%3E');
  await bob.part('p.problem').getByText(/^<script>: a room has a name/).waitFor();
  assert.equal(await bob.part('.room-name').textContent(), 'lobby');
  assert.ok(!(await bob.roomNames()).includes('<script>'));
  await bob.end();
});

test('where nothing was said it says so', limited, async () => {
  const ann = await Chat.open('rooms/');
  await ann.part('.log .empty').getByText('Nothing was said here yet.').waitFor();
  await ann.end();
});

/** The line `perhaps` and its answer; the requests before it were to join the lobby and the room. */
const answered = (text) => /perhaps|"reply","id":"3"/.test(text);

/** A chat whose first connection loses what the test says. */
async function lossy(name, room, { toPage = () => false, toServer = () => false }) {
  const links = [];
  const tab = await Chat.join(name, room, {
    prepare: (page) =>
      page.routeWebSocket(/rooms.socket/, (client) => {
        const server = client.connectToServer();
        const isFirst = links.length === 0;
        links.push({ client, server });
        server.onMessage((text) => (isFirst && toPage(text)) || client.send(text));
        client.onMessage((text) => (isFirst && toServer(text)) || server.send(text));
      }),
  });
  const cut = async () => {
    const [{ client, server }] = links;
    await server.close();
    await client.close({ code: 1011, reason: 'cut' });
  };
  return { tab, cut, links };
}

for (const { what, loses } of [
  { what: 'whose answer is lost', loses: { toPage: answered } },
  { what: 'that is lost', loses: { toServer: (text) => /perhaps/.test(text) } },
]) {
  test(`a line ${what} is sent again by the page, and stands in the room once`, limited, async () => {
    const room = newRoom();
    const bob = await Chat.join('Bob', room);
    const { tab: ann, cut, links } = await lossy('Ann', room, loses);
    await ann.say('perhaps');
    await ann.sees('pending', 'perhaps');
    if (loses.toPage) {
      await bob.sees('received', 'perhaps');
    }
    await cut();
    await ann.sees('sent', 'perhaps');
    await ann.say('and then');
    await bob.sees('received', 'and then');
    assert.deepEqual(await ann.kindsOf('perhaps'), ['sent']);
    assert.deepEqual(await bob.kindsOf('perhaps'), ['received']);
    assert.equal(links.length, 2);
    await ann.end();
    await bob.end();
  });
}

test('lines that are said to a server that stands still arrive once each', withRestarts, async () => {
  const room = newRoom();
  const ann = await Chat.join('Ann', room);
  const bob = await Chat.join('Bob', room);
  await standsStill(ann, bob);
});

test('a line that a server has forgotten having is not shown twice', withRestarts, async () => {
  const room = newRoom();
  const bob = await Chat.join('Bob', room);
  const { tab: ann } = await lossy('Ann', room, { toPage: answered });
  await ann.say('perhaps');
  await bob.sees('received', 'perhaps');
  await ask('kill');
  await ask('start');
  await ann.sees('sent', 'perhaps');
  await ann.say('and then');
  await bob.sees('received', 'and then');
  assert.deepEqual(await bob.kindsOf('perhaps'), ['received']);
  await ann.end();
  await bob.end();
});

test('a line that the server refuses is said to be not sent', limited, async () => {
  const ann = await Chat.join('Ann', newRoom());
  await ann.say('   ');
  await ann.sees('problem', /^Not sent \(a line has 1 to 2000 characters\)/);
  assert.equal(await ann.part('.entry.pending').count(), 0);
  await ann.end();
});

test('everyone is back in their room when the server is', withRestarts, async () => {
  const room = newRoom();
  const ann = await Chat.join('Ann', room);
  const bob = await Chat.join('Bob', room, { screen: phone });
  await ann.say('before');
  await bob.sees('received', 'before');

  await ask('kill');
  await Promise.all([ann.state('Waiting'), bob.state('Waiting')]);
  await ann.shoot('chat-waiting-desktop-light');
  await bob.shoot('chat-waiting-phone-light');
  await ask('start');
  await Promise.all([ann.state('Connected'), bob.state('Connected')]);
  await Promise.all([ann.here('Ann', 'Bob'), bob.here('Ann', 'Bob')]);
  await bob.say('after');
  await ann.sees('received', 'after');
  assert.deepEqual(await ann.lines(), ['before', 'after']);
  const lost = /^Lines may be missing here: the server was restarted/;
  await Promise.all([ann.sees('problem', lost), bob.sees('problem', lost)]);
  await ann.shoot('chat-lost-desktop-light');
  await bob.shoot('chat-lost-phone-light');
  await ann.end();
  await bob.end();
});

test('a line that is said before one is back after a restart comes too, after the loss', withRestarts, async () => {
  const room = newRoom();
  const ann = await Chat.join('Ann', room);
  const bob = await Chat.join('Bob', room);
  await ann.say('before');
  await bob.sees('received', 'before');
  await ann.button('Disconnect').click();
  await ask('kill');
  await ask('start');
  await bob.here('Bob');
  await bob.say('meanwhile');
  await bob.sees('sent', 'meanwhile');
  await ann.button('Connect').click();
  await ann.sees('received', 'meanwhile');
  await ann.sees('problem', /^Lines may be missing here/);
  assert.deepEqual(await ann.lines(), ['before', 'meanwhile']);
  await ann.end();
  await bob.end();
});

test('of a connection that was cut nothing is missing, and nothing is there twice', limited, async () => {
  const room = newRoom();
  const bob = await Chat.join('Bob', room);
  const { tab: ann, cut } = await lossy('Ann', room, {
    // What was on its way when it was cut.
    toPage: (text) => /"said".*(two|three)/.test(text),
  });
  await bob.say('one');
  await ann.sees('received', 'one');
  await bob.say('two');
  await bob.say('three');
  await bob.sees('sent', 'three');
  await cut();
  await bob.say('four');
  await ann.sees('received', 'four');
  assert.deepEqual(await ann.lines(), ['one', 'two', 'three', 'four']);
  assert.equal(await ann.part('.entry.problem', { hasText: 'missing' }).count(), 0);
  await ann.end();
  await bob.end();
});

test('lines that one missed come after a reconnect, once each', limited, async () => {
  const room = newRoom();
  const ann = await Chat.join('Ann', room);
  const bob = await Chat.join('Bob', room);
  await ann.say('one');
  await bob.sees('received', 'one');
  await bob.button('Disconnect').click();
  await ann.sees('event', 'Bob left');
  await ann.say('two');
  await ann.sees('sent', 'two');
  await bob.button('Connect').click();
  await bob.sees('received', 'two');
  assert.deepEqual(await bob.lines(), ['one', 'two']);
  await ann.end();
  await bob.end();
});

for (const { name, ...look } of looks) {
  test(`looks: ${name}`, limited, async () => {
    const ann = await Chat.join('Ann', 'lobby', look);
    const bob = await Chat.join('Bob', 'lobby', { screen: desktop });
    const zoe = await Chat.join('Zoë van ’t Veer'.replace('’', "'"), 'garden');
    await bob.say('Good morning! Did the build pass?');
    await ann.sees('received', 'Good morning! Did the build pass?');
    await ann.say('On every container. Even <b>that one</b>.');
    await bob.say('Then I shall believe it when I see it, and I would like to see it in the table.');
    await ann.sees('received', /in the table/);
    await bob.field('Message').pressSequentially('A');
    await ann.part('.typing').getByText('Bob is typing…').waitFor();
    await ann.shoot(`chat-${name}`);
    await ann.shoot(`chat-${name}-full`, { fullPage: true });
    await Promise.all([ann.end(), bob.end(), zoe.end()]);
  });
}
