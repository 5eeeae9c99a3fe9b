import { element } from './element.js';
import { closeText } from './format.js';
import { ReconnectingSocket } from './reconnecting-socket.js';

const labels = {
  [ReconnectingSocket.IDLE]: 'Not connected',
  [ReconnectingSocket.CONNECTING]: 'Connecting…',
  [ReconnectingSocket.OPEN]: 'Connected',
  [ReconnectingSocket.CLOSING]: 'Closing…',
  [ReconnectingSocket.WAITING]: 'Waiting',
};

/** Shows in an element what a socket is doing, and lets one start and stop it. */
export class ConnectionView {
  #root;
  #socket;
  #badge = element('span', 'badge');
  #silence = element('span', 'silence hint');
  #connect = button('primary connect', 'Connect');
  #disconnect = button('disconnect', 'Disconnect');
  #retry = element('div', 'retry');
  #attempt = element('span', 'attempt');
  #countdown = element('strong', 'countdown');
  #progress = element('progress');
  #farewell = element('p', 'farewell');
  #lastClose = element('p', 'last-close');
  #ticking;

  /** @param {ReconnectingSocket} socket */
  constructor(root, socket) {
    this.#root = root;
    this.#socket = socket;
    this.#build(root);
    socket.addEventListener('state', () => this.#showState());
    socket.addEventListener('silence', () => this.#showState());
    socket.addEventListener('close', ({ detail }) => {
      // Failed attempts are reported as 1006 too, and would hide why the connection was lost.
      if (detail.opened) {
        this.#lastClose.textContent = `Last close: ${closeText(detail)}`;
        this.#lastClose.hidden = false;
      }
    });
    this.#showState();
  }

  /** Puts the focus on what starts or stops the connection. */
  focus() {
    (this.#connect.hidden ? this.#disconnect : this.#connect).focus();
  }

  #build(root) {
    this.#badge.setAttribute('role', 'status');
    this.#progress.max = 1;
    this.#progress.setAttribute('aria-label', 'Time until the next attempt');
    this.#lastClose.hidden = true;
    const reconnect = button('primary reconnect', 'Reconnect now');
    const sentence = element('p');
    sentence.append('Attempt ', this.#attempt, ' in ', this.#countdown);
    this.#retry.append(sentence, this.#progress, reconnect);
    const status = element('div', 'status');
    const liveness = element('span', 'liveness');
    // Outside of the badge: a screen reader would read out every second of it.
    liveness.append(this.#badge, ' ', this.#silence);
    status.append(liveness, this.#connect, this.#disconnect);
    this.#farewell.setAttribute('role', 'alert');
    root.append(status, this.#retry, this.#farewell, this.#lastClose);

    this.#connect.addEventListener('click', () => this.#socket.connect());
    reconnect.addEventListener('click', () => this.#socket.connect());
    this.#disconnect.addEventListener('click', () => this.#socket.close());
  }

  #showState() {
    const { state, silentSince, farewell } = this.#socket;
    const focused = document.activeElement;
    const idle = state === ReconnectingSocket.IDLE;
    const waiting = state === ReconnectingSocket.WAITING;
    const silent = silentSince !== null;
    this.#badge.dataset.state = silent ? 'silent' : state;
    this.#badge.textContent = silent ? 'No answer' : labels[state];
    this.#silence.hidden = !silent;
    this.#connect.hidden = !idle;
    this.#disconnect.hidden = idle;
    // Not disabled, which would take the focus away; closing twice does nothing.
    this.#disconnect.setAttribute('aria-disabled', state === ReconnectingSocket.CLOSING);
    this.#disconnect.textContent = waiting ? 'Stop trying' : 'Disconnect';
    this.#retry.hidden = !waiting;
    this.#farewell.textContent = farewell
      ? `The server has closed for good (${farewell.code}). This page stays away until you connect.`
      : '';
    if (this.#root.contains(focused) && focused.closest('[hidden]')) {
      this.focus();
    }
    clearInterval(this.#ticking);
    if (waiting) {
      this.#startCountdown();
    } else if (silent) {
      this.#countSilence(silentSince);
    }
  }

  #startCountdown() {
    const { attempt, retryAt } = this.#socket;
    const whole = Math.max(1, retryAt - Date.now());
    this.#attempt.textContent = attempt;
    this.#everyTick(100, () => {
      const left = Math.max(0, retryAt - Date.now());
      this.#countdown.textContent = `${(left / 1000).toFixed(1)} s`;
      this.#progress.value = 1 - left / whole;
    });
  }

  #countSilence(since) {
    this.#everyTick(500, () => {
      this.#silence.textContent = `for ${Math.round((Date.now() - since) / 1000)} s`;
    });
  }

  #everyTick(milliseconds, tick) {
    this.#ticking = setInterval(tick, milliseconds);
    tick();
  }
}

function button(className, text) {
  const made = element('button', className, text);
  made.type = 'button';
  return made;
}
