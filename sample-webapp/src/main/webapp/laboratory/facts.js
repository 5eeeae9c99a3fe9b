import { milliseconds } from '../shared/format.js';

/** Counts of what went by, and how long the last message was under way. */
export class Facts {
  #part;
  #counts = { sent: 0, received: 0 };

  constructor(root) {
    this.#part = (selector) => root.querySelector(selector);
  }

  set roundTrip(ms) {
    this.#part('.round-trip').textContent = milliseconds(ms);
  }

  /** @param direction sent or received */
  count(direction) {
    this.#counts[direction] += 1;
    this.#part(`.${direction}-count`).textContent = this.#counts[direction].toLocaleString();
  }
}
