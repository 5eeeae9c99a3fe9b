// The sample's page in a real Chromium, used as a person would.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { ask, askNoMore, pageUrl } from './server.mjs';

const { CHROMIUM = '/usr/bin/chromium', SCREENSHOTS = 'screenshots' } = process.env;
const desktop = { viewport: { width: 1280, height: 800 } };
const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};
const limited = { timeout: 60_000 };

let browser;

before(async () => {
  await mkdir(SCREENSHOTS, { recursive: true });
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});

after(async () => {
  askNoMore();
  await browser?.close();
});

/** One tab at one endpoint, with the little that a person sees and does there. */
class Tab {
  static async open(
    endpoint,
    { screen = desktop, colorScheme = 'light', clockInHand = false } = {},
  ) {
    const context = await browser.newContext({ ...screen, colorScheme, locale: 'en-GB' });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    if (clockInHand) {
      await page.clock.install();
    }
    const tab = new Tab(context, page, endpoint);
    await page.goto(`${pageUrl}#${endpoint}`);
    return tab;
  }

  problems = [];
  foreignRequests = [];
  sockets = 0;

  constructor(context, page, endpoint) {
    this.context = context;
    this.page = page;
    this.panel = page.locator(`#panel-${endpoint}`);
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('console', (message) => {
      // A failed attempt to connect is the browser's own message and belongs to the tests that kill
      // the server; the page's icon may still be on its way then.
      const refused = /WebSocket connection to|net::ERR_CONNECTION_REFUSED/;
      if (message.type() === 'error' && !refused.test(message.text())) {
        this.problems.push(message.text());
      }
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(pageUrl)) {
        this.foreignRequests.push(request.url());
      }
    });
    page.on('websocket', () => (this.sockets += 1));
  }

  button(name) {
    return this.panel.getByRole('button', { name, exact: true });
  }

  field(name) {
    return this.panel.getByLabel(name, { exact: true });
  }

  async say(text) {
    await this.field('Message').fill(text);
    await this.button('Send').and(this.panel.locator('.composer button')).click();
  }

  async state(label) {
    await this.panel.locator('.badge', { hasText: new RegExp(`^${label}$`) }).waitFor();
  }

  async sees(kind, text) {
    const entries = this.panel.locator(`.entry.${kind} .text`);
    await entries
      .getByText(text, { exact: typeof text === 'string' })
      .last()
      .waitFor();
  }

  async shoot(name) {
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }

  /** Nothing may scroll sideways, on no screen. */
  async fits() {
    const [content, window] = await this.page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    assert.ok(content <= window, `${content}px wide content in a ${window}px wide window`);
  }

  async end() {
    await this.fits();
    await this.context.close();
    assert.deepEqual(this.problems, []);
    assert.deepEqual(this.foreignRequests, []);
  }
}

test('text comes back, markup stays text', limited, async () => {
  const tab = await Tab.open('echo');
  await tab.state('Connected');
  await tab.say('hello from a page');
  await tab.sees('sent', 'hello from a page');
  await tab.sees('received', 'hello from a page');
  assert.match(await tab.panel.locator('.round-trip').textContent(), /^[\d.]+ ms$/);

  const markup =
    '<img src=x onerror="window.attacked = true"><script>window.attacked = true</script>';
  await tab.say(markup);
  await tab.sees('received', markup);
  assert.equal(await tab.panel.locator('.log :is(img, script)').count(), 0);
  assert.equal(await tab.page.evaluate(() => window.attacked), undefined);
  await tab.end();
});

test('1 MiB goes both ways and every byte is compared', limited, async () => {
  const tab = await Tab.open('echo');
  await tab.state('Connected');
  await tab.button('Verify 1 MiB').click();
  await tab.sees('received', '1 MiB came back, all 1,048,576 bytes equal');

  await tab.field('Random bytes').fill('0');
  await tab.panel.locator('.random button').click();
  await tab.sees('received', '0 bytes came back, all 0 bytes equal');

  await tab.field('Random bytes').fill('3');
  await tab.panel.locator('[name=unit]').selectOption('MiB');
  await tab.panel.locator('.random button').click();
  await tab.sees('received', '3 MiB came back, all 3,145,728 bytes equal');

  await tab.panel.locator('[name=file]').setInputFiles({
    name: 'numbers.bin',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from([0, 1, 2, 253, 254, 255]),
  });
  await tab.sees('received', '6 bytes came back, all 6 bytes equal');
  await tab.end();
});

test('1 MiB of text goes both ways compressed', limited, async () => {
  const tab = await Tab.open('echo');
  const result = await tab.page.evaluate(async () => {
    const socket = new WebSocket(new URL('echo', location.href.replace(/^http/, 'ws')));
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    const text = 'abcdefgh'.repeat(2 ** 17);
    const answer = new Promise((resolve) => (socket.onmessage = (event) => resolve(event.data)));
    socket.send(text);
    const equal = (await answer) === text;
    const closed = new Promise((resolve) => (socket.onclose = resolve));
    socket.close(1000);
    return { equal, clean: (await closed).wasClean, extensions: socket.extensions };
  });
  assert.equal(result.equal, true);
  assert.equal(result.clean, true);
  assert.match(result.extensions, /^permessage-deflate/);
  await tab.end();
});

test('a close shows its code and reason, and nobody reconnects', limited, async () => {
  const tab = await Tab.open('echo');
  await tab.state('Connected');

  await tab.field('Code').fill('1001');
  await tab.button('Close').click();
  await tab.panel.locator('p.problem').getByText(/1001/).waitFor();
  await tab.state('Connected');

  await tab.field('Code').fill('4001');
  await tab.field('Reason').fill('that was all');
  await tab.button('Close').click();
  await tab.state('Not connected');
  assert.match(await tab.panel.locator('.last-close').textContent(), /^4001.*, clean$/);

  await tab.button('Connect').click();
  await tab.state('Connected');
  assert.equal(tab.sockets, 2);
  await tab.end();
});

