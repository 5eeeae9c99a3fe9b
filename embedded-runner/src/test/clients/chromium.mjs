// The sample's pages in a real Chromium. A script that imports this opens tabs with it.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { askNoMore, pageUrl } from './server.mjs';

const { CHROMIUM = '/usr/bin/chromium', SCREENSHOTS = 'screenshots' } = process.env;
export const desktop = { viewport: { width: 1280, height: 800 } };
export const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};
/** Every look that a page has. */
export const looks = Object.entries({ desktop, phone }).flatMap(([size, screen]) =>
  ['light', 'dark'].map((colorScheme) => ({ name: `${size}-${colorScheme}`, screen, colorScheme })),
);
export const limited = { timeout: 60_000 };
export const withRestarts = { timeout: 120_000 };

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

/** One tab, used as a person would; what must not happen on any page is noted. */
export class Tab {
  problems = [];
  foreignRequests = [];
  sockets = 0;

  /**
   * @param {string} path relative to the web application, such as 'rooms/#lobby'
   * @param options site: another way to the web application; prepare: done before the page loads
   */
  static async open(
    path,
    {
      screen = desktop,
      colorScheme = 'light',
      clockInHand = false,
      site = pageUrl,
      prepare = () => {},
    } = {},
  ) {
    const context = await browser.newContext({ ...screen, colorScheme, locale: 'en-GB' });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    if (clockInHand) {
      await page.clock.install();
    }
    const tab = new this(context, page, site);
    await prepare(page);
    await page.goto(new URL(path, site).href);
    return tab;
  }

  constructor(context, page, site = pageUrl) {
    this.context = context;
    this.page = page;
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('console', (message) => {
      // A failed attempt to connect is the browser's own message and belongs to the tests that kill
      // the server; the page's icon may still be on its way then. Violations of the content security
      // policy come here too.
      const refused = /WebSocket connection to|net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|INCOMPLETE_CHUNKED_ENCODING|INTERNET_DISCONNECTED)/;
      if (message.type() === 'error' && !refused.test(message.text())) {
        this.problems.push(message.text());
      }
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(site)) {
        this.foreignRequests.push(request.url());
      }
    });
    page.on('websocket', () => (this.sockets += 1));
  }

  /** Where the controls are looked for. */
  get scope() {
    return this.page.locator('body');
  }

  part(selector, options) {
    return this.scope.locator(selector, options);
  }

  button(name) {
    return this.scope.getByRole('button', { name, exact: true });
  }

  field(name) {
    return this.scope.getByLabel(name, { exact: true });
  }

  async say(text) {
    await this.field('Message').fill(text);
    await this.part('.composer button').click();
  }

  async state(label, within = '') {
    await this.part(`${within} .badge`)
      .getByText(label, { exact: true })
      .waitFor();
  }

  async sees(kind, text) {
    await this.part(`.entry.${kind} .text`)
      .getByText(text, { exact: typeof text === 'string' })
      .last()
      .waitFor();
  }

  async shoot(name, options = {}) {
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), ...options });
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
