import { socketUrl } from '../shared/addresses.js';
import { closeText } from '../shared/format.js';

/** Closes the connection, and has the server close others. */
export class ClosingView {
  #part;
  #socket;

  constructor(root, socket) {
    this.#part = (selector) => root.querySelector(selector);
    this.#socket = socket;
    this.#part('.close').addEventListener('submit', (event) => {
      event.preventDefault();
      const { code, reason } = Object.fromEntries(new FormData(event.target));
      this.#close(Number(code), reason);
    });
    this.#part('.server-close').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#haveServerClose(new FormData(event.target).get('code'));
    });
  }

  #close(code, reason) {
    const problem = this.#part('.problem');
    try {
      this.#socket.close(code, reason);
      problem.textContent = '';
    } catch (error) {
      problem.textContent = error.message;
    }
  }

  /** On a connection of its own: the page's own stays as it is. */
  #haveServerClose(code) {
    const seen = this.#part('.server-closed');
    seen.textContent = `Waiting for ${code}…`;
    const socket = new WebSocket(socketUrl('close', { code }));
    socket.addEventListener('close', (event) => {
      seen.textContent = `The browser saw ${closeText(event)}.`;
    });
  }
}
