// What the pages say and do when the network goes silent, or the server sends them away.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { Tab, limited, looks, withRestarts } from './chromium.mjs';
import { Relay } from './relay.mjs';
import { ask, pageUrl } from './server.mjs';

/** The server's pingInterval and a bit. */
const NOTICED_WITHIN = 22_000;
const pages = [
  { path: 'laboratory/#echo', within: '#panel-echo' },
  { path: 'laboratory/#broadcast', within: '#panel-broadcast' },
  { path: 'rooms/#lobby', name: 'Ann' },
  { path: 'dashboard/' },
  { path: 'editor/' },
  { path: 'inspector/', within: '.feed' },
  { path: 'inspector/', within: '.inspected' },
  { path: 'notifications/' },
  { path: 'notifications/', transport: 'Server-sent events' },
];
/**
 * By the client of Socket.IO, which has its own way to notice. While it changes from polling to
 * WebSocket, a request that was held up may come for the transport of before, and is refused.
 */
const talk = { path: 'talk/#silence', name: 'Ann', changesTo: 'websocket' };

let relay;

before(async () => (relay = await Relay.start(pageUrl)));
after(() => relay.close());

class Page extends Tab {
  static async visit({ path, within = '', name, transport, changesTo }, options) {
    const tab = await this.open(path, { site: relay.url, ...options });
    tab.within = within;
    if (name) {
      await tab.field('Nickname').fill(name);
      await tab.button('Connect').click();
    }
    await tab.says('Connected');
    if (changesTo) {
      await tab.part('.transport').getByText(changesTo, { exact: true }).waitFor();
    }
    if (transport) {
      await tab.button(transport).click();
      await tab.part('.url', { hasText: /events$/ }).waitFor();
      await tab.says('Connected');
    }
    return tab;
  }

  async says(...labels) {
    await this.part(`${this.within} .badge`)
      .getByText(new RegExp(`^(${labels.join('|')})$`))
      .waitFor();
  }
}

test('a server that stands still is shown on every page, and given up', withRestarts, async () => {
  const tabs = await Promise.all(
    [...pages, talk].map((page) => Page.visit(page, { site: pageUrl })),
  );
  await ask('freeze');
  await Promise.all(tabs.map((tab) => tab.says('No answer')));
  for (const tab of tabs) {
    const silence = tab.part(`${tab.within} .silence`).getByText(/^for \d+ s$/);
    await Promise.race([silence.waitFor(), tab.says('Waiting', 'Connecting…')]);
  }
  await Promise.all(tabs.map((tab) => tab.says('Waiting', 'Connecting…')));
  await ask('thaw');
  await Promise.all(tabs.map((tab) => tab.says('Connected')));
  await Promise.all(tabs.map((tab) => tab.end()));
});

test('how long there was no answer is counted, and forgotten when one comes', limited, async () => {
  const tab = await Page.visit(pages[0], { clockInHand: true });
  relay.silence();
  await tab.page.clock.runFor(8_000);
  await tab.says('No answer');
  const silence = tab.part('#panel-echo .silence');
  const seconds = async () => Number(/^for (\d+) s$/.exec(await silence.textContent())[1]);
  const before = await seconds();
  await tab.page.clock.runFor(2_000);
  assert.ok((await seconds()) >= before + 2);
  relay.speak();
  await tab.says('Connected');
  assert.equal(await silence.isVisible(), false);
  assert.equal(tab.sockets, 1);
  await tab.end();
});

const nameOf = (page) => `${page.path} ${page.within ?? page.transport ?? ''}`;

for (const page of [...pages, talk]) {
  test(`${nameOf(page)} notices a silent network, and comes back`, limited, async () => {
    const tab = await Page.visit(page, { clockInHand: true });
    relay.silence();
    await tab.page.clock.runFor(NOTICED_WITHIN);
    await tab.says('Waiting', 'Connecting…');
    relay.restore();
    await tab.says('Connected');
    await tab.end();
  });
}

for (const page of pages) {
  test(`${nameOf(page)} stays connected in quiet and when it was frozen`, limited, async () => {
    const tab = await Page.visit(page, { clockInHand: true });
    await tab.page.evaluate((selector) => {
      window.changes = 0;
      new MutationObserver(() => (window.changes += 1)).observe(document.querySelector(selector), {
        attributes: true,
      });
    }, `${page.within ?? ''} .badge`);
    for (let hours = 0; hours < 2; hours++) {
      const asked = page.transport
        ? tab.page.waitForResponse(/notifications.heartbeat$/)
        : undefined;
      await tab.page.clock.fastForward(3_600_000);
      await asked;
    }
    assert.equal(await tab.page.evaluate(() => window.changes), 0);
    await tab.says('Connected');
    await tab.end();
  });
}

test('a network that goes offline and silent is noticed sooner, and online ends the waiting', limited, async () => {
  const tab = await Page.visit(pages[0], { clockInHand: true });
  relay.silence();
  await tab.context.setOffline(true);
  await tab.page.clock.runFor(11_000);
  await tab.says('Waiting');
  await tab.page.clock.pauseAt(Date.now() + 60_000);
  await tab.says('Waiting');
  relay.restore();
  await tab.context.setOffline(false);
  await tab.says('Connected');
  await tab.end();
});

test('what is sent over a silent network is sent until it is answered, and arrives once', limited, async () => {
  const tab = await Page.visit(pages[7]);
  relay.silence();
  await tab.field('Notification').fill('hello?');
  await tab.button('Send').click();
  await tab.part('p.problem', { hasText: 'The server does not answer.' }).waitFor();
  relay.restore();
  await tab.says('Connected');
  await tab.part('.item', { hasText: 'hello?' }).waitFor();
  await tab.part('p.problem:empty').waitFor({ state: 'attached' });
  assert.equal(await tab.field('Notification').inputValue(), '');
  await tab.end();
});

