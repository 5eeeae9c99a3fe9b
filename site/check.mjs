// The built site in Chromium: every page on two screens in two colours, every link, the search.

import assert from 'node:assert/strict';
import { createReadStream, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';

const { CHROMIUM = '/usr/bin/chromium', SITE_BASE = '/' } = process.env;
const site = join(import.meta.dirname, 'target', 'site');
const screenshots = join(import.meta.dirname, 'target', 'screenshots');
const html = readdirSync(site, { recursive: true }).filter(
  (name) => name.endsWith('.html') && name !== '404.html',
);
const screens = { desk: { width: 1280, height: 900 }, phone: { width: 375, height: 812 } };
const types = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

let server;
let origin;
let browser;

before(async () => {
  mkdirSync(screenshots, { recursive: true });
  server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
});

after(async () => {
  await browser?.close();
  server.closeAllConnections();
  server.close();
});

function answer({ url }, response) {
  const path = decodeURI(new URL(url, 'http://site').pathname);
  let file = join(site, path.slice(SITE_BASE.length));
  if (path.endsWith('/')) {
    file = join(file, 'index.html');
  }
  if (!path.startsWith(SITE_BASE) || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
}

/** Opens a page, and notes what must not happen on any. */
async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: screens.desk, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}${SITE_BASE}`) && !request.url().startsWith('data:')) {
      problems.push(`loads ${request.url()}`);
    }
  });
  await page.goto(`${origin}${SITE_BASE}${path}`);
  await page.waitForFunction(() => document.querySelector('#app').__vue_app__);
  const end = async () => {
    await context.close();
    assert.deepEqual(problems, []);
  };
  return { page, end };
}

const ids = new Map();
const links = [];

for (const file of html) {
  test(`${file} loads from nowhere else and fits every screen`, async () => {
    const { page, end } = await open(file);
    assert.equal(await page.locator('h1').count(), 1);
    const found = await page.evaluate(() => ({
      ids: Array.from(document.querySelectorAll('[id]'), ({ id }) => id),
      links: Array.from(document.querySelectorAll('a[href]'), ({ href }) => href),
    }));
    ids.set(`${SITE_BASE}${file}`, found.ids);
    links.push(...found.links.map((href) => ({ file, href })));
    for (const [screen, viewport] of Object.entries(screens)) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        await page.locator(colorScheme === 'dark' ? 'html.dark' : 'html:not(.dark)').waitFor();
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= viewport.width, `${width}px wide on a ${screen}`);
        await page.screenshot({
          path: join(screenshots, `${file.replaceAll('/', '-')}-${screen}-${colorScheme}.png`),
        });
      }
    }
    await end();
  });
}

test('every link within the site leads somewhere', async () => {
  const inside = links.filter(({ href }) => href.startsWith(origin));
  assert.ok(inside.length > html.length);
  const dead = [];
  for (const { file, href } of inside) {
    const { pathname, hash } = new URL(href);
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    if (path.endsWith('.html')) {
      const anchors = ids.get(path);
      if (!anchors || (hash && !anchors.includes(decodeURIComponent(hash.slice(1))))) {
        dead.push(`${file}: ${href}`);
      }
    } else if ((await fetch(href)).status !== 200) {
      dead.push(`${file}: ${href}`);
    }
  }
  assert.deepEqual(dead, []);
});

test('nothing in the files names another host to load from', () => {
  for (const file of html) {
    const loaded = readFileSync(join(site, file), 'utf8').matchAll(
      /<(?:script|link|img|source|iframe)\b[^>]*?\b(?:src|href|srcset)="(https?:)?\/\/[^"]*"/g,
    );
    assert.deepEqual(Array.from(loaded, ([text]) => text), []);
  }
});

test('the search finds an option and leads to it', async () => {
  const { page, end } = await open('index.html');
  await page.locator('#local-search button').click();
  await page.locator('#localsearch-input').fill('maxMessageBytes');
  const result = page.locator('a.result[href*="docs/options"]').first();
  await result.waitFor();
  await result.click();
  await page.waitForURL(/docs\/options/);
  await page.locator('h1', { hasText: 'Options' }).waitFor();
  await end();
});

test('a phone has the navigation behind a button', async () => {
  const { page, end } = await open('docs/options.html', { viewport: screens.phone });
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.locator('.VPSidebar.open').getByText('Behind a proxy').click();
  await page.waitForURL(/docs\/proxies/);
  await end();
});
