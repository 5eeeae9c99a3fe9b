// A server of Node.js with the Redis adapter. It says its port, and then what becomes of each line that it is given,
// which is code for it to run.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { createAdapter } from '@socket.io/redis-adapter';
import { Emitter } from '@socket.io/redis-emitter';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const publisher = createClient({ url: process.env.REDIS, socket: { reconnectStrategy: 50 } });
const subscriber = publisher.duplicate();
publisher.on('error', () => {});
subscriber.on('error', () => {});
await Promise.all([publisher.connect(), subscriber.connect()]);

const io = new Server({ adapter: createAdapter(publisher, subscriber) });
const emitter = new Emitter(publisher);
const server = createServer();
io.attach(server);
io.of('/custom');
while ((await io.of('/custom').adapter.serverCount()) === 0);

/** What came by serverSideEmit, and those that wait for the next. */
const told = [];
const waiting = [];
const tell = (...event) => (waiting.length ? waiting.shift()(event) : told.push(event));
io.on('told', (...values) => tell(...values));
io.on('asked', (value, answer) => answer(`node ${value}`));
const nextTold = () => told.shift() ?? new Promise((resolve) => waiting.push(resolve));

server.listen(0, '127.0.0.1', () => console.log(server.address().port));

const AsyncFunction = (async () => {}).constructor;
for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = { value: await new AsyncFunction('io', 'emitter', 'nextTold', line)(io, emitter, nextTold) };
  } catch (error) {
    answer = { error: error.message };
  }
  console.log(JSON.stringify(answer));
}
process.exit();
