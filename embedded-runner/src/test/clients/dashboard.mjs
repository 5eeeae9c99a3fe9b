// The live dashboard.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Tab, limited, looks, phone, withRestarts } from './chromium.mjs';
import { ask } from './server.mjs';

/** Of the canvas, where the latest half second would be. */
const LATEST = 1 / 60;

class Dashboard extends Tab {
  static async look(options) {
    const tab = await this.open('dashboard/', options);
    await tab.state('Connected');
    await tab.figure('threads', /^\d+$/);
    return tab;
  }

  async figure(name, value) {
    await this.part(`[data-figure='${name}']`).getByText(value).waitFor();
  }

  /** Waits until so many more batches have come. */
  async batches(more) {
    await this.page.evaluate((wanted) => {
      const node = document.querySelector('.batches');
      const now = () => Number(node.textContent.replaceAll(/\D/g, ''));
      const end = now() + wanted;
      return new Promise((resolve) => {
        const observer = new MutationObserver(() => now() >= end && (observer.disconnect(), resolve()));
        observer.observe(node, { childList: true });
      });
    }, more);
  }

  /** Where the line ends, as a part of the canvas's width. */
  lineEnd() {
    return this.page.evaluate(() => {
      const canvas = document.querySelector('canvas');
      const { width, height } = canvas;
      const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
      // The line is the one thing that is not grey.
      const isColoured = (column) => {
        for (let row = 0; row < height; row++) {
          const [red, green, blue, alpha] = data.subarray((row * width + column) * 4);
          if (alpha > 200 && Math.max(red, green, blue) - Math.min(red, green, blue) > 100) {
            return true;
          }
        }
        return false;
      };
      let column = width - 1;
      while (column > 0 && !isColoured(column)) {
        column -= 1;
      }
      return column / width;
    });
  }

  drawn() {
    return this.page.evaluate(() => {
      const canvas = document.querySelector('canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return data.reduce((sum, byte) => (sum + byte) % 1_000_003, 0);
    });
  }
}

test('all once, then only what changed, in batches', limited, async () => {
  const messages = [];
  const ann = await Dashboard.look();
  const watched = ann.page.waitForEvent('websocket');
  await ann.page.reload();
  const socket = await watched;
  socket.on('framereceived', ({ payload }) => messages.push(JSON.parse(payload)));
  await ann.state('Connected');
  await ann.batches(20);
  const [first, ...rest] = messages;
  assert.equal(first.type, 'all');
  assert.ok(rest.every(({ type }) => type === 'changes'));
  const last = { ...first.data };
  for (const { data } of rest) {
    for (const [name, value] of Object.entries(data)) {
      assert.notEqual(value, last[name], `${name} was sent though it had not changed`);
      last[name] = value;
    }
  }
  await ann.end();
});

test('viewers are counted, and the plot moves', limited, async () => {
  const ann = await Dashboard.look();
  await ann.figure('viewers', '1');
  const bob = await Dashboard.look();
  await ann.figure('viewers', '2');
  const before = await ann.drawn();
  await ann.batches(10);
  assert.notEqual(await ann.drawn(), before);
  await bob.end();
  await ann.figure('viewers', '1');
  await ann.end();
});

test('nothing is drawn of the time in which the server stands still', withRestarts, async () => {
  const ann = await Dashboard.look();
  await ann.batches(20);
  assert.ok((await ann.lineEnd()) > 1 - 2 * LATEST);
  await ask('freeze');
  await ann.part('.stale .tiles').waitFor();
  await ann.state('No answer');
  const end = await ann.lineEnd();
  assert.ok(end < 1 - 4 * LATEST, `the line goes on until ${end}`);
  await ask('thaw');
  await ann.batches(5);
  assert.equal(await ann.part('.stale').count(), 0);
  await ann.shoot('dashboard-gap');
  await ann.end();
});

test('a viewer that was away gets the batches from meanwhile', limited, async () => {
  const ann = await Dashboard.look({ screen: phone });
  const bob = await Dashboard.look();
  await ann.batches(20);
  const sockets = [];
  ann.page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => sockets.push(JSON.parse(payload))),
  );
  await ann.button('Disconnect').click();
  await ann.state('Not connected');
  await bob.batches(20);
  await ann.button('Connect').click();
  await ann.part('.outcome.caught-up').getByText(/^Back, with \d+ batches from meanwhile\.$/).waitFor();
  await ann.batches(5);
  await ann.shoot('dashboard-caught-up-phone');
  assert.ok(sockets.every(({ type }) => type === 'changes'), 'nothing begins anew');
  const offsets = sockets.map(({ position }) => Number(position.split('.')[1]));
  assert.ok(offsets.every((offset, index) => index === 0 || offset === offsets[index - 1] + 1));
  await ann.end();
  await bob.end();
});

test('is back when the server is, and says that batches are missing', withRestarts, async () => {
  const ann = await Dashboard.look();
  await ask('kill');
  await ann.state('Waiting');
  await ann.part('.stale .tiles').waitFor();
  await ask('start');
  await ann.state('Connected');
  assert.equal(await ann.part('.stale').count(), 0);
  await ann.batches(5);
  await ann.part('.outcome.lost').getByText(/^Batches are missing: the server was restarted/).waitFor();
  await ann.shoot('dashboard-lost-desktop');
  await ann.end();
});

for (const { name, ...look } of looks) {
  test(`looks: ${name}`, limited, async () => {
    const ann = await Dashboard.look(look);
    await ann.batches(60);
    await ann.shoot(`dashboard-${name}`, { fullPage: true });
    await ann.end();
  });
}
