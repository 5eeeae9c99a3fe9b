import { root, socketUrl } from '../shared/addresses.js';
import { ConnectionView } from '../shared/connection-view.js';
import { element } from '../shared/element.js';
import { EventStreamSocket } from '../shared/event-stream-socket.js';
import { timeOfDay } from '../shared/format.js';
import { HEARTBEAT } from '../shared/heartbeat.js';
import { ReconnectingSocket } from '../shared/reconnecting-socket.js';
import { postUntilAnswered } from './sending.js';
import { ReadMark } from './unread.js';

const part = (selector) => document.querySelector(selector);
/** Milliseconds; over a dead network a request would wait for ever. */
const PATIENCE = 10_000;
const listUrl = new URL('notifications/list', root);
const position = {};
const transports = {
  websocket: {
    url: () => socketUrl('notifications/socket'),
    options: {},
    explanation: 'Both sides may speak at any time. For pages that also send, and for binary data.',
  },
  sse: {
    url: () => new URL('notifications/events', root),
    options: { createSocket: (url) => new EventStreamSocket(url, position) },
    explanation: 'Plain HTTP that only the server speaks on; each event has an id to go on from.',
  },
};
const notifications = new Map();
const mark = new ReadMark();
let socket;

function show() {
  const all = [...notifications.values()].sort((a, b) => b.id - a.id);
  const unread = all.filter(({ id }) => mark.isUnread(id)).length;
  part('.items').replaceChildren(...all.map(item));
  part('.unread').textContent = unread;
  part('.unread').dataset.count = unread;
  // Not disabled, which would take the focus away from whoever has just pressed it.
  part('.read-all').setAttribute('aria-disabled', unread === 0);
  document.title = `${unread > 0 ? `(${unread}) ` : ''}Notifications – Upgrade Handler`;
}

function item({ id, text, at }) {
  const made = element('li', mark.isUnread(id) ? 'item new' : 'item');
  const time = element('time', '', timeOfDay(at));
  time.dateTime = new Date(at).toISOString();
  made.append(element('span', 'dot'), element('span', 'text', text), time);
  return made;
}

function add(...added) {
  added.forEach((notification) => notifications.set(notification.id, notification));
  show();
}

/**
 * What came while there was no connection.
 *
 * @returns {Promise<boolean>} whether it is known now
 */
async function catchUp() {
  try {
    const response = await fetch(listUrl, { signal: AbortSignal.timeout(PATIENCE) });
    add(...(await response.json()));
    return true;
  } catch {
    return false;
  }
}

function use(name) {
  socket?.close();
  const { url, options, explanation } = transports[name];
  const current = new ReconnectingSocket(url, options);
  socket = current;
  part('.state').replaceChildren();
  new ConnectionView(part('.state'), current);
  part('.url').textContent = url().href;
  part('.explanation').textContent = explanation;
  for (const button of document.querySelectorAll('[data-transport]')) {
    button.setAttribute('aria-pressed', button.dataset.transport === name);
  }
  current.addEventListener('message', ({ detail }) => {
    if (current === socket) {
      add(JSON.parse(detail));
    }
  });
  let behind = false;
  current.addEventListener('state', () => {
    if (current.state === ReconnectingSocket.OPEN) {
      behind = true;
      // The browser knows of the connection before the server's room does; the answer comes after.
      current.send(HEARTBEAT);
    }
  });
  current.addEventListener('heartbeat', async () => {
    if (current === socket && behind) {
      behind = false;
      if (!(await catchUp())) {
        behind = true;
      }
    }
  });
  current.connect();
}

part('.transports').addEventListener('click', ({ target }) => {
  if (target.dataset.transport) {
    use(target.dataset.transport);
  }
});
part('.read-all').addEventListener('click', () => {
  if (notifications.size > 0) {
    mark.readUpTo(Math.max(...notifications.keys()));
  }
});
mark.addEventListener('change', show);
const field = part('.composer [name=text]');
const sendButton = part('.composer button');

function showSending(isSending, problem = '') {
  // Not disabled, which would take the focus away.
  field.readOnly = isSending;
  sendButton.setAttribute('aria-disabled', isSending);
  part('p.problem').textContent = problem;
}

part('.composer').addEventListener('submit', async (event) => {
  event.preventDefault();
  field.focus();
  if (field.readOnly) {
    return;
  }
  showSending(true);
  try {
    await postUntilAnswered(listUrl, field.value, () =>
      showSending(true, 'The server does not answer. This is sent until it does, and arrives once.'),
    );
    field.value = '';
    showSending(false);
  } catch (error) {
    showSending(false, `Not sent. ${error.message}`);
  }
});
show();
use('websocket');
