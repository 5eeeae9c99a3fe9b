import { chatText, parseChatLine } from './chat-lines.js';

const asTyped = (text) => text;
const received = (text) => ({ kind: 'received', text });

/**
 * path: relative to the page, since the context path is the container's business.
 * named: whether one gives a name when one connects.
 * repeatsOwn: whether what one says is only shown when it comes back, as everyone else sees it.
 * write: what is sent of a text that was typed.
 * read: what a line of text from the server is to the page.
 */
export const endpoints = [
  {
    path: 'echo',
    title: 'Echo',
    about: 'Sends back what it gets, text or binary, up to 16 MiB.',
    named: false,
    binary: true,
    connectAtOnce: true,
    repeatsOwn: false,
    write: asTyped,
    read: received,
  },
  {
    path: 'broadcast',
    title: 'Broadcast',
    about: 'Every message goes to everyone connected, you included.',
    named: false,
    binary: true,
    connectAtOnce: true,
    repeatsOwn: true,
    write: asTyped,
    read: received,
  },
  {
    path: 'chat',
    title: 'Chat',
    about: 'Lines of text with names. Open this page twice to talk.',
    named: true,
    binary: false,
    connectAtOnce: false,
    repeatsOwn: true,
    write: chatText,
    read: parseChatLine,
  },
];

/** The WebSocket address beside the page, whatever the scheme, the host and the context path. */
export function socketUrl(path, parameters = {}) {
  const url = new URL(path, document.baseURI);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  url.search = new URLSearchParams(parameters).toString();
  return url;
}
