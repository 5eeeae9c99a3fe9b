// How a page notices that the other end is gone, against sockets and a clock of our own.

import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import test, { afterEach, beforeEach, mock } from 'node:test';
import { FakeSocket } from './fake-socket.mjs';

const { WEBAPP } = process.env;
const load = (name) => import(pathToFileURL(`${WEBAPP}/shared/${name}`).href);
const { HEARTBEAT } = await load('heartbeat.js');
const { ReconnectingSocket } = await load('reconnecting-socket.js');
const { EventSocket } = await load('event-socket.js');

/** The server's pingInterval. */
const PING_INTERVAL = 20_000;

let sockets;
let client;
let messages;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  globalThis.window = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  sockets = [];
  messages = [];
  client = new ReconnectingSocket(() => 'ws://test/', {
    random: () => 1,
    createSocket: () => {
      sockets.push(new FakeSocket());
      return sockets.at(-1);
    },
  });
  client.addEventListener('message', ({ detail }) => messages.push(detail));
  client.connect();
  sockets[0].opens();
});

afterEach(() => {
  client.close();
  delete globalThis.window;
  delete globalThis.document;
});

const last = () => sockets.at(-1);
const questions = (socket = last()) => socket.sent.filter((data) => data === HEARTBEAT).length;

/** Lets time go by; one large tick would be a page that stood still. */
function pass(milliseconds) {
  for (let passed = 0; passed < milliseconds; passed += 100) {
    mock.timers.tick(100);
  }
}

/** Lets time go by in which a server answers every question. */
function answered(milliseconds) {
  for (let passed = 0; passed < milliseconds; passed += 100) {
    mock.timers.tick(100);
    if (last().sent.splice(0).includes(HEARTBEAT)) {
      last().receives(HEARTBEAT);
    }
  }
}

/** Nothing runs, and then what is due, before anything that waits to be read. */
function frozen(milliseconds) {
  mock.timers.tick(milliseconds);
}

test('a network that goes silent is noticed within the ping interval', () => {
  pass(PING_INTERVAL);
  assert.notEqual(client.state, 'open');
  assert.notEqual(sockets[0].closedWith, undefined);
  pass(500);
  sockets[1].opens();
  assert.equal(client.state, 'open');
});

test('the close says that no answer came', () => {
  const closes = [];
  client.addEventListener('close', ({ detail }) => closes.push(detail));
  pass(PING_INTERVAL);
  sockets[0].ends(1006);
  assert.deepEqual(closes, [{ code: 1006, reason: 'no answer', wasClean: false, opened: true }]);
});

test('an answer that is missed is told within six seconds, until something comes', () => {
  const told = [];
  client.addEventListener('silence', () => told.push(client.silentSince));
  const began = Date.now();
  pass(5_900);
  assert.equal(client.silentSince, null);
  pass(100);
  assert.equal(client.silentSince, began + 4_000);
  pass(6_000);
  assert.equal(client.state, 'open');
  sockets[0].receives('news');
  assert.deepEqual(told, [began + 4_000, null]);
});

test('the end of the connection ends the silence', () => {
  pass(13_900);
  assert.notEqual(client.silentSince, null);
  pass(100);
  assert.equal(client.state, 'waiting');
  assert.equal(client.silentSince, null);
});

test('a question that was just asked is not missed yet', () => {
  pass(1_900);
  globalThis.window.dispatchEvent(new Event('offline'));
  pass(1_000);
  assert.equal(client.silentSince, null);
  pass(2_000);
  assert.notEqual(client.silentSince, null);
});

test('a quiet server that answers keeps its connection, and answers are no messages', () => {
  answered(3_600_000);
  assert.equal(client.state, 'open');
  assert.equal(sockets.length, 1);
  assert.deepEqual(messages, []);
});

test('nobody asks while messages come', () => {
  for (let count = 0; count < 100; count++) {
    pass(1_000);
    sockets[0].receives('news');
  }
  assert.equal(questions(), 0);
  assert.equal(client.state, 'open');
});

test('any message is an answer', () => {
  pass(9_000);
  assert.equal(questions(), 1);
  sockets[0].receives('news');
  pass(10_000);
  assert.equal(client.state, 'open');
});

test('silence counts from the last message', () => {
  answered(60_000);
  sockets[0].receives('news');
  pass(13_900);
  assert.equal(client.state, 'open');
  pass(2_200);
  assert.equal(client.state, 'waiting');
});

test('the time is not the same for all', () => {
  const early = new ReconnectingSocket(() => 'ws://test/', {
    random: () => 0,
    createSocket: () => {
      sockets.push(new FakeSocket());
      return sockets.at(-1);
    },
  });
  early.connect();
  sockets[1].opens();
  pass(3_500);
  assert.deepEqual([questions(sockets[0]), questions(sockets[1])], [0, 1]);
  early.close();
});

test('a page that was frozen reads what waits before it gives up', () => {
  pass(13_900);
  assert.equal(questions(), 1);
  frozen(3_600_000);
  assert.equal(client.state, 'open');
  sockets[0].receives(HEARTBEAT);
  answered(60_000);
  assert.equal(client.state, 'open');
});

