import { byteSize, milliseconds } from '../shared/format.js';
import { Payloads, randomBytes } from './payloads.js';

const ONE_MEBIBYTE = 2 ** 20;
/**
 * Above what any endpoint takes, so that its refusal can be seen, and below what would hurt the
 * tab.
 */
const LARGEST_PAYLOAD = 64 * ONE_MEBIBYTE;

/** Sends random bytes and files, and says whether they came back as they were. */
export class BinaryView {
  #part;
  #socket;
  #log;
  #facts;
  #othersToo;
  #payloads = new Payloads();

  /** @param othersToo whether other clients' messages come here as well */
  constructor(root, socket, { log, facts, othersToo }) {
    this.#part = (selector) => root.querySelector(selector);
    this.#socket = socket;
    this.#log = log;
    this.#facts = facts;
    this.#othersToo = othersToo;

    socket.addEventListener('message', ({ detail }) => {
      if (detail instanceof ArrayBuffer) {
        this.#received(new Uint8Array(detail));
      }
    });
    socket.addEventListener('close', () => {
      if (this.#payloads.clear()) {
        this.#verdict('problem', 'The connection ended before everything came back.');
      }
    });
    this.#listenToUser();
  }

  #listenToUser() {
    this.#part('.check').addEventListener('click', () => this.#sendRandom(ONE_MEBIBYTE));
    this.#part('.random').addEventListener('submit', (event) => {
      event.preventDefault();
      const { size, unit } = Object.fromEntries(new FormData(event.target));
      this.#sendRandom(Math.round(Number(size) * Number(unit)));
    });
    this.#part('[name=file]').addEventListener('change', async ({ target }) => {
      const [file] = target.files;
      if (file && this.#allows(file.size)) {
        this.#send(new Uint8Array(await file.arrayBuffer()));
      }
      // Choosing the same file again is a change again only from nothing.
      target.value = '';
    });
  }

  #sendRandom(size) {
    if (this.#allows(size)) {
      this.#send(randomBytes(size));
    }
  }

  #allows(size) {
    if (size > LARGEST_PAYLOAD) {
      const limit = byteSize(LARGEST_PAYLOAD);
      this.#verdict('problem', `${byteSize(size)} is more than this page sends (${limit}).`);
      return false;
    }
    return true;
  }

  #send(bytes) {
    if (!this.#socket.send(bytes)) {
      this.#verdict('problem', 'Not sent: not connected.');
      return;
    }
    this.#payloads.sent(bytes);
    this.#facts.count('sent');
    this.#log.add('sent', `${byteSize(bytes.length)} of binary data`);
    this.#verdict('', `Waiting for ${byteSize(bytes.length)} to come back…`);
  }

  #received(bytes) {
    const size = byteSize(bytes.length);
    const returned = this.#payloads.received(bytes, { othersToo: this.#othersToo });
    if (!returned) {
      this.#log.add('received', `${size} of binary data`, { details: [hexStart(bytes)] });
      return;
    }
    const { elapsed, difference } = returned;
    const same = difference === -1;
    const verdict = same
      ? `${size} came back, all ${bytes.length.toLocaleString()} bytes equal`
      : `${size} came back, but byte ${difference.toLocaleString()} differs`;
    this.#facts.roundTrip = elapsed;
    this.#log.add(same ? 'received good' : 'received problem', verdict, {
      details: [milliseconds(elapsed)],
    });
    this.#verdict(same ? 'good' : 'problem', `${verdict}, after ${milliseconds(elapsed)}.`);
  }

  #verdict(kind, text) {
    const verdict = this.#part('.verdict');
    verdict.dataset.kind = kind;
    verdict.textContent = text;
  }
}

function hexStart(bytes) {
  const start = [...bytes.subarray(0, 12)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(' ');
  return bytes.length > 12 ? `${start} …` : start;
}
