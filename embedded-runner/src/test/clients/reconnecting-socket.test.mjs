// The page's reconnecting socket against sockets and a clock of our own.

import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import test, { beforeEach, mock } from 'node:test';
import { FakeSocket } from './fake-socket.mjs';

const { WEBAPP } = process.env;
const { ReconnectingSocket } = await import(pathToFileURL(`${WEBAPP}/shared/reconnecting-socket.js`).href);

let sockets;
let random;
let client;
let messages;
let closes;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
  sockets = [];
  messages = [];
  closes = [];
  random = 1;
  client = new ReconnectingSocket(() => 'ws://test/', {
    firstDelay: 500,
    maxDelay: 4_000,
    connectTimeout: 10_000,
    stableAfter: 5_000,
    random: () => random,
    createSocket: () => {
      sockets.push(new FakeSocket());
      return sockets.at(-1);
    },
  });
  client.addEventListener('message', ({ detail }) => messages.push(detail));
  client.addEventListener('close', ({ detail }) => closes.push(detail));
});

test('connects when told to, and not before', () => {
  assert.equal(client.state, 'idle');
  assert.equal(sockets.length, 0);
  client.connect();
  assert.equal(client.state, 'connecting');
  sockets[0].opens();
  assert.equal(client.state, 'open');
  client.connect();
  assert.equal(sockets.length, 1);
});

test('comes back with a fresh socket, and sends on that one', () => {
  client.connect();
  sockets[0].opens();
  sockets[0].ends();
  assert.equal(client.state, 'waiting');
  assert.equal(client.send('lost'), false);
  mock.timers.tick(500);
  sockets[1].opens();
  assert.equal(client.send('hello'), true);
  assert.deepEqual(sockets[0].sent, []);
  assert.deepEqual(sockets[1].sent, ['hello']);
});

test('a socket that was replaced is not heard any more', () => {
  client.connect();
  sockets[0].opens();
  client.close();
  client.connect();
  sockets[1].opens();
  sockets[0].receives('stale');
  sockets[0].ends();
  assert.equal(client.state, 'open');
  assert.deepEqual(messages, []);
  sockets[1].receives('fresh');
  assert.deepEqual(messages, ['fresh']);
});

test('waits twice as long after each failure, up to a limit', () => {
  client.connect();
  for (const delay of [500, 1_000, 2_000, 4_000, 4_000, 4_000]) {
    const attempts = sockets.length;
    sockets.at(-1).ends();
    assert.equal(client.retryAt - Date.now(), delay);
    mock.timers.tick(delay - 1);
    assert.equal(sockets.length, attempts);
    mock.timers.tick(1);
    assert.equal(sockets.length, attempts + 1);
  }
});

test('half of each delay is random', () => {
  random = 0;
  client.connect();
  sockets[0].ends();
  assert.equal(client.retryAt - Date.now(), 250);
  random = 0.5;
  mock.timers.tick(250);
  sockets[1].ends();
  assert.equal(client.retryAt - Date.now(), 750);
});

test('a server that accepts and drops at once does not reset the backoff', () => {
  client.connect();
  sockets[0].ends();
  mock.timers.tick(500);
  sockets[1].opens();
  mock.timers.tick(4_999);
  sockets[1].ends();
  assert.equal(client.attempt, 2);
});

test('a connection that lasts resets the backoff', () => {
  client.connect();
  sockets[0].ends();
  mock.timers.tick(500);
  sockets[1].opens();
  mock.timers.tick(5_000);
  sockets[1].ends();
  assert.equal(client.attempt, 1);
});

test("no reconnecting after the user's own close", () => {
  client.connect();
  sockets[0].opens();
  client.close(4000, 'enough');
  assert.deepEqual(sockets[0].closedWith, [4000, 'enough']);
  assert.equal(client.state, 'closing');
  sockets[0].ends(4000, 'enough', true);
  assert.equal(client.state, 'idle');
  mock.timers.tick(3_600_000);
  assert.equal(sockets.length, 1);
  assert.deepEqual(closes, [{ code: 4000, reason: 'enough', wasClean: true, opened: true }]);
});

test("no reconnecting after the user's own close, also when it got lost", () => {
  client.connect();
  sockets[0].opens();
  client.close();
  sockets[0].ends(1006);
  mock.timers.tick(3_600_000);
  assert.equal(client.state, 'idle');
  assert.equal(sockets.length, 1);
});

test('closing while waiting cancels the attempt', () => {
  client.connect();
  sockets[0].ends();
  client.close();
  assert.equal(client.state, 'idle');
  mock.timers.tick(3_600_000);
  assert.equal(sockets.length, 1);
});

test('closing while connecting gives up', () => {
  client.connect();
  client.close();
  sockets[0].ends();
  mock.timers.tick(3_600_000);
  assert.equal(client.state, 'idle');
  assert.equal(sockets.length, 1);
});

test('connecting by hand while waiting makes one socket, not two', () => {
  client.connect();
  sockets[0].ends();
  client.connect();
  mock.timers.tick(3_600_000 - 1);
  assert.equal(sockets.length, 2);
  assert.equal(client.state, 'connecting');
});

for (const code of [1000, 1002, 1003, 1007, 1008, 1009, 1010]) {
  test(`${code} from the server is final, and can be told`, () => {
    client.connect();
    sockets[0].opens();
    assert.equal(client.farewell, null);
    sockets[0].ends(code, 'why', true);
    mock.timers.tick(3_600_000);
    assert.equal(client.state, 'idle');
    assert.equal(client.farewell.code, code);
    assert.equal(sockets.length, 1);
    client.connect();
    assert.equal(client.farewell, null);
  });
}

for (const code of [1001, 1005, 1006, 1011, 1012, 1013, 1014]) {
  test(`after ${code} it comes back, later each time`, () => {
    client.connect();
    for (const delay of [500, 1_000, 2_000]) {
      sockets.at(-1).opens();
      sockets.at(-1).ends(code, 'why', true);
      assert.equal(client.state, 'waiting');
      assert.equal(client.farewell, null);
      assert.equal(client.retryAt - Date.now(), delay);
      mock.timers.tick(delay);
    }
    assert.equal(client.state, 'connecting');
  });
}

test("the user's own close is no farewell of the server", () => {
  client.connect();
  sockets[0].opens();
  client.close();
  sockets[0].ends(1000, '', true);
  assert.equal(client.farewell, null);
});

test('a host that does not answer is given up on', () => {
  client.connect();
  mock.timers.tick(10_000);
  assert.notEqual(sockets[0].closedWith, undefined);
  sockets[0].ends();
  assert.equal(client.state, 'waiting');
});

test('a close that WebSocket refuses changes nothing', () => {
  client.connect();
  sockets[0].opens();
  sockets[0].close = () => {
    throw new Error('no such code');
  };
  assert.throws(() => client.close(1), /no such code/);
  assert.equal(client.state, 'open');
});
