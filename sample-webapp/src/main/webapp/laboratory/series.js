import { ReconnectingSocket } from '../shared/reconnecting-socket.js';

/** Milliseconds. */
const INTERVAL = 25;
const LENGTH = 120;

/** Many small messages, one after another, for the plot of round trips. */
export class Series {
  #send;
  #timer;

  constructor(root, socket, send) {
    this.#send = send;
    root.querySelector('.series').addEventListener('click', () => this.#start());
    socket.addEventListener('state', ({ detail: state }) => {
      if (state !== ReconnectingSocket.OPEN) {
        clearInterval(this.#timer);
      }
    });
  }

  #start() {
    clearInterval(this.#timer);
    let number = 0;
    this.#timer = setInterval(() => {
      number += 1;
      this.#send(`round trip ${number} of ${LENGTH}`);
      if (number === LENGTH) {
        clearInterval(this.#timer);
      }
    }, INTERVAL);
  }
}
