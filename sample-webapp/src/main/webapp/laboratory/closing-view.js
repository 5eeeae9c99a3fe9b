import { socketUrl } from '../shared/addresses.js';
import { closeText } from '../shared/format.js';

/** Milliseconds; over a dead network a browser waits for minutes. */
const PATIENCE = 10_000;

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
    const timer = setTimeout(() => socket.close(), PATIENCE);
    socket.addEventListener('close', (event) => {
      clearTimeout(timer);
      seen.textContent = `The browser saw ${closeText(event)}.`;
    });
  }
}
