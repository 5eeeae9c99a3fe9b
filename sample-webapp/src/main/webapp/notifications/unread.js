const KEY = 'notifications.read';

/** Up to which notification this browser has read; the same in all its tabs. */
export class ReadMark extends EventTarget {
  #upTo = Number(localStorage.getItem(KEY) ?? 0);

  constructor() {
    super();
    window.addEventListener('storage', ({ key, newValue }) => {
      if (key === KEY) {
        this.#upTo = Number(newValue);
        this.dispatchEvent(new Event('change'));
      }
    });
  }

  isUnread(id) {
    return id > this.#upTo;
  }

  readUpTo(id) {
    this.#upTo = id;
    localStorage.setItem(KEY, id);
    this.dispatchEvent(new Event('change'));
  }
}
