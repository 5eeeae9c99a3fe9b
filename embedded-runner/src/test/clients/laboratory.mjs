// The echo laboratory.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Tab, limited, looks, phone, withRestarts } from './chromium.mjs';
import { ask } from './server.mjs';

class Laboratory extends Tab {
  static async open(endpoint, options) {
    const tab = await super.open(`laboratory/#${endpoint}`, options);
    tab.endpoint = endpoint;
    return tab;
  }

  get scope() {
    return this.page.locator(`#panel-${this.endpoint}`);
  }
}

test('text comes back, markup stays text', limited, async () => {
  const tab = await Laboratory.open('echo');
  await tab.state('Connected');
  await tab.say('hello from a page');
  await tab.sees('sent', 'hello from a page');
  await tab.sees('received', 'hello from a page');
  assert.match(await tab.part('.round-trip').textContent(), /^[\d.]+ ms$/);

  const markup =
    '<img src=x onerror="window.attacked = true"><script>window.attacked = true</script>';
  await tab.say(markup);
  await tab.sees('received', markup);
  assert.equal(await tab.part('.log :is(img, script)').count(), 0);
  assert.equal(await tab.page.evaluate(() => window.attacked), undefined);
  await tab.end();
});

test('1 MiB goes both ways and every byte is compared', limited, async () => {
  const tab = await Laboratory.open('echo');
  await tab.state('Connected');
  await tab.button('Verify 1 MiB').click();
  await tab.sees('received', '1 MiB came back, all 1,048,576 bytes equal');

  await tab.field('Random bytes').fill('0');
  await tab.part('.random button').click();
  await tab.sees('received', '0 bytes came back, all 0 bytes equal');

  await tab.field('Random bytes').fill('3');
  await tab.part('[name=unit]').selectOption('MiB');
  await tab.part('.random button').click();
  await tab.sees('received', '3 MiB came back, all 3,145,728 bytes equal');

  await tab.part('[name=file]').setInputFiles({
    name: 'numbers.bin',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from([0, 1, 2, 253, 254, 255]),
  });
  await tab.sees('received', '6 bytes came back, all 6 bytes equal');
  await tab.end();
});

test('1 MiB of text goes both ways compressed', limited, async () => {
  const tab = await Laboratory.open('echo');
  const result = await tab.page.evaluate(async () => {
    const socket = new WebSocket(new URL('../echo', location.href.replace(/^http/, 'ws')));
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
  const tab = await Laboratory.open('echo');
  await tab.state('Connected');

  await tab.field('Code').fill('1001');
  await tab.button('Close with this code').click();
  await tab.part('p.problem').getByText(/1001/).waitFor();
  await tab.state('Connected');

  await tab.field('Code').fill('4001');
  await tab.field('Reason').fill('that was all');
  await tab.button('Close with this code').click();
  await tab.state('Not connected');
  assert.match(await tab.part('.last-close').textContent(), /4001.*, clean$/);

  await tab.button('Connect').click();
  await tab.state('Connected');
  assert.equal(tab.sockets, 2);
  await tab.end();
});

test('a broadcast reaches the other tab and comes back', limited, async () => {
  const one = await Laboratory.open('broadcast');
  const other = await Laboratory.open('broadcast');
  await Promise.all([one.state('Connected'), other.state('Connected')]);
  // A page may know of its connection before the server's application does; an answer proves that
  // both do.
  await other.say('here I am');
  await other.sees('sent', 'here I am');
  await one.say('to everyone');
  await one.sees('sent', 'to everyone');
  await other.sees('received', 'to everyone');
  await other.field('Random bytes').fill('100');
  await other.part('[name=unit]').selectOption('bytes');
  await other.part('.random button').click();
  await other.sees('received', '100 bytes came back, all 100 bytes equal');
  await one.sees('received', '100 bytes of binary data');
  await one.end();
  await other.end();
});

test('a plot is drawn of a series of round trips', limited, async () => {
  const tab = await Laboratory.open('echo');
  await tab.state('Connected');
  await tab.button('Plot 120 round trips').click();
  await tab.sees('received', 'round trip 120 of 120');
  const points = (await tab.part('.plot .line').getAttribute('d')).split('L').length;
  assert.equal(points, 120);
  assert.match(await tab.part('.plot .top').textContent(), /^[\d.,]+ ms$/);
  await tab.end();
});

test('the browser sees the codes with which the server closes', limited, async () => {
  const tab = await Laboratory.open('echo');
  await tab.state('Connected');
  for (const code of ['1000', '1001', '1009', '1011', '1013', '4000']) {
    await tab.part('.server-close select').selectOption(code);
    await tab.button('Have the server close').click();
    const seen = new RegExp(`The browser saw ${code}.*“as you wished”, clean`);
    await tab.part('.server-closed').getByText(seen).waitFor();
  }
  await tab.state('Connected');
  await tab.end();
});

for (const { name, ...look } of looks) {
  test(`looks: ${name}`, limited, async () => {
    const tab = await Laboratory.open('echo', look);
    await tab.state('Connected');
    await tab.button('Plot 120 round trips').click();
    await tab.sees('received', 'round trip 120 of 120');
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
    await tab.shoot(`echo-${name}`);
    await tab.shoot(`echo-${name}-full`, { fullPage: true });

    await tab.field('Code').fill('4000');
    await tab.field('Reason').fill('goodbye');
    await tab.button('Close with this code').click();
    await tab.state('Not connected');
    await tab.shoot(`closed-${name}`);
    await tab.end();
  });
}

test('the page comes back when the server does', withRestarts, async () => {
  const tab = await Laboratory.open('echo');
  await tab.state('Connected');

  await ask('kill');
  await tab.state('Waiting');
  assert.match(await tab.part('.last-close').textContent(), /1006.*, not clean$/);
  assert.match(await tab.part('.countdown').textContent(), /^\d+\.\d s$/);
  await tab.part('.attempt', { hasText: /^[3-9]$/ }).waitFor();
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

test('who does not want to wait reconnects now', withRestarts, async () => {
  // The page's time stands still, or it would reconnect by itself before the button is pressed.
  const tab = await Laboratory.open('echo', { clockInHand: true });
  await tab.state('Connected');
  await tab.page.clock.pauseAt(Date.now() + 60_000);
  await ask('kill');
  await tab.state('Waiting');
  await ask('start');
  await tab.button('Reconnect now').click();
  await tab.state('Connected');
  await tab.end();
});

test('the page says when the server is told to stop', withRestarts, async () => {
  const tab = await Laboratory.open('echo');
  await tab.state('Connected');
  await ask('stop');
  await tab.state('Waiting');
  assert.match(await tab.part('.last-close').textContent(), /1001 going away.*, clean$/);
  await ask('start');
  await tab.state('Connected');
  await tab.end();
});
