import { ReconnectingSocket } from '../shared/reconnecting-socket.js';
import { Doc, applyUpdate, encodeStateAsUpdate } from '../shared/vendor/editor.js';

// As in SharedText.java: a byte for the kind, four for a position, then the update.
const UPDATE = 0;
const HAVE_ALL = 1;
const SNAPSHOT = 2;
const HEAD = 5;

/** The editor's maxMessageBytes in web.xml: a larger message would end the connection. */
const MOST_BYTES = 16_777_216;

/**
 * A text that is the same on every page that has it, over a socket that comes back.
 *
 * Events: `change`, when its properties may have changed.
 */
export class SharedText extends EventTarget {
  #doc = new Doc();
  #socket;
  #unsent = 0;
  #isTooLarge = false;

  /** @param {ReconnectingSocket} socket */
  constructor(socket) {
    super();
    this.#socket = socket;
    this.#doc.on('update', (update, origin) => {
      if (origin !== socket && !this.#send(UPDATE, 0, update)) {
        this.#unsent += 1;
      }
      this.#changed();
    });
    socket.addEventListener('message', ({ detail }) => this.#received(detail));
    socket.addEventListener('state', () => this.#changed());
    socket.addEventListener('silence', () => this.#changed());
  }

  /** The text, of which Yjs knows who has written what. */
  get text() {
    return this.#doc.getText('text');
  }

  /** How many changes are only here. */
  get unsent() {
    return this.#unsent;
  }

  /** Whether all that is here is with the server, as far as that answers. */
  get isShared() {
    const { state, silentSince } = this.#socket;
    return this.#unsent === 0 && state === ReconnectingSocket.OPEN && silentSince === null;
  }

  /** Whether it does not fit in a message any more, with what Yjs keeps of what was deleted. */
  get isTooLarge() {
    return this.#isTooLarge;
  }

  #received(message) {
    const head = new DataView(message);
    const kind = head.getUint8(0);
    if (kind === UPDATE) {
      applyUpdate(this.#doc, new Uint8Array(message, HEAD), this.#socket);
    } else if (kind === HAVE_ALL) {
      // The whole text, with what was written while there was no connection.
      if (this.#send(SNAPSHOT, head.getUint32(1), encodeStateAsUpdate(this.#doc))) {
        this.#unsent = 0;
      }
      this.#changed();
    }
  }

  #send(kind, position, update) {
    const bytes = new Uint8Array(HEAD + update.length);
    bytes[0] = kind;
    new DataView(bytes.buffer).setUint32(1, position);
    bytes.set(update, HEAD);
    if (bytes.length > MOST_BYTES) {
      this.#isTooLarge = true;
    } else if (kind === SNAPSHOT) {
      this.#isTooLarge = false;
    }
    // What comes after a change that is missing would be of no use.
    return !this.#isTooLarge && this.#socket.send(bytes);
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
