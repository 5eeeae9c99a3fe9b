// Each page's main task, by keyboard alone. The focus is always seen, and never lost.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Tab, limited, withRestarts } from './chromium.mjs';
import { ask, pageUrl } from './server.mjs';

const MOST_STOPS = 60;

class Hands extends Tab {
  press(...keys) {
    return keys.reduce(
      (before, key) => before.then(() => this.page.keyboard.press(key)),
      Promise.resolve(),
    );
  }

  type(text) {
    return this.page.keyboard.type(text);
  }

  /** What has the focus: its name, and whether one sees that it has it. */
  focus() {
    return this.page.evaluate(() => {
      let element = document.activeElement;
      while (element.shadowRoot?.activeElement) {
        element = element.shadowRoot.activeElement;
      }
      const name =
        element.getAttribute('aria-label') ??
        element.labels?.[0]?.innerText ??
        (element === document.body ? 'nothing' : element.innerText);
      const parent = (node) => node.parentElement ?? node.getRootNode().host;
      let isOutlined = false;
      for (let node = element; node && node !== document.body; node = parent(node)) {
        const { outlineStyle, outlineWidth } = getComputedStyle(node);
        isOutlined ||= outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
      }
      const { top, bottom, left, right } = element.getBoundingClientRect();
      const isInSight = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
      return { name: name.trim().replaceAll(/\s+/g, ' '), isSeen: isOutlined && isInSight };
    });
  }

  async has(name) {
    const focus = await this.focus();
    assert.match(focus.name, name);
    assert.ok(focus.isSeen, `the focus on ${focus.name} is seen`);
  }

  /** Into a chat, by hand, and its first line. */
  async comesInAndSaysHello() {
    await this.getsFocus(/^Nickname$/);
    await this.type('Ann');
    await this.press('Enter');
    await this.getsFocus(/^Message$/);
    await this.sees('event', 'You are Ann');
    await this.type('hello');
    await this.press('Enter');
  }

