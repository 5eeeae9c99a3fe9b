/** Whom a line is for: everyone in the room, or one user, wherever that one is. */
export class Receivers {
  #select;

  /** @param {HTMLSelectElement} select */
  constructor(select) {
    this.#select = select;
    this.show([]);
  }

  /** The name of one user; empty for everyone. */
  get chosen() {
    return this.#select.value;
  }

  /** @param {string[]} users that there are, in any order and any number of times */
  show(users) {
    const { chosen } = this;
    const names = new Set(users);
    // One that has just left stays chosen: nothing is told to all that was meant for one.
    if (chosen) {
      names.add(chosen);
    }
    this.#select.replaceChildren(
      new Option('To everyone in this room', ''),
      ...[...names].sort().map((name) => new Option(`To ${name} alone`, name)),
    );
    this.#select.value = chosen;
  }
}
