import { cloneTemplate, element } from '../shared/element.js';
import { byteSize } from '../shared/format.js';
import { flagsOf, opcodeName, previewOf } from './frame-text.js';
import { Inflation } from './inflation.js';

const KEPT = 500;
const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/** The frames, the latest at the end. */
export class FrameList {
  #list;
  #empty = element('p', 'empty hint', 'No frames yet. Send a message.');
  #chosen;
  #choose;
  #atEnd = true;
  #inflations = new Map();

  /** @param {(frame: any) => void} choose hears which frame was chosen */
  constructor(list, choose) {
    this.#list = list;
    this.#choose = choose;
    list.addEventListener('scroll', () => {
      this.#atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    });
    this.clear();
  }

  add(frame) {
    const item = cloneTemplate('frame');
    const part = (selector) => item.querySelector(selector);
    item.className = frame.received ? 'received' : 'sent-frame';
    part('.direction').textContent = frame.received ? '↑' : '↓';
    part('.direction').title = frame.received ? 'from the client' : 'from the server';
    part('.opcode').textContent = opcodeName(frame.opcode);
    part('.flags').textContent = flagsOf(frame);
    part('.length').textContent = byteSize(frame.length);
    previewOf(frame, this.#inflationOf(frame)).then((preview) => (part('.preview').textContent = preview));
    part('time').textContent = clock.format(frame.at);
    const button = part('button');
    button.addEventListener('click', () => {
      this.#chosen?.setAttribute('aria-pressed', 'false');
      this.#chosen = button;
      button.setAttribute('aria-pressed', 'true');
      this.#choose(frame);
    });
    this.#append(item);
  }

  opened(connection) {
    this.#inflations.set(connection, { received: new Inflation(), sent: new Inflation() });
    this.#append(element('p', 'lifetime', `Connection ${connection} opened`));
  }

  closed(connection) {
    this.#inflations.delete(connection);
    this.#append(element('p', 'lifetime', `Connection ${connection} ended`));
  }

  clear() {
    this.#list.replaceChildren(this.#empty);
    this.#atEnd = true;
  }

  /** Of the frame's sender; of a connection that was not seen from its beginning, a new one. */
  #inflationOf({ connection, received }) {
    const both = this.#inflations.get(connection);
    return (received ? both?.received : both?.sent) ?? new Inflation();
  }

  #append(item) {
    this.#empty.remove();
    this.#list.append(item);
    while (this.#list.childElementCount > KEPT) {
      this.#list.firstElementChild.remove();
    }
    if (this.#atEnd) {
      this.#list.scrollTop = this.#list.scrollHeight;
    }
  }
}
