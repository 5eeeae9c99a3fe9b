// The shared editor.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Tab, limited, looks, phone, withRestarts } from './chromium.mjs';
import { ask } from './server.mjs';

class Editor extends Tab {
  static async join(options) {
    const prepare = (page) =>
      page.addInitScript(() => {
        // Only what is in sight of a long text; the tests' are short.
        window.sharedText = () => {
          const { shadowRoot } = document.querySelector('.text');
          return shadowRoot.querySelector('.cm-placeholder')
            ? ''
            : [...shadowRoot.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n');
        };
      });
    const tab = await this.open('editor/', { ...options, prepare });
    await tab.state('Connected');
    await tab.shared();
    return tab;
  }

  /** As many as a test needs, with the same text. */
  static async joinWith(text, ...options) {
    const [first, ...others] = await Promise.all(options.map((each) => this.join(each)));
    await first.replace(text);
    for (const other of others) {
      await other.reads(text);
    }
    return [first, ...others];
  }

  get text() {
    return this.field('Shared text');
  }

  async shared() {
    await this.part('.sync').getByText('Everything is shared.').waitFor();
  }

  press(...keys) {
    return keys.reduce(
      (before, key) => before.then(() => this.page.keyboard.press(key)),
      Promise.resolve(),
    );
  }

  async replace(text) {
    await this.text.focus();
    await this.press('Control+a', 'Delete');
    await this.page.keyboard.insertText(text);
    await this.reads(text);
  }

  async write(text, at = 'End') {
    await this.text.focus();
    await this.press(`Control+${at}`);
    await this.page.keyboard.type(text);
  }

  /** Pastes so many characters. */
  async paste(characters) {
    await this.text.focus();
    await this.text.evaluate((content, length) => {
      const clipboardData = new DataTransfer();
      const line = 'All work and no play.\n';
      clipboardData.setData('text/plain', line.repeat(length / line.length + 1).slice(0, length));
      content.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    }, characters);
  }

  content() {
    return this.page.evaluate(() => window.sharedText());
  }

  async reads(text) {
    await this.page.waitForFunction((expected) => window.sharedText() === expected, text);
  }

  async has(...parts) {
    await this.page.waitForFunction(
      (expected) => expected.every((part) => window.sharedText().includes(part)),
      parts,
    );
  }

  async characters(count) {
    await this.part('.length').getByText(`${count} characters`, { exact: true }).waitFor();
  }
}

async function same(one, other) {
  await other.reads(await one.content());
}

async function disconnect(...tabs) {
  for (const tab of tabs) {
    await tab.button('Disconnect').click();
    await tab.state('Not connected');
  }
}

async function connect(...tabs) {
  for (const tab of tabs) {
    await tab.button('Connect').click();
    await tab.state('Connected');
    await tab.shared();
  }
}

const end = (...tabs) => Promise.all(tabs.map((tab) => tab.end()));

test('two write, both read the same, and a third reads it later', limited, async () => {
  const [ann, bob] = await Editor.joinWith('', {}, { screen: phone });
  await ann.write('Hello ');
  await bob.has('Hello ');
  await bob.write('world 🌍');
  await ann.has('Hello world 🌍');
  await Promise.all([ann.write('A'.repeat(20), 'Home'), bob.write('B'.repeat(20))]);
  await Promise.all([ann, bob].map((tab) => tab.has('A'.repeat(20), 'B'.repeat(20))));
  await same(ann, bob);
  const cay = await Editor.join();
  await same(ann, cay);
  await end(ann, bob, cay);
});

test('what both wrote offline is merged', limited, async () => {
  const [ann, bob] = await Editor.joinWith('middle', {}, {});
  await disconnect(ann, bob);
  await ann.write('ann before ', 'Home');
  await ann.write(' ann after');
  await bob.write(' bob after');
  await ann.part('.sync').getByText(/only here so far/).waitFor();
  assert.equal(await bob.content(), 'middle bob after');
  await connect(ann, bob);
  for (const tab of [ann, bob]) {
    await tab.has('ann before middle', ' ann after', ' bob after');
    await tab.shared();
  }
  await same(ann, bob);
  assert.equal((await ann.content()).length, 'ann before middle ann after bob after'.length);
  await end(ann, bob);
});

test('what two type at one place at the same time stays whole', limited, async () => {
  const [ann, bob] = await Editor.joinWith('the end', {}, {});
  await Promise.all([ann.write('OFFICE-A ', 'Home'), bob.write('OFFER-C ', 'Home')]);
  await Promise.all([ann, bob].map((tab) => tab.has('OFFICE-A ', 'OFFER-C ')));
  await same(ann, bob);
  await disconnect(ann, bob);
  await ann.write('OFFLINE-A ', 'Home');
  await bob.write('ONLINE-C ', 'Home');
  await connect(ann, bob);
  await Promise.all([ann, bob].map((tab) => tab.has('OFFLINE-A ', 'ONLINE-C ')));
  await same(ann, bob);
  await end(ann, bob);
});

test('the caret stays between the letters where it was', limited, async () => {
  const [ann, bob] = await Editor.joinWith('one three', {}, {});
  await ann.text.focus();
  await ann.press('Control+Home', ...Array(4).fill('ArrowRight'));
  await bob.write('zero\n', 'Home');
  await ann.reads('zero\none three');
  await ann.page.keyboard.type('tw');
  await bob.write(' four');
  await ann.has(' four');
  await ann.page.keyboard.type('o ');
  await bob.reads('zero\none two three four');
  await end(ann, bob);
});

test('undo takes back what one has done oneself, also after others wrote', limited, async () => {
  const [before] = await Editor.joinWith('', {});
  await before.end();
  // What is done within half a second is undone together, and here nothing was done before.
  const [ann, bob] = await Promise.all([Editor.join(), Editor.join()]);
  await ann.write('ann ');
  await bob.reads('ann ');
  await bob.write('bob');
  await ann.reads('ann bob');
  await ann.press('Control+z');
  await Promise.all([ann.reads('bob'), bob.reads('bob')]);
  await ann.press('Control+y');
  await Promise.all([ann.reads('ann bob'), bob.reads('ann bob')]);
  await bob.text.focus();
  await bob.press('Control+z');
  await Promise.all([ann.reads('ann '), bob.reads('ann ')]);
  await end(ann, bob);
});

test('1.2 million characters are pasted, shared, and outlive the server', withRestarts, async () => {
  const [ann, bob] = await Editor.joinWith('', {}, {});
  await ann.paste(1_200_000);
  await Promise.all([ann.characters('1,200,000'), bob.characters('1,200,000')]);
  await ann.shared();
  const cay = await Editor.join();
  await cay.characters('1,200,000');
  assert.deepEqual([ann.sockets, bob.sockets, cay.sockets], [1, 1, 1]);
  await ask('kill');
  await Promise.all([ann, bob, cay].map((tab) => tab.state('Waiting')));
  await ask('start');
  await Promise.all([ann, bob, cay].map((tab) => tab.shared()));
  const dee = await Editor.join();
  await dee.characters('1,200,000');
  await ann.replace('short again');
  await Promise.all([bob, cay, dee].map((tab) => tab.reads('short again')));
  await end(ann, bob, cay, dee);
});

test('what would be too long is refused with a word, and the connection stays', limited, async () => {
  const [ann, bob] = await Editor.joinWith('as before', {}, {});
  await ann.paste(2_000_001);
  await ann
    .part('p.problem')
    .getByText('Not changed: the text would be longer than 2,000,000 characters.')
    .waitFor();
  assert.equal(await ann.content(), 'as before');
  await ann.write(', and on');
  assert.equal(await ann.part('p.problem').textContent(), '');
  await bob.reads('as before, and on');
  assert.deepEqual([ann.sockets, bob.sockets], [1, 1]);
  await end(ann, bob);
});

test('the text outlives the server', withRestarts, async () => {
  const [ann, bob] = await Editor.joinWith('before the crash', {}, {});
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
  await end(ann, bob, cay);
});

for (const { name, ...look } of looks) {
  test(`looks: ${name}`, limited, async () => {
    const [ann] = await Editor.joinWith(
      'Minutes\n\n- The same WAR runs on every container.\n- Whoever was on the train has merged.\n- Next time: the Redis node.\n',
      look,
    );
    await ann.shared();
    await ann.shoot(`editor-${name}`);
    await ann.end();
  });
}
