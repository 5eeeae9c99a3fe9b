/** As far back as a message may refer (RFC 7692 section 7.1.2). */
const LARGEST_WINDOW = 32_768;

/** What section 7.2.1 takes off a message, and an empty last block as an end. */
const REST = Uint8Array.of(0x00, 0x00, 0xff, 0xff, 0x01, 0x00, 0x00, 0xff, 0xff);

/** Inflates the messages of one end of a connection, each of which may refer to those before. */
export class Inflation {
  #history = new Uint8Array();
  #complete = true;
  #last = Promise.resolve();

  /** A message is not seen whole; those after it may refer to it. */
  miss() {
    this.#last = this.#last.then(() => this.#forget());
  }

  /** The message, when those before it are inflated; null if it refers to what was not seen. */
  inflate(bytes) {
    const message = this.#last.then(() => this.#next(bytes));
    this.#last = message;
    return message;
  }

  async #next(bytes) {
    const history = this.#history;
    const inflated = new Blob([stored(history), bytes, REST])
      .stream()
      .pipeThrough(new DecompressionStream('deflate-raw'));
    try {
      const whole = new Uint8Array(await new Response(inflated).arrayBuffer());
      if (this.#complete) {
        this.#history = whole.slice(-LARGEST_WINDOW);
      }
      return whole.subarray(history.length);
    } catch {
      this.#forget();
      return null;
    }
  }

  #forget() {
    this.#history = new Uint8Array();
    this.#complete = false;
  }
}

/** A block that is not compressed (RFC 1951 section 3.2.4). */
function stored(bytes) {
  const length = bytes.length;
  const header = [0x00, length, length >> 8, ~length, ~length >> 8];
  return length === 0 ? new Uint8Array() : Uint8Array.from([...header, ...bytes]);
}
