/** Longer than between two of the events that tell of typing. */
const FORGOTTEN_AFTER = 4_000;

/** Who is typing, as far as one has heard lately. */
export class Typists {
  #timers = new Map();
  #changed;

  constructor(changed) {
    this.#changed = changed;
  }

  get names() {
    return [...this.#timers.keys()];
  }

  add(name) {
    clearTimeout(this.#timers.get(name));
    this.#timers.set(
      name,
      setTimeout(() => this.remove(name), FORGOTTEN_AFTER),
    );
    this.#changed();
  }

  remove(name) {
    clearTimeout(this.#timers.get(name));
    if (this.#timers.delete(name)) {
      this.#changed();
    }
  }

  clear() {
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#timers.clear();
    this.#changed();
  }
}

/** A sentence that says who is typing; empty if nobody is. */
export function typingText(names) {
  return names.length === 0
    ? ''
    : names.length === 1
      ? `${names[0]} is typing…`
      : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are typing…`;
}
