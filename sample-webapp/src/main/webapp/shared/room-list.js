import { element } from './element.js';

/** The rooms that one may enter. A button stays the same one, so that it keeps the focus. */
export class RoomList {
  #list;
  #enter;
  #buttons = new Map();

  /** @param {(name: string) => void} enter hears which room was chosen */
  constructor(list, enter) {
    this.#list = list;
    this.#enter = enter;
  }

  /** @param {{name: string, users: number, unread: number, isCurrent: boolean}[]} rooms */
  show(rooms) {
    const names = new Set(rooms.map(({ name }) => name));
    for (const [name, button] of this.#buttons) {
      if (!names.has(name)) {
        button.parentElement.remove();
        this.#buttons.delete(name);
      }
    }
    rooms.forEach((room) => this.#showOne(room));
  }

  #showOne({ name, users, unread, isCurrent }) {
    const button = this.#buttons.get(name) ?? this.#add(name);
    const [count] = button.children;
    count.className = unread ? 'unread' : 'count';
    count.textContent = unread || users;
    count.title = unread ? 'not read yet' : 'who is there';
    if (isCurrent) {
      button.setAttribute('aria-current', 'true');
    } else {
      button.removeAttribute('aria-current');
    }
  }

  #add(name) {
    const button = element('button', '', name);
    button.type = 'button';
    button.append(element('span'));
    button.addEventListener('click', () => this.#enter(name));
    const item = element('li');
    item.append(button);
    this.#list.append(item);
    this.#buttons.set(name, button);
    return button;
  }
}
