import { ReconnectingSocket } from './reconnecting-socket.js';
import { closeText, milliseconds } from './format.js';

const labels = {
  [ReconnectingSocket.IDLE]: 'Not connected',
  [ReconnectingSocket.CONNECTING]: 'Connecting…',
  [ReconnectingSocket.OPEN]: 'Connected',
  [ReconnectingSocket.CLOSING]: 'Closing…',
  [ReconnectingSocket.WAITING]: 'Waiting',
};

/** Shows what a socket is doing, and lets one start and stop it. */
export class ConnectionView {
  #part;
  #socket;
  #counts = { sent: 0, received: 0 };
  #countdown;

  constructor(root, socket) {
    this.#part = (selector) => root.querySelector(selector);
    this.#socket = socket;
    this.#part('.connect').addEventListener('click', () => socket.connect());
    this.#part('.reconnect').addEventListener('click', () => socket.connect());
    this.#part('.disconnect').addEventListener('click', () => socket.close());
    socket.addEventListener('state', () => this.#showState());
    socket.addEventListener('close', ({ detail }) => {
      // Failed attempts are reported as 1006 too, and would hide why the connection was lost.
      if (detail.opened) {
        this.#part('.last-close').textContent = closeText(detail);
        this.#part('.facts .wide').hidden = false;
      }
    });
    this.#showState();
  }

  set url(url) {
    this.#part('.url').textContent = url;
  }

  set roundTrip(ms) {
    this.#part('.round-trip').textContent = milliseconds(ms);
  }

  /** @param direction sent or received */
  count(direction) {
    this.#counts[direction] += 1;
    this.#part(`.${direction}-count`).textContent = this.#counts[direction].toLocaleString();
  }

  #showState() {
    const { state } = this.#socket;
    const idle = state === ReconnectingSocket.IDLE;
    const waiting = state === ReconnectingSocket.WAITING;
    const badge = this.#part('.badge');
    badge.dataset.state = state;
    badge.textContent = labels[state];
    this.#part('.connect').hidden = !idle;
    this.#part('.disconnect').hidden = idle;
    this.#part('.disconnect').disabled = state === ReconnectingSocket.CLOSING;
    this.#part('.disconnect').textContent = waiting ? 'Stop trying' : 'Disconnect';
    this.#part('.retry').hidden = !waiting;
    clearInterval(this.#countdown);
    if (waiting) {
      this.#startCountdown();
    }
  }

  #startCountdown() {
    const { attempt, retryAt } = this.#socket;
    const whole = Math.max(1, retryAt - Date.now());
    const tick = () => {
      const left = Math.max(0, retryAt - Date.now());
      this.#part('.countdown').textContent = `${(left / 1000).toFixed(1)} s`;
      this.#part('progress').value = 1 - left / whole;
    };
    this.#part('.attempt').textContent = attempt;
    this.#countdown = setInterval(tick, 100);
    tick();
  }
}
