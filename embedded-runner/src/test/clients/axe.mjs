// What axe finds on the pages: nothing, in either colour scheme.

import assert from 'node:assert/strict';
import test from 'node:test';
import axe from 'axe-core';
import { Tab, limited } from './chromium.mjs';
import { ask } from './server.mjs';
import { connected, named, severalPages, visit, visits } from './visits.mjs';

/** A line for each element and what is wrong with it. */
async function findings(tab) {
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    await tab.page.emulateMedia({ colorScheme });
    // By the debugger, which the content security policy does not hold back.
    await tab.page.evaluate(axe.source);
    const { violations } = await tab.page.evaluate(() => window.axe.run());
    for (const { id, help, nodes } of violations) {
      found.push(
        ...nodes.map(
          ({ target, failureSummary }) =>
            `${colorScheme}: ${id}, ${help}: ${target.flat().join(' ')}: ${failureSummary}`,
        ),
      );
    }
  }
  return found;
}

test('what is wrong is found', limited, async () => {
  const tab = await Tab.open('editor/');
  await tab.part('.cm-content').waitFor();
  await tab.page.evaluate(() => {
    const picture = document.createElement('img');
    document.querySelector('.text').shadowRoot.append(picture);
    document.querySelector('h1').style.color = '#bbb';
  });
  const found = (await findings(tab)).join('\n');
  assert.match(found, /light: image-alt/);
  assert.match(found, /light: color-contrast/);
  await tab.context.close();
});

test('the main button can be read under the pointer as well', limited, async () => {
  const tab = await visit(visits.find(({ path }) => path === 'notifications/'));
  await tab.field('Notification').fill('hello');
  await tab.button('Send').hover();
  assert.deepEqual(await findings(tab), []);
  await tab.end();
});

for (const page of visits) {
  test(`${named(page)} has nothing that axe finds`, limited, async () => {
    const tab = await visit(page);
    assert.deepEqual(await findings(tab), []);
    await tab.end();
  });

  test(`${named(page)} on a phone has nothing that axe finds, empty`, limited, async () => {
    const tab = await Tab.open(page.path, { screen: { viewport: { width: 375, height: 667 } } });
    await tab.part('nav a').first().waitFor();
    assert.deepEqual(await findings(tab), []);
    await tab.end();
  });
}

test('nor when the server does not answer, nor when it is gone', severalPages, async () => {
  const tabs = await Promise.all(connected.map((page) => visit(page)));
  await ask('freeze');
  for (const [index, { within }] of connected.entries()) {
    await tabs[index].state('No answer', within);
  }
  // One after the other would be too late for the last.
  const silent = await Promise.all(tabs.map(findings));
  await ask('thaw');
  await ask('kill');
  for (const [index, { within }] of connected.entries()) {
    await tabs[index].state('Waiting', within);
  }
  const gone = [];
  for (const tab of tabs) {
    gone.push(...(await findings(tab)));
  }
  await ask('start');
  assert.deepEqual(silent.flat(), []);
  assert.deepEqual(gone, []);
  await Promise.all(tabs.map((tab) => tab.context.close()));
});
