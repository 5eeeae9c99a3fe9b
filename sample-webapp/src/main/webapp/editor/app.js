import { socketUrl } from '../shared/addresses.js';
import { ConnectionView } from '../shared/connection-view.js';
import { ReconnectingSocket } from '../shared/reconnecting-socket.js';
import * as Y from '../shared/vendor/yjs.js';
import { bind } from './text-binding.js';

// As in SharedText.java: a byte for the kind, four for a position, then the update.
const UPDATE = 0;
const HAVE_ALL = 1;
const SNAPSHOT = 2;
const HEAD = 5;

const part = (selector) => document.querySelector(selector);
const doc = new Y.Doc();
const text = doc.getText('text');
const socket = new ReconnectingSocket(() => socketUrl('editor/socket'));
let unsent = 0;

function message(kind, position, update) {
  const bytes = new Uint8Array(HEAD + update.length);
  bytes[0] = kind;
  new DataView(bytes.buffer).setUint32(1, position);
  bytes.set(update, HEAD);
  return bytes;
}

function show() {
  part('.length').textContent = `${text.length.toLocaleString()} characters`;
  part('.sync').textContent =
    unsent > 0
      ? `${unsent} ${unsent === 1 ? 'change is' : 'changes are'} only here so far.`
      : socket.state === ReconnectingSocket.OPEN
        ? 'Everything is shared.'
        : '';
}

doc.on('update', (update, origin) => {
  if (origin !== socket && !socket.send(message(UPDATE, 0, update))) {
    unsent += 1;
  }
  show();
});
socket.addEventListener('message', ({ detail }) => {
  const kind = new DataView(detail).getUint8(0);
  const position = new DataView(detail).getUint32(1);
  if (kind === UPDATE) {
    Y.applyUpdate(doc, new Uint8Array(detail, HEAD), socket);
  } else if (kind === HAVE_ALL) {
    // The whole text, with what was written while there was no connection.
    socket.send(message(SNAPSHOT, position, Y.encodeStateAsUpdate(doc)));
    unsent = 0;
    show();
  }
});
socket.addEventListener('state', show);
new ConnectionView(part('.state'), socket);
bind(part('.text'), text);
show();
socket.connect();
