import { socketUrl } from '../shared/addresses.js';
import { ConnectionView } from '../shared/connection-view.js';
import { ReconnectingSocket } from '../shared/reconnecting-socket.js';
import { SharedText } from './shared-text.js';
import { MOST_CHARACTERS, showEditor } from './text-editor.js';

const part = (selector) => document.querySelector(selector);
const socket = new ReconnectingSocket(() => socketUrl('editor/socket'));
const shared = new SharedText(socket);
let isRefused = false;

function state() {
  const { unsent } = shared;
  if (unsent > 0) {
    return `${unsent} ${unsent === 1 ? 'change is' : 'changes are'} only here so far.`;
  }
  return shared.isShared ? 'Everything is shared.' : '';
}

function problem() {
  if (isRefused) {
    return `Not changed: the text would be longer than ${MOST_CHARACTERS.toLocaleString()} characters.`;
  }
  return shared.isTooLarge
    ? 'With all that was deleted from it, the text is larger than the server takes. What you write is only here.'
    : '';
}

shared.addEventListener('change', () => {
  part('.length').textContent = `${shared.text.length.toLocaleString()} characters`;
  part('.sync').textContent = state();
  part('.problem').textContent = problem();
});
showEditor(part('.text'), shared.text, (isTooLong) => {
  isRefused = isTooLong;
  part('.problem').textContent = problem();
});
new ConnectionView(part('.state'), socket);
socket.connect();
