import { milliseconds } from '../shared/format.js';

/** Counts of what went by, and how long the last message was under way. */
export class Facts {
  #part;
  #plot;
  #counts = { sent: 0, received: 0 };

  constructor(root, plot) {
    this.#part = (selector) => root.querySelector(selector);
    this.#plot = plot;
  }

  set roundTrip(ms) {
    this.#part('.round-trip').textContent = milliseconds(ms);
    this.#plot.add(ms);
  }

  /** @param direction sent or received */
  count(direction) {
    this.#counts[direction] += 1;
    this.#part(`.${direction}-count`).textContent = this.#counts[direction].toLocaleString();
  }
}
