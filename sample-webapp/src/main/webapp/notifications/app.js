import { root, socketUrl } from '../shared/addresses.js';
import { ConnectionView } from '../shared/connection-view.js';
import { element } from '../shared/element.js';
import { EventStreamSocket } from '../shared/event-stream-socket.js';
import { timeOfDay } from '../shared/format.js';
import { HEARTBEAT } from '../shared/heartbeat.js';
import { whyLost } from '../shared/lost.js';
import { ReconnectingSocket } from '../shared/reconnecting-socket.js';
import { postUntilAnswered } from './sending.js';
import { ReadMark } from './unread.js';

const part = (selector) => document.querySelector(selector);
/** Milliseconds; over a dead network a request would wait for ever. */
const PATIENCE = 10_000;
const listUrl = new URL('notifications/list', root);
/** Up to where all is here: the same for both transports. */
const position = {};
const transports = {
  websocket: {
    address: socketUrl('notifications/socket'),
    url: () =>
      socketUrl('notifications/socket', position.lastEventId ? { seen: position.lastEventId } : {}),
    options: {},
    explanation: 'Both sides may speak at any time. For pages that also send, and for binary data.',
  },
  sse: {
    address: new URL('notifications/events', root),
    url: () => new URL('notifications/events', root),
    options: { createSocket: (url) => new EventStreamSocket(url, position) },
    explanation: 'Plain HTTP that only the server speaks on; each event has an id to go on from.',
  },
};
const notifications = new Map();
/** Where some are missing: after the one of an id, and why. */
const gaps = new Map();
const mark = new ReadMark();
/** Whether all that the server keeps is here. */
let complete = false;
let socket;

function show() {
  const all = [...notifications.values()].sort((a, b) => b.id - a.id);
  const unread = all.filter(({ id }) => mark.isUnread(id)).length;
  part('.items').replaceChildren(
    ...all.flatMap((notification) => [...gap(notification.id), item(notification)]),
    ...gap(0),
  );
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

/** What stands above a notification if some are missing after it. */
function gap(id) {
  const reason = gaps.get(id);
  return reason ? [element('li', 'lost', `Some may be missing here: ${whyLost(reason)}`)] : [];
}

function add(...added) {
  added.forEach((notification) => notifications.set(notification.id, notification));
  show();
}

/**
 * What the server keeps, for a page that has nothing, or for which something is lost. One that
 * comes back is sent what it missed.
 */
async function load() {
  try {
    const response = await fetch(listUrl, { signal: AbortSignal.timeout(PATIENCE) });
    add(...(await response.json()));
    complete = true;
  } catch {
    complete = false; // with the next heartbeat again
  }
}

function received(message) {
  position.lastEventId = message.position ?? position.lastEventId;
  if (message.reason) {
    gaps.set(Math.max(0, ...notifications.keys()), message.reason);
    show();
    load();
  } else if (message.id) {
    add(message);
  }
}

function use(name) {
  socket?.close();
  const { address, url, options, explanation } = transports[name];
  const current = new ReconnectingSocket(url, options);
  socket = current;
  part('.state').replaceChildren();
  new ConnectionView(part('.state'), current);
  part('.url').textContent = address.href;
  part('.explanation').textContent = explanation;
  for (const button of document.querySelectorAll('[data-transport]')) {
    button.setAttribute('aria-pressed', button.dataset.transport === name);
  }
  current.addEventListener('message', ({ detail }) => {
    if (current === socket) {
      received(JSON.parse(detail));
    }
  });
  current.addEventListener('state', () => {
    if (current.state === ReconnectingSocket.OPEN && !complete) {
      // The browser knows of the connection before the server's room does; the answer comes after.
      current.send(HEARTBEAT);
    }
  });
  current.addEventListener('heartbeat', () => {
    if (current === socket && !complete) {
      complete = true;
      load();
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
