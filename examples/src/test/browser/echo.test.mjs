// The three lines of the README, in a console of our own.

import assert from 'node:assert/strict';
import test, { mock } from 'node:test';

test('what is sent comes back into the console', async () => {
  const log = mock.method(console, 'log', () => {});
  globalThis.WebSocket = class {
    constructor(url) {
      assert.equal(url, 'ws://localhost:8080/app/echo');
      queueMicrotask(() => this.onopen());
    }

    send(data) {
      queueMicrotask(() => this.onmessage({ data }));
    }
  };
  await import('./echo.js');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(log.mock.calls.map((call) => call.arguments), [['hello']]);
});
