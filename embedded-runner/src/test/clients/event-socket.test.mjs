// The pages' JSON events against sockets and a clock of our own.

import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import test, { beforeEach, mock } from 'node:test';
import { FakeSocket } from './fake-socket.mjs';

const { WEBAPP } = process.env;
const { EventSocket } = await import(pathToFileURL(`${WEBAPP}/shared/event-socket.js`).href);

let wire;
let events;
let problems;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  problems = [];
  events = new EventSocket(() => 'ws://test/', {
    createSocket: () => (wire = new FakeSocket()),
  });
  events.addEventListener('problem', ({ detail }) => problems.push(detail.message));
  events.socket.connect();
  wire.opens();
});

const sent = () => wire.sent.splice(0).map((text) => JSON.parse(text));
const receive = (message) => wire.receives(JSON.stringify(message));
/** Until what a promise leads to has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('an event has a name and data, and no id', () => {
  assert.equal(events.emit('moved', { x: 1 }), true);
  assert.deepEqual(sent(), [{ type: 'moved', data: { x: 1 } }]);
});

test('a reply settles the request with its id', async () => {
  const first = events.request('add', [1, 2]);
  const second = events.request('add', [3, 4]);
  const [one, other] = sent();
  assert.notEqual(one.id, other.id);
  receive({ type: 'reply', id: other.id, data: 7 });
  receive({ type: 'reply', id: one.id });
  assert.equal(await second, 7);
  assert.equal(await first, undefined);
});

test('an error rejects the request with its id', async () => {
  const answer = events.request('add');
  receive({ type: 'error', id: sent()[0].id, data: { message: 'not now' } });
  await assert.rejects(answer, new Error('not now'));
  assert.deepEqual(problems, []);
});

test('an acknowledgement that does not come is a timeout, and nothing if it is late', async () => {
  const answer = events.request('note', 1, { timeout: 500 });
  const [{ id }] = sent();
  mock.timers.tick(500);
  await assert.rejects(answer, new Error('timeout'));
  receive({ type: 'reply', id });
  assert.deepEqual(sent(), []);
});

test('the end of the connection rejects what waits', async () => {
  const answer = events.request('note');
  wire.ends();
  await assert.rejects(answer, new Error('connection lost'));
  await assert.rejects(events.request('note'), new Error('not connected'));
});

test('what the other end asks is answered under its id', async () => {
  events.on('sum', ([a, b]) => a + b).on('later', async () => 'done');
  receive({ type: 'sum', id: 'q1', data: [2, 3] });
  receive({ type: 'later', id: 8 });
  await settled();
  assert.deepEqual(sent(), [
    { type: 'reply', id: 'q1', data: 5 },
    { type: 'reply', id: 8, data: 'done' },
  ]);
});

test('an event is not answered', async () => {
  const heard = [];
  events.on('moved', (data) => heard.push(data));
  receive({ type: 'moved', data: 1 });
  await settled();
  assert.deepEqual(heard, [1]);
  assert.deepEqual(sent(), []);
});

test('a request of an unknown type is answered by an error', async () => {
  receive({ type: 'sing', id: 1 });
  await settled();
  assert.deepEqual(sent(), [{ type: 'error', id: 1, data: { message: 'unknown type' } }]);
});

test('what is wrong with a message is a problem, and the connection stays', async () => {
  wire.receives('{');
  receive(null);
  receive({ type: 'error', data: { message: 'invalid JSON' } });
  await settled();
  assert.deepEqual(problems, ['invalid JSON', 'missing type', 'invalid JSON']);
  assert.deepEqual(sent(), []);
  assert.equal(wire.closedWith, undefined);
});

test('on every new connection it is told', () => {
  let opened = 0;
  events.onOpen(() => (opened += 1));
  wire.ends();
  mock.timers.tick(60_000);
  wire.opens();
  assert.equal(opened, 1);
});