test('two tabs talk', limited, async () => {
  const ann = await Tab.open('chat');
  const bob = await Tab.open('chat', { screen: phone, colorScheme: 'dark' });
  await ann.field('Nickname').fill('Ann');
  await ann.button('Connect').click();
  await ann.sees('event', 'You are Ann');
  await bob.field('Nickname').fill('Bob');
  await bob.button('Connect').click();
  await bob.sees('event', 'Here: Ann');
  await ann.sees('event', 'Bob joined');

  await ann.say('Hello Bob!');
  await ann.sees('sent', 'Hello Bob!');
  await bob.sees('received', 'Hello Bob!');
  await bob.say('Hi. <b>Not bold</b>, I hope?');
  await ann.sees('received', 'Hi. <b>Not bold</b>, I hope?');
  await ann.say('Not at all. What you type is what I read.');
  await bob.sees('received', 'Not at all. What you type is what I read.');
  await ann.shoot('chat-desktop-light');
  await bob.shoot('chat-phone-dark');

  await bob.page.close();
  await ann.sees('event', 'Bob left');
  await bob.context.close();
  await ann.end();
});

test('a broadcast reaches the other tab and comes back', limited, async () => {
  const one = await Tab.open('broadcast');
  const other = await Tab.open('broadcast');
  await Promise.all([one.state('Connected'), other.state('Connected')]);
  // A page may know of its connection before the server's application does; an answer proves that
  // both do.
  await other.say('here I am');
  await other.sees('sent', 'here I am');
  await one.say('to everyone');
  await one.sees('sent', 'to everyone');
  await other.sees('received', 'to everyone');
  await other.field('Random bytes').fill('100');
  await other.panel.locator('[name=unit]').selectOption('bytes');
  await other.panel.locator('.random button').click();
  await other.sees('received', '100 bytes came back, all 100 bytes equal');
  await one.sees('received', '100 bytes of binary data');
  await one.end();
  await other.end();
});

for (const [size, screen] of Object.entries({ desktop, phone })) {
  for (const colorScheme of ['light', 'dark']) {
    test(`looks: ${size}, ${colorScheme}`, limited, async () => {
      const tab = await Tab.open('echo', { screen, colorScheme });
      await tab.state('Connected');
      await tab.say('Hello!');
      await tab.sees('received', 'Hello!');
      await tab.say('<img src=x onerror=alert(1)>');
      await tab.sees('received', '<img src=x onerror=alert(1)>');
      await tab.say(
        `A longer one: ${'words and words and words, '.repeat(6)}${'unbroken'.repeat(20)}`,
      );
      await tab.sees('received', /unbroken/);
      await tab.button('Verify 1 MiB').click();
      await tab.sees('received', '1 MiB came back, all 1,048,576 bytes equal');
      await tab.shoot(`echo-${size}-${colorScheme}`);
      await tab.page.screenshot({
        path: join(SCREENSHOTS, `echo-${size}-${colorScheme}-full.png`),
        fullPage: true,
      });

      await tab.field('Code').fill('4000');
      await tab.field('Reason').fill('goodbye');
      await tab.button('Close').click();
      await tab.state('Not connected');
      await tab.shoot(`closed-${size}-${colorScheme}`);
      await tab.end();
    });
  }
}

test('the page comes back when the server does', { timeout: 120_000 }, async () => {
  const tab = await Tab.open('echo');
  await tab.state('Connected');

  await ask('kill');
  await tab.state('Waiting');
  assert.match(await tab.panel.locator('.last-close').textContent(), /^1006.*, not clean$/);
  assert.match(await tab.panel.locator('.countdown').textContent(), /^\d+\.\d s$/);
  await tab.panel.locator('.attempt', { hasText: /^[3-9]$/ }).waitFor();
  await tab.shoot('waiting-desktop-light');
  await tab.page.setViewportSize(phone.viewport);
  await tab.page.emulateMedia({ colorScheme: 'dark' });
  await tab.fits();
  await tab.shoot('waiting-phone-dark');

  await ask('start');
  await tab.state('Connected');
  await tab.say('back again');
  await tab.sees('received', 'back again');
  assert.ok(tab.sockets >= 3);

  await ask('kill');
  await tab.state('Waiting');
  await tab.button('Stop trying').click();
  await tab.state('Not connected');
  await ask('start');
  await tab.button('Connect').click();
  await tab.state('Connected');
  await tab.end();
});

test('who does not want to wait reconnects now', { timeout: 120_000 }, async () => {
  // The page's time stands still, or it would reconnect by itself before the button is pressed.
  const tab = await Tab.open('echo', { clockInHand: true });
  await tab.state('Connected');
  await tab.page.clock.pauseAt(Date.now() + 60_000);
  await ask('kill');
  await tab.state('Waiting');
  await ask('start');
  await tab.button('Reconnect now').click();
  await tab.state('Connected');
  await tab.end();
});

test('the page says when the server is told to stop', { timeout: 120_000 }, async () => {
  const tab = await Tab.open('echo');
  await tab.state('Connected');
  await ask('stop');
  await tab.state('Waiting');
  assert.match(await tab.panel.locator('.last-close').textContent(), /^1001 going away.*, clean$/);
  await ask('start');
  await tab.state('Connected');
  await tab.end();
});
