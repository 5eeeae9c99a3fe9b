// Notifications, over both transports.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Tab, limited, looks, phone, withRestarts } from './chromium.mjs';
import { ask } from './server.mjs';

class Notices extends Tab {
  static async use(transport, options) {
    const tab = await this.open('notifications/', options);
    await tab.state('Connected');
    if (transport !== 'WebSocket') {
      await tab.button(transport).click();
      await tab.page.waitForFunction(() => document.querySelector('.url').textContent.endsWith('/events'));
      await tab.state('Connected');
    }
    return tab;
  }

  async tell(text) {
    await this.field('Notification').fill(text);
    await this.button('Send').click();
  }

  async reads(text) {
    await this.part('.item .text').getByText(text, { exact: true }).first().waitFor();
  }

  async readAll() {
    const button = this.button('Mark all read');
    if (await button.isEnabled()) {
      await button.click();
    }
    await this.unread(0);
  }

  async unread(count) {
    await this.part(`.unread[data-count='${count}']`).waitFor();
  }

  count(text) {
    return this.part('.item .text').getByText(text, { exact: true }).count();
  }
}

const transports = ['WebSocket', 'Server-sent events'];

for (const transport of transports) {
  test(`${transport}: what one sends all get, and count as unread`, limited, async () => {
    const ann = await Notices.use(transport);
    const bob = await Notices.use('WebSocket', { screen: phone });
    await ann.readAll();
    await bob.tell(`lunch by ${transport} <b>now</b>`);
    await ann.reads(`lunch by ${transport} <b>now</b>`);
    await bob.reads(`lunch by ${transport} <b>now</b>`);
    await ann.unread(1);
    assert.match(await ann.page.title(), /^\(1\) /);
    await bob.tell('second');
    await ann.unread(2);
    await ann.readAll();
    assert.match(await ann.page.title(), /^Notifications/);
    await ann.end();
    await bob.end();
  });

  test(`${transport}: is back when the server is, and has what was missed`, withRestarts, async () => {
    const look = transport === 'WebSocket' ? { size: 'desktop' } : { size: 'phone', screen: phone };
    const ann = await Notices.use(transport, look);
    await ask('kill');
    await ann.state('Waiting');
    await ask('start');
    const bob = await Notices.use('WebSocket');
    const [after, between] = [`after, ${transport}`, `in between, ${transport}`];
    await bob.tell(after);
    await ann.state('Connected');
    await ann.reads(after);
    assert.equal(await ann.count(after), 1);
    await ann.part('.items .lost').getByText(/^Some may be missing here: the server was restarted/).waitFor();
    await ann.shoot(`notifications-lost-${look.size}`);
    await ann.button('Disconnect').click();
    await ann.state('Not connected');
    await bob.tell(between);
    await bob.reads(between);
    await ann.button('Connect').click();
    await ann.reads(between);
    assert.equal(await ann.count(between), 1);
    await ann.end();
    await bob.end();
  });
}

test('one goes on with the other transport where the first has ended', limited, async () => {
  const ann = await Notices.use('WebSocket');
  const bob = await Notices.use('WebSocket');
  await bob.tell('by the first');
  await ann.reads('by the first');
  let loads = 0;
  ann.page.on('request', (request) => (loads += /notifications.list$/.test(request.url()) ? 1 : 0));
  for (const [transport, url] of [
    ['Server-sent events', /events$/],
    ['WebSocket', /socket$/],
  ]) {
    const missed = `before ${transport}`;
    await ann.button('Disconnect').click();
    await ann.state('Not connected');
    await bob.tell(missed);
    await bob.reads(missed);
    await ann.button(transport).click();
    await ann.part('.url', { hasText: url }).waitFor();
    await ann.reads(missed);
    assert.equal(await ann.count(missed), 1);
    await bob.tell(`with ${transport}`);
    await ann.reads(`with ${transport}`);
    assert.equal(await ann.count(`with ${transport}`), 1);
  }
  assert.equal(await ann.count('by the first'), 1);
  assert.equal(await ann.part('.items .lost').count(), 0);
  assert.equal(loads, 0, 'what was missed came with the connection');
  await ann.end();
  await bob.end();
});

test('what is read in one tab is read in the other', limited, async () => {
  const ann = await Notices.use('WebSocket');
  const other = new Notices(ann.context, await ann.context.newPage());
  await other.page.goto(ann.page.url());
  await ann.tell('for both tabs');
  await other.reads('for both tabs');
  await ann.reads('for both tabs');
  await other.readAll();
  await ann.unread(0);
  assert.deepEqual(other.problems, []);
  await ann.end();
});

for (const { name, ...look } of looks) {
  test(`looks: ${name}`, limited, async () => {
    const ann = await Notices.use(name.startsWith('phone') ? 'Server-sent events' : 'WebSocket', look);
    // That of the look before is there too.
    const passed = `The build for ${name} passed on every container.`;
    await ann.tell(passed);
    await ann.reads(passed);
    await ann.readAll();
    await ann.tell('Deployment to the test system begins at four.');
    await ann.unread(1);
    await ann.shoot(`notifications-${name}`);
    await ann.end();
  });
}
