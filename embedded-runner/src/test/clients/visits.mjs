// Every page, with something on it.

import { Tab, limited } from './chromium.mjs';

/** A line, and a room that there cannot be. */
async function chat(tab) {
  await tab.field('Nickname').fill('Ann');
  await tab.button('Connect').click();
  await tab.sees('event', 'You are Ann');
  await tab.say('hello');
  await tab.sees('sent', 'hello');
  await tab.field('Another room').fill('<b>');
  await tab.button('Enter').click();
  await tab.part('p.problem', { hasText: 'a room has a name' }).waitFor();
}

export const visits = [
  { path: '', fill: (tab) => tab.part('.cards a').first().waitFor() },
  {
    path: 'laboratory/',
    within: '#panel-echo',
    async fill(tab) {
      await tab.state('Connected', this.within);
      await tab.part('#panel-echo [name=text]').fill('hello');
      await tab.part('#panel-echo .composer button').click();
      await tab.sees('received', 'hello');
      await tab.part('#panel-echo .check').click();
      await tab.part('#panel-echo .verdict', { hasText: 'all 1,048,576 bytes equal' }).waitFor();
    },
  },
  {
    path: 'rooms/#a%20room%20for%20visits',
    within: '',
    fill: chat,
  },
  {
    path: 'talk/#a%20room%20for%20visits',
    within: '',
    fill: chat,
  },
  {
    path: 'dashboard/',
    within: '',
    async fill(tab) {
      await tab.part("[data-figure='threads']").getByText(/^\d+$/).waitFor();
    },
  },
  {
    path: 'editor/',
    within: '',
    async fill(tab) {
      await tab.part('.sync', { hasText: 'Everything is shared.' }).waitFor();
      await tab.field('Shared text').focus();
      await tab.page.keyboard.type('hello');
    },
  },
  {
    path: 'notifications/',
    within: '',
    async fill(tab) {
      await tab.field('Notification').fill('hello');
      await tab.button('Send').click();
      await tab.part('.item.new', { hasText: 'hello' }).first().waitFor();
    },
  },
  {
    path: 'inspector/',
    within: '.inspected',
    async fill(tab) {
      await tab.state('Connected', this.within);
      await tab.say('hello');
      await tab.part('.sent-frame', { hasText: 'hello' }).last().locator('button').click();
      await tab.part('.bits').waitFor();
    },
  },
];

/** Those that have a connection. */
export const connected = visits.filter(({ within }) => within !== undefined);

/** Opens a page and has something on it. */
export async function visit(page, options, Kind = Tab) {
  const tab = await Kind.open(page.path, options);
  await page.fill(tab);
  return tab;
}

export const named = ({ path }) => path || 'start';
export const severalPages = { timeout: limited.timeout * 2 };
