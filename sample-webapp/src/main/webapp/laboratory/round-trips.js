/** Page scripts cannot ping, so a round trip is the time until one's own message comes back. */
export class RoundTrips {
  #sentAt = new Map();

  sent(text) {
    const times = this.#sentAt.get(text) ?? [];
    times.push(performance.now());
    this.#sentAt.set(text, times);
  }

  /** @returns {number | undefined} milliseconds, or undefined if this is not ours */
  received(text) {
    const times = this.#sentAt.get(text);
    if (!times) {
      return undefined;
    }
    const sentAt = times.shift();
    if (times.length === 0) {
      this.#sentAt.delete(text);
    }
    return performance.now() - sentAt;
  }

  clear() {
    this.#sentAt.clear();
  }
}
