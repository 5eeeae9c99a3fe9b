// The shared editor.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Tab, limited, looks, phone, withRestarts } from './chromium.mjs';
import { ask } from './server.mjs';

class Editor extends Tab {
  static async join(options) {
    const tab = await this.open('editor/', options);
    await tab.state('Connected');
    await tab.shared();
    return tab;
  }

  get text() {
    return this.field('Shared text');
  }

  async shared() {
    await this.part('.sync').getByText('Everything is shared.').waitFor();
  }

  async write(text, at = 'End') {
    await this.text.focus();
    await this.page.keyboard.press(`Control+${at}`);
    await this.page.keyboard.type(text);
  }

  async has(...parts) {
    await this.page.waitForFunction(
      (expected) => expected.every((part) => document.querySelector('.text').value.includes(part)),
      parts,
    );
  }
}

async function same(one, other) {
  await other.page.waitForFunction(
    (expected) => document.querySelector('.text').value === expected,
    await one.text.inputValue(),
  );
}

test('two write, both read the same, and a third reads it later', limited, async () => {
  const ann = await Editor.join();
  const bob = await Editor.join({ screen: phone });
  await ann.text.fill('');
  await ann.write('Hello ');
  await bob.has('Hello ');
  await bob.write('world 🌍');
  await ann.has('Hello world 🌍');
  await Promise.all([ann.write('A'.repeat(20), 'Home'), bob.write('B'.repeat(20))]);
  await Promise.all([ann, bob].map((tab) => tab.has('A'.repeat(20), 'B'.repeat(20))));
  await same(ann, bob);
  const cay = await Editor.join();
  await same(ann, cay);
  await Promise.all([ann.end(), bob.end(), cay.end()]);
});

test('what both wrote offline is merged', limited, async () => {
  const ann = await Editor.join();
  const bob = await Editor.join();
  await ann.text.fill('middle');
  await bob.has('middle');
  await same(ann, bob);
  for (const tab of [ann, bob]) {
    await tab.button('Disconnect').click();
    await tab.state('Not connected');
  }
  await ann.write('ann before ', 'Home');
  await ann.write(' ann after');
  await bob.write(' bob after');
  await ann.part('.sync').getByText(/only here so far/).waitFor();
  assert.equal(await bob.text.inputValue(), 'middle bob after');
  for (const tab of [ann, bob]) {
    await tab.button('Connect').click();
  }
  for (const tab of [ann, bob]) {
    await tab.has('ann before middle', ' ann after', ' bob after');
    await tab.shared();
  }
  await same(ann, bob);
  assert.equal((await ann.text.inputValue()).length, 'ann before middle ann after bob after'.length);
  await ann.end();
  await bob.end();
});

test('the text outlives the server', withRestarts, async () => {
  const ann = await Editor.join();
  const bob = await Editor.join();
  await ann.text.fill('before the crash');
  await bob.has('before the crash');
  await ask('kill');
  await Promise.all([ann.state('Waiting'), bob.state('Waiting')]);
  await ann.write(', ann');
  await bob.write('bob, ', 'Home');
  await ask('start');
  for (const tab of [ann, bob]) {
    await tab.has('bob, before the crash, ann');
  }
  await same(ann, bob);
  const cay = await Editor.join();
  await same(ann, cay);
  await Promise.all([ann.end(), bob.end(), cay.end()]);
});

for (const { name, ...look } of looks) {
  test(`looks: ${name}`, limited, async () => {
    const ann = await Editor.join(look);
    await ann.text.fill(
      'Minutes\n\n- The same WAR runs on every container.\n- Whoever was on the train has merged.\n- Next time: the Redis node.\n',
    );
    await ann.shared();
    await ann.shoot(`editor-${name}`);
    await ann.end();
  });
}