test('a page that was frozen in quiet asks at once', () => {
  frozen(3_600_000);
  assert.equal(questions(), 1);
  pass(10_000);
  assert.equal(client.state, 'waiting');
});

test('a page that is frozen again and again keeps a connection that answers', () => {
  client.addEventListener('silence', () => assert.fail('there was an answer each time'));
  for (let count = 0; count < 50; count++) {
    frozen(3_600_000);
    answered(2_000);
    assert.equal(client.state, 'open');
  }
  assert.equal(sockets.length, 1);
});

test('to have stood still is no silence', () => {
  frozen(3_600_000);
  frozen(3_600_000);
  assert.equal(questions(), 1);
  assert.equal(client.silentSince, null);
  pass(2_000);
  assert.ok(Date.now() - client.silentSince < 10_000);
});

test('a page whose timers are throttled to one in a minute notices as well', () => {
  for (let minutes = 0; minutes < 7; minutes++) {
    frozen(60_000);
  }
  assert.notEqual(client.state, 'open');
});

test('a page whose timers are throttled keeps a connection that answers', () => {
  for (let minutes = 0; minutes < 60; minutes++) {
    frozen(60_000);
    if (sockets[0].sent.splice(0).includes(HEARTBEAT)) {
      sockets[0].receives(HEARTBEAT);
    }
  }
  assert.equal(client.state, 'open');
});

for (const [target, type] of [
  ['window', 'online'],
  ['window', 'offline'],
  ['window', 'pageshow'],
  ['document', 'resume'],
  ['document', 'visibilitychange'],
]) {
  test(`${type} has the page ask at once`, () => {
    globalThis[target].dispatchEvent(new Event(type));
    assert.equal(questions(), 1);
    assert.equal(client.state, 'open');
    pass(10_000);
    assert.equal(client.state, 'waiting');
  });
}

test('what came before is no answer to a doubt', () => {
  sockets[0].receives('news');
  globalThis.window.dispatchEvent(new Event('offline'));
  pass(10_000);
  assert.equal(client.state, 'waiting');
});

test('doubts do not put off the end', () => {
  for (let seconds = 0; seconds < 10; seconds++) {
    globalThis.window.dispatchEvent(new Event('online'));
    pass(1_000);
  }
  assert.equal(client.state, 'waiting');
});

test('a tab that goes to the background asks nothing', () => {
  globalThis.document.visibilityState = 'hidden';
  globalThis.document.dispatchEvent(new Event('visibilitychange'));
  assert.equal(questions(), 0);
});

test('online ends the waiting', () => {
  sockets[0].ends();
  assert.equal(client.state, 'waiting');
  globalThis.window.dispatchEvent(new Event('online'));
  assert.equal(client.state, 'connecting');
});

test('offline and a look at the tab do not end the waiting', () => {
  sockets[0].ends();
  globalThis.window.dispatchEvent(new Event('offline'));
  globalThis.document.dispatchEvent(new Event('visibilitychange'));
  assert.equal(client.state, 'waiting');
});

test('who was sent away does not come back with the network', () => {
  sockets[0].ends(1008, 'go', true);
  globalThis.window.dispatchEvent(new Event('online'));
  pass(3_600_000);
  assert.equal(client.state, 'idle');
  assert.equal(sockets.length, 1);
});

test('a large message on a slow line has its time', () => {
  client.send(new ArrayBuffer(16 * 2 ** 20));
  pass(200_000);
  assert.equal(client.state, 'open');
  assert.equal(client.silentSince, null);
  pass(100_000);
  assert.notEqual(client.state, 'open');
});

test('nothing is given up while the network takes bytes', () => {
  sockets[0].bufferedAmount = 2 ** 20;
  for (let count = 0; count < 100; count++) {
    pass(1_000);
    sockets[0].bufferedAmount -= 1_000;
  }
  assert.equal(client.state, 'open');
  pass(PING_INTERVAL + 2_000);
  assert.notEqual(client.state, 'open');
});

test('nobody asks after the end, nor on a connection that was replaced', () => {
  client.close();
  pass(60_000);
  assert.equal(questions(sockets[0]), 0);
  client.connect();
  sockets[1].opens();
  pass(9_000);
  assert.equal(questions(sockets[0]), 0);
  assert.equal(questions(sockets[1]), 1);
});

test('requests fail when the network is given up, and heartbeats are no events', async () => {
  let wire;
  const problems = [];
  const events = new EventSocket(() => 'ws://test/', {
    createSocket: () => (wire = new FakeSocket()),
  });
  events.addEventListener('problem', ({ detail }) => problems.push(detail));
  events.socket.connect();
  wire.opens();
  wire.receives(HEARTBEAT);
  const answer = events.request('note', 1, { timeout: 60_000 });
  pass(PING_INTERVAL + 2_000);
  await assert.rejects(answer, new Error('connection lost'));
  assert.deepEqual(problems, []);
  events.socket.close();
});