test('a notification whose answer is lost is told once', limited, async () => {
  let attempts = 0;
  const tab = await Page.visit(pages[7], {
    prepare: (page) =>
      page.route(/notifications.list$/, async (route) => {
        if (route.request().method() === 'POST' && (attempts += 1) === 1) {
          await route.fetch();
          await route.abort('connectionreset');
        } else {
          await route.continue();
        }
      }),
  });
  await tab.field('Notification').fill('only once');
  await tab.button('Send').click();
  await tab.page.waitForFunction(() => document.querySelector('[name=text]').value === '');
  assert.equal(attempts, 2);
  await tab.field('Notification').fill('and the next');
  await tab.button('Send').click();
  await tab.part('.item', { hasText: 'and the next' }).waitFor();
  assert.equal(await tab.part('.item', { hasText: 'only once' }).count(), 1);
  await tab.end();
});

test('a notification that is refused is said to be not sent', limited, async () => {
  const tab = await Page.visit(pages[7]);
  await tab.page.route(/notifications.list$/, (route) => route.fulfill({ status: 400 }));
  await tab.field('Notification').fill('no');
  await tab.button('Send').click();
  await tab.part('p.problem', { hasText: 'Not sent. The server says 400.' }).waitFor();
  assert.equal(await tab.field('Notification').inputValue(), 'no');
  tab.problems = tab.problems.filter((text) => !/Failed to load resource/.test(text));
  await tab.end();
});

test('notifications that could not be loaded are asked for again', limited, async () => {
  await fetch(new URL('notifications/list', pageUrl), { method: 'POST', body: 'from before' });
  let failed;
  const tab = await Page.visit(pages[7], {
    clockInHand: true,
    prepare: (page) => {
      failed = page.waitForEvent('requestfailed');
      return page.route(/notifications.list$/, (route) => route.abort('connectionrefused'), {
        times: 1,
      });
    },
  });
  await failed;
  assert.equal(await tab.part('.item').count(), 0);
  await tab.page.clock.runFor(10_000);
  await tab.part('.item', { hasText: 'from before' }).first().waitFor();
  await tab.end();
});

test('the laboratory does not wait for ever for a server to close', limited, async () => {
  const tab = await Page.visit(pages[0], { clockInHand: true });
  relay.silence();
  await tab.part('#panel-echo .server-close button').click();
  await tab.page.clock.runFor(11_000);
  await tab.part('#panel-echo .server-closed', { hasText: 'The browser saw 1006' }).waitFor();
  relay.restore();
  await tab.end();
});

/** A laboratory whose first connection the server has closed. */
async function closedWith(code, look) {
  const attempts = [];
  const tab = await Page.visit(pages[0], {
    ...look,
    prepare: (page) =>
      page.routeWebSocket(/echo$/, (socket) => {
        attempts.push(socket);
        socket.connectToServer();
      }),
  });
  await attempts[0].close({ code, reason: 'because' });
  await tab.part('#panel-echo .last-close', { hasText: 'because' }).waitFor();
  return { tab, attempts };
}

for (const code of [1000, 1008, 1009]) {
  test(`after ${code} the page stays away and says so, until it is asked to connect`, limited, async () => {
    const { tab, attempts } = await closedWith(code);
    await tab.says('Not connected');
    const told = tab.part('#panel-echo .farewell');
    assert.match(await told.textContent(), new RegExp(`closed for good \\(${code}\\)`));
    assert.equal(attempts.length, 1);
    await tab.button('Connect').first().click();
    await tab.says('Connected');
    assert.equal(await told.textContent(), '');
    await tab.end();
  });
}

for (const code of [1001, 1011, 1012, 1013]) {
  test(`after ${code} the page comes back by itself`, limited, async () => {
    const { tab, attempts } = await closedWith(code);
    await tab.says('Connected');
    assert.equal(await tab.part('#panel-echo .farewell').textContent(), '');
    assert.equal(attempts.length, 2);
    await tab.end();
  });
}

for (const refusal of [
  { status: 204 },
  { status: 200, contentType: 'text/html', body: '<p>Sign in' },
  { status: 403 },
  { status: 429 },
  { status: 500 },
  { status: 502, contentType: 'text/html', body: '<p>Bad gateway' },
  { status: 503, headers: { 'Retry-After': '5' } },
]) {
  test(`an event stream refused by ${refusal.status} is asked for again, from where it was`, limited, async () => {
    const tab = await Page.visit(pages[8]);
    const text = `before ${refusal.status}`;
    await tab.field('Notification').fill(text);
    await tab.button('Send').click();
    await tab.part('.item', { hasText: text }).waitFor();
    let refused = 0;
    await tab.page.route(/notifications.events/, (route) => {
      refused += 1;
      return route.fulfill(refusal);
    });
    relay.reset();
    await tab.part('.attempt', { hasText: /^[3-9]$/ }).waitFor();
    assert.ok(refused >= 2);
    const asked = tab.page.waitForRequest(/notifications.events/);
    await tab.page.unrouteAll();
    assert.match((await asked).url(), /lastEventId=./);
    await tab.says('Connected');
    tab.problems = tab.problems.filter((text) => !/Failed to load resource|MIME type/.test(text));
    await tab.end();
  });
}

for (const { name, ...look } of looks) {
  test(`looks: ${name}`, limited, async () => {
    const { tab } = await closedWith(1008, look);
    await tab.says('Not connected');
    await tab.fits();
    await tab.shoot(`sent-away-${name}`);
    await tab.end();
  });
}
