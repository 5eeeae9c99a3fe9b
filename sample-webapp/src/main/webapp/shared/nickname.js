import { ReconnectingSocket } from './reconnecting-socket.js';

/** The name of a guest: asked for before the first connection, and kept for a reload. */
export class Nickname {
  #input;
  #text;
  #hasArrived = false;

  /**
   * @param {HTMLInputElement} input
   * @param {HTMLElement} text where a guest who has connected by hand goes on
   */
  constructor(input, text) {
    this.#input = input;
    this.#text = text;
    input.value = sessionStorage.getItem('nickname') ?? '';
  }

  get value() {
    return this.#input.value.trim();
  }

  /** The server lets the guest in, by this name: one who comes back stays who they were. */
  welcomed(name) {
    this.#input.value = name;
    sessionStorage.setItem('nickname', name);
    if (!this.#hasArrived && this.#input.closest('.connection').contains(document.activeElement)) {
      this.#text.focus();
    }
    this.#hasArrived = true;
  }

  /**
   * A reload comes back by itself; who comes for the first time says a name first.
   *
   * @param connection with `state`, its event, and `connect`
   */
  connects(connection) {
    connection.addEventListener('state', ({ detail: state }) => {
      const idle = state === ReconnectingSocket.IDLE;
      // Not disabled, which would take the focus away from whoever has just pressed Enter in it.
      this.#input.readOnly = !idle;
      this.#hasArrived &&= !idle;
    });
    this.#input.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') {
        connection.connect();
      }
    });
    if (this.#input.value) {
      connection.connect();
    } else {
      this.#input.focus();
    }
  }
}
