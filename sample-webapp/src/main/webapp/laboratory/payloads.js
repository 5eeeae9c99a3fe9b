/** The most that crypto.getRandomValues fills in one call. */
const RANDOM_LIMIT = 65_536;

export function randomBytes(length) {
  const bytes = new Uint8Array(length);
  for (let start = 0; start < length; start += RANDOM_LIMIT) {
    crypto.getRandomValues(bytes.subarray(start, start + RANDOM_LIMIT));
  }
  return bytes;
}

/** Binary messages on their way, to compare with what comes back. */
export class Payloads {
  #waiting = [];

  sent(bytes) {
    this.#waiting.push({ bytes, sentAt: performance.now() });
  }

  /**
   * Compares with the oldest one waiting. In a broadcast others' messages arrive in between: there
   * only one that is equal is taken as ours.
   *
   * @returns {{ elapsed: number, difference: number } | undefined} difference: index of the first
   *     differing byte, or -1; undefined if this is not ours
   */
  received(bytes, { othersToo }) {
    const now = performance.now();
    const candidates = othersToo ? this.#waiting : this.#waiting.slice(0, 1);
    for (const candidate of candidates) {
      const difference = firstDifference(candidate.bytes, bytes);
      if (difference === -1 || !othersToo) {
        this.#waiting.splice(this.#waiting.indexOf(candidate), 1);
        return { elapsed: now - candidate.sentAt, difference };
      }
    }
    return undefined;
  }

  /** @returns {boolean} whether there were any */
  clear() {
    const any = this.#waiting.length > 0;
    this.#waiting = [];
    return any;
  }
}

export function firstDifference(expected, actual) {
  const shorter = Math.min(expected.length, actual.length);
  for (let index = 0; index < shorter; index++) {
    if (expected[index] !== actual[index]) {
      return index;
    }
  }
  return expected.length === actual.length ? -1 : shorter;
}
