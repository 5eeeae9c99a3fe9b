// The page that leads to all others, and what is the same on each of them.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Tab, limited, looks } from './chromium.mjs';
import { pageUrl } from './server.mjs';

test('it leads to every page, and each page to every other', limited, async () => {
  const tab = await Tab.open('');
  const targets = await tab.part('.cards a').evaluateAll((links) => links.map((link) => link.href));
  assert.ok(targets.length >= 3);
  for (const target of targets) {
    const response = await tab.page.goto(target);
    assert.equal(response.status(), 200, target);
    assert.match(
      response.headers()['content-security-policy'],
      /^default-src 'none'; script-src 'self'; style-src 'self';(?!.*unsafe)/,
    );
    assert.equal(response.headers()['x-content-type-options'], 'nosniff');
    const current = tab.part('nav [aria-current=page]');
    await current.waitFor();
    assert.equal(await current.evaluate((link) => link.href), target);
    assert.equal(await tab.part('nav a').count(), targets.length);
    await tab.fits();
  }
  await tab.part('.home').click();
  await tab.page.waitForURL(pageUrl);
  await tab.end();
});

test('a script in the page itself does not run', limited, async () => {
  const tab = await Tab.open('');
  await tab.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.attacked = true';
    document.body.append(script);
  });
  assert.equal(await tab.page.evaluate(() => window.attacked), undefined);
  assert.match(tab.problems.join(), /Content Security Policy/);
  await tab.context.close();
});

for (const { name, ...look } of looks) {
  test(`looks: ${name}`, limited, async () => {
    const tab = await Tab.open('', look);
    await tab.part('.cards a').first().waitFor();
    await tab.shoot(`start-${name}`, { fullPage: true });
    await tab.end();
  });
}
