// The snippet of docs/browser.md against sockets and a clock of our own.

import assert from 'node:assert/strict';
import test, { beforeEach, mock } from 'node:test';
import { connect } from './reconnecting.js';

class FakeSocket {
  static OPEN = 1;
  static CLOSED = 3;
  static all = [];
  readyState = 0;
  sent = [];

  constructor(url) {
    this.url = url;
    FakeSocket.all.push(this);
  }

  send(data) {
    this.sent.push(data);
  }

  close() {
    this.ends(1005);
  }

  opens() {
    this.readyState = FakeSocket.OPEN;
    this.onopen();
  }

  ends(code) {
    if (this.readyState !== FakeSocket.CLOSED) {
      this.readyState = FakeSocket.CLOSED;
      this.onclose({ code });
    }
  }
}

globalThis.WebSocket = FakeSocket;

let messages;
let states;

function client() {
  return connect('wss://test/', {
    onMessage: (data) => messages.push(data),
    onState: (state) => states.push(state),
  });
}

function last() {
  return FakeSocket.all.at(-1);
}

beforeEach(() => {
  mock.restoreAll();
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  mock.method(Math, 'random', () => 1);
  FakeSocket.all = [];
  messages = [];
  states = [];
});

test('sends on an open connection, and says where there is none', () => {
  const socket = client();
  assert.equal(socket.send('too early'), false);
  last().opens();
  assert.equal(socket.send('hello'), true);
  assert.deepEqual(last().sent, ['hello']);
  last().onmessage({ data: 'answer' });
  assert.deepEqual(messages, ['answer']);
  last().ends(1006);
  assert.equal(socket.send('too late'), false);
});

test('comes back later each time, within half a minute', () => {
  client();
  for (const delay of [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    const count = FakeSocket.all.length;
    last().ends(1006);
    mock.timers.tick(delay - 1);
    assert.equal(FakeSocket.all.length, count);
    mock.timers.tick(1);
    assert.equal(FakeSocket.all.length, count + 1);
  }
});

test('begins anew after a connection that lasted, and only then', () => {
  client();
  last().ends(1006);
  mock.timers.tick(500);
  last().opens();
  mock.timers.tick(4_999);
  last().ends(1001);
  mock.timers.tick(999);
  assert.equal(FakeSocket.all.length, 2);
  mock.timers.tick(1);
  last().opens();
  mock.timers.tick(5_000);
  last().ends(1013);
  mock.timers.tick(500);
  assert.equal(FakeSocket.all.length, 4);
});

for (const code of [1000, 1002, 1003, 1007, 1008, 1009, 1010]) {
  test(`stays away after ${code}`, () => {
    client();
    last().opens();
    last().ends(code);
    mock.timers.tick(3_600_000);
    assert.equal(FakeSocket.all.length, 1);
    assert.deepEqual(states, ['open', 'closed']);
  });
}

test('stays away once it is closed, also while it waits', () => {
  const socket = client();
  last().opens();
  last().ends(1006);
  socket.close();
  assert.deepEqual(states, ['open', 'waiting', 'closed']);
  mock.timers.tick(3_600_000);
  assert.equal(FakeSocket.all.length, 1);
  const other = client();
  last().opens();
  other.close();
  mock.timers.tick(3_600_000);
  assert.equal(FakeSocket.all.length, 2);
});
