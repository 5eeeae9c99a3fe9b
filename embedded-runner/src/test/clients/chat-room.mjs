// What a room is like in either chat.

import assert from 'node:assert/strict';
import { Tab } from './chromium.mjs';
import { ask } from './server.mjs';

export class ChatRoom extends Tab {
  async comeIn(name) {
    await this.field('Nickname').fill(name);
    await this.button('Connect').click();
    await this.sees('event', `You are ${name}`);
  }

  async here(...names) {
    const wanted = names.sort().join();
    await this.page.waitForFunction(
      (expected) =>
        [...document.querySelectorAll('.users li')]
          .map((item) => item.firstChild.textContent)
          .join() === expected,
      wanted,
    );
  }

  lines() {
    return this.part('.entry:is(.sent, .received) .text').allTextContents();
  }
}

/** Lines that are said to a server that stands still arrive once each. */
export async function standsStill(ann, bob) {
  await ask('freeze');
  await ann.say('one');
  await ann.say('two');
  await ann.sees('pending', 'two');
  await ann.part('.badge').getByText(/^(Waiting|Connecting…)$/).waitFor();
  await ask('thaw');
  await ann.sees('sent', 'two');
  await bob.sees('received', 'two');
  await ann.say('three');
  await bob.sees('received', 'three');
  assert.deepEqual(await ann.lines(), ['one', 'two', 'three']);
  assert.deepEqual(await bob.lines(), ['one', 'two', 'three']);
  assert.equal(await ann.part('.entry.pending').count(), 0);
  await Promise.all([ann.end(), bob.end()]);
}
