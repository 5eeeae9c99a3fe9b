// Large letters on a small screen, and what is in sight on a phone.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Tab, limited } from './chromium.mjs';
import { connected, named, visit, visits } from './visits.mjs';

const smallPhone = { viewport: { width: 375, height: 667 } };

/** Whoever reads large letters has set their size in the browser. */
async function doubleLetters(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
}

for (const page of visits) {
  test(`${named(page)}: 320 px are enough for letters of twice the size`, limited, async () => {
    const tab = await visit(page, {
      screen: { viewport: { width: 320, height: 640 } },
      prepare: doubleLetters,
    });
    const size = await tab.page.evaluate(() => getComputedStyle(document.body).fontSize);
    assert.equal(size, '32px');
    await tab.fits();
    await tab.shoot(`reflow-${named(page).replaceAll(/\W/g, '')}`, { fullPage: true });
    await tab.end();
  });
}

for (const page of connected.filter(({ path }) => /laboratory|rooms|talk|inspector|notifications/.test(path))) {
  test(`${named(page)}: the field to write in is in sight on a small phone`, limited, async () => {
    const tab = await visit(page, { screen: smallPhone });
    await tab.page.evaluate(() => window.scrollTo(0, 0));
    const field = tab.part('.composer:visible').first();
    const { y, height } = await field.boundingBox();
    assert.ok(y + height <= smallPhone.viewport.height, `it ends at ${y + height} px`);
    await tab.end();
  });
}

test('no choice of a close code is cut off', limited, async () => {
  const tab = await Tab.open('laboratory/');
  const select = tab.part('#panel-echo .server-close select');
  const [longest, shown] = await select.evaluate((element) => {
    const context = document.createElement('canvas').getContext('2d');
    context.font = getComputedStyle(element).font;
    const widths = [...element.options].map((option) => context.measureText(option.text).width);
    const { paddingLeft, paddingRight } = getComputedStyle(element);
    const arrow = 24;
    return [
      Math.max(...widths),
      element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - arrow,
    ];
  });
  assert.ok(longest <= shown, `${longest} px of text in ${shown} px`);
  await tab.end();
});