  /** Waits until it has the focus, for what takes it by itself. */
  async getsFocus(name) {
    for (;;) {
      if (name.test((await this.focus()).name)) {
        return this.has(name);
      }
      await this.page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }

  /** Goes from stop to stop until one has the name. */
  async tabTo(name) {
    const passed = [];
    for (let stops = 0; stops < MOST_STOPS; stops++) {
      await this.press('Tab');
      const focus = await this.focus();
      // After the last stop comes the browser's own, which says nothing.
      assert.ok(focus.isSeen || focus.name === 'nothing', `the focus on ${focus.name} is seen`);
      if (name.test(focus.name)) {
        return;
      }
      passed.push(focus.name);
    }
    assert.fail(`${name} is none of ${passed.join(', ')}`);
  }
}

test('start: to a page', limited, async () => {
  const tab = await Hands.open('');
  await tab.part('.cards a').first().waitFor();
  await tab.tabTo(/^Shared editor/);
  await tab.press('Enter');
  await tab.page.waitForURL(new URL('editor/', pageUrl).href);
  await tab.end();
});

test('laboratory: a message there and back, on both endpoints', limited, async () => {
  const tab = await Hands.open('laboratory/');
  await tab.state('Connected', '#panel-echo');
  await tab.tabTo(/^Echo$/);
  await tab.tabTo(/^Echo$/);
  await tab.tabTo(/^Message$/);
  await tab.type('by hand');
  await tab.press('Enter');
  await tab.sees('received', 'by hand');
  await tab.has(/^Message$/);
  await tab.tabTo(/^Close with this code$/);
  await tab.press('Enter');
  await tab.state('Not connected', '#panel-echo');
  await tab.has(/^Connect$/);
  await tab.press('Enter');
  await tab.state('Connected', '#panel-echo');
  await tab.has(/^Disconnect$/);
  await tab.tabTo(/^Echo$/);
  await tab.tabTo(/^Echo$/);
  await tab.press('ArrowRight');
  await tab.has(/^Broadcast$/);
  await tab.state('Connected', '#panel-broadcast');
  await tab.tabTo(/^Message$/);
  await tab.type('to all');
  await tab.press('Enter');
  await tab.part('#panel-broadcast .entry.sent .text').getByText('to all').waitFor();
  await tab.end();
});

test('chat: connect, write, go to another room', limited, async () => {
  const tab = await Hands.open('rooms/#by%20hand');
  await tab.comesInAndSaysHello();
  await tab.sees('sent', 'hello');
  await tab.has(/^Message$/);
  await tab.tabTo(/^Another room$/);
  await tab.type('by foot');
  await tab.press('Enter');
  await tab.part('.room-name').getByText('by foot').waitFor();
  await tab.has(/^Another room$/);
  await tab.tabTo(/^by hand/);
  await tab.press('Enter');
  await tab.part('.room-name').getByText('by hand').waitFor();
  await tab.has(/^by hand/);
  await tab.end();
});

test('chat: from the button that connects to the message', limited, async () => {
  const tab = await Hands.open('rooms/#by%20hand');
  await tab.tabTo(/^Connect$/);
  await tab.press('Enter');
  await tab.getsFocus(/^Message$/);
  await tab.end();
});

test('Socket.IO: connect, write, write to one alone, break off', limited, async () => {
  const other = await Tab.open('talk/#by%20hand');
  await other.field('Nickname').fill('Bob');
  await other.button('Connect').click();
  await other.sees('event', 'You are Bob');
  const tab = await Hands.open('talk/#by%20hand');
  await tab.comesInAndSaysHello();
  await other.sees('received', 'hello');
  await tab.has(/^Message$/);
  await tab.press('Shift+Tab');
  await tab.has(/^To$/);
  await tab.type('To Bob');
  await tab.press('Tab');
  await tab.has(/^Message$/);
  await tab.type('for you');
  await tab.press('Enter');
  await other.sees('received.private', 'for you');
  await tab.tabTo(/^Break for 5 s$/);
  await tab.press('Enter');
  await tab.state('Waiting');
  await tab.has(/^Stop trying$/);
  await tab.state('Connected');
  await tab.has(/^Disconnect$/);
  await tab.end();
  await other.end();
});

test('dashboard: stop and go on', limited, async () => {
  const tab = await Hands.open('dashboard/');
  await tab.state('Connected');
  await tab.tabTo(/^Disconnect$/);
  await tab.press('Enter');
  await tab.state('Not connected');
  await tab.has(/^Connect$/);
  await tab.press('Enter');
  await tab.state('Connected');
  await tab.has(/^Disconnect$/);
  await tab.end();
});

test('editor: write, undo, and leave', limited, async () => {
  const tab = await Hands.open('editor/');
  await tab.part('.sync', { hasText: 'Everything is shared.' }).waitFor();
  await tab.tabTo(/^Shared text$/);
  await tab.press('Control+End');
  await tab.type('by hand');
  await tab.part('.cm-line', { hasText: 'by hand' }).waitFor();
  await tab.press('Control+z');
  await tab.part('.cm-line', { hasText: 'by hand' }).waitFor({ state: 'detached' });
  await tab.press('Tab');
  await tab.has(/^Disconnect$/);
  await tab.end();
});

test('notifications: send one, and read all', limited, async () => {
  const tab = await Hands.open('notifications/');
  await tab.state('Connected');
  await tab.tabTo(/^Notification$/);
  await tab.type('by hand');
  await tab.press('Enter');
  await tab.part('.item.new', { hasText: 'by hand' }).first().waitFor();
  await tab.has(/^Notification$/);
  await tab.tabTo(/^Mark all read$/);
  await tab.press('Enter');
  await tab.part(".unread[data-count='0']").waitFor();
  await tab.has(/^Mark all read$/);
  await tab.tabTo(/^Server-sent events$/);
  await tab.press('Enter');
  await tab.part('.url', { hasText: /events$/ }).waitFor();
  await tab.has(/^Server-sent events$/);
  await tab.end();
});

test('inspector: send a message, and look at a frame', limited, async () => {
  const tab = await Hands.open('inspector/');
  await tab.state('Connected', '.inspected');
  await tab.tabTo(/^Message$/);
  await tab.type('by hand');
  await tab.press('Enter');
  await tab.part('.sent-frame', { hasText: 'by hand' }).waitFor();
  await tab.tabTo(/^↑ text .*by hand/);
  await tab.press('Enter');
  await tab.part('.bits').waitFor();
  await tab.tabTo(/^Close with 4000$/);
  await tab.press('Enter');
  await tab.state('Not connected', '.inspected');
  await tab.has(/^Connect$/);
  await tab.end();
});

test('who waits for the server can connect by hand, and keeps the focus', withRestarts, async () => {
  const tab = await Hands.open('dashboard/', { clockInHand: true });
  await tab.state('Connected');
  await tab.page.clock.pauseAt(Date.now() + 60_000);
  await ask('kill');
  await tab.state('Waiting');
  await ask('start');
  await tab.tabTo(/^Reconnect now$/);
  await tab.press('Enter');
  await tab.state('Connected');
  await tab.has(/^Disconnect$/);
  await tab.end();
});
