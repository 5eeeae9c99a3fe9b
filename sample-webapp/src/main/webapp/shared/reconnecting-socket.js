import { HEARTBEAT, Heartbeat } from './heartbeat.js';
import { onWakeUp } from './wake-up.js';

/**
 * A WebSocket that comes back, also from a network that went silent.
 *
 * Every attempt is a new WebSocket. One that has been replaced can neither be obtained from here
 * nor change anything here: its events are dropped. There is on purpose no `socket` property, so
 * that nobody can hold on to a stale one.
 *
 * Events: `state` (read `state`, `attempt`, `retryAt`), `silence` (read `silentSince`), `message`
 * (detail: string or ArrayBuffer), `heartbeat` for an answer to one, and `close` (detail: { code,
 * reason, wasClean, opened }).
 */
export class ReconnectingSocket extends EventTarget {
  static IDLE = 'idle';
  static CONNECTING = 'connecting';
  static OPEN = 'open';
  static CLOSING = 'closing';
  static WAITING = 'waiting';

  #url;
  #options;
  #socket = null;
  #state = ReconnectingSocket.IDLE;
  #attempt = 0;
  #retryAt = 0;
  #retryTimer;
  #stableTimer;
  #heartbeat;
  #silentSince = null;
  #wakeUps;
  #farewell = null;

  /**
   * @param {() => string | URL} url asked before each attempt, so that it may change between two
   */
  constructor(url, options = {}) {
    super();
    this.#url = url;
    this.#options = {
      firstDelay: 500,
      maxDelay: 30_000,
      connectTimeout: 10_000,
      stableAfter: 5_000,
      quietAfter: 4_000,
      answerWithin: 10_000,
      random: Math.random,
      createSocket: (target) => new WebSocket(target),
      ...options,
    };
  }

  get state() {
    return this.#state;
  }

  /** How many attempts have failed since the last connection that lasted. */
  get attempt() {
    return this.#attempt;
  }

  /** When the next attempt is due, on the clock of Date.now(); only meaningful while waiting. */
  get retryAt() {
    return this.#retryAt;
  }

  /** While it is open: since when an answer is missed, on the clock of Date.now(), or null. */
  get silentSince() {
    return this.#silentSince;
  }

  /** The close upon which it stays away though nobody here wanted that, or null. */
  get farewell() {
    return this.#farewell;
  }

  /**
   * Connects at once; also "reconnect now" while waiting. Does nothing while connecting or open.
   */
  connect() {
    if (this.#state === ReconnectingSocket.CONNECTING || this.#state === ReconnectingSocket.OPEN) {
      return;
    }
    if (this.#state !== ReconnectingSocket.WAITING) {
      this.#attempt = 0;
    }
    this.#open();
  }

  /**
   * @returns {boolean} whether it was handed to an open socket; nothing is queued for a later one
   */
  send(data) {
    if (this.#state !== ReconnectingSocket.OPEN) {
      return false;
    }
    this.#socket.send(data);
    this.#heartbeat.sent(data);
    return true;
  }

  /**
   * The user's own close: after it there is no reconnecting. Throws what WebSocket.close throws.
   */
  close(code = 1000, reason = '') {
    if (this.#state === ReconnectingSocket.CONNECTING || this.#state === ReconnectingSocket.OPEN) {
      this.#socket.close(code, reason);
      this.#become(ReconnectingSocket.CLOSING);
    } else if (this.#state === ReconnectingSocket.WAITING) {
      this.#become(ReconnectingSocket.IDLE);
    }
  }

  #open() {
    const socket = this.#options.createSocket(this.#url());
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#farewell = null;
    this.#become(ReconnectingSocket.CONNECTING);

    let opened = false;
    const ifCurrent = (listener) => (event) => {
      if (socket === this.#socket) {
        listener(event);
      }
    };
    // A browser may wait minutes for a host that does not answer; closing makes it report the
    // failure.
    const connectTimer = setTimeout(() => socket.close(), this.#options.connectTimeout);
    socket.addEventListener(
      'open',
      ifCurrent(() => {
        clearTimeout(connectTimer);
        opened = true;
        // A server that accepts and drops at once must not be hammered: the backoff only starts
        // afresh after a connection that lasted.
        this.#stableTimer = setTimeout(() => (this.#attempt = 0), this.#options.stableAfter);
        this.#become(ReconnectingSocket.OPEN, () => {
          const silent = (since) => this.#becomeSilent(since);
          this.#heartbeat = new Heartbeat(
            socket,
            { silent, gone: () => this.#giveUp() },
            this.#options,
          );
        });
      }),
    );
    socket.addEventListener(
      'message',
      ifCurrent(({ data }) => this.#received(data)),
    );
    socket.addEventListener('close', () => clearTimeout(connectTimer));
    // Says no more than the close after it; but in Node an error that nobody hears ends the process.
    socket.addEventListener('error', () => {});
    socket.addEventListener(
      'close',
      ifCurrent(({ code, reason, wasClean }) => this.#closed({ code, reason, wasClean, opened })),
    );
  }

  #received(data) {
    this.#heartbeat?.heard();
    if (data === HEARTBEAT) {
      this.#emit('heartbeat');
    } else {
      this.#emit('message', data);
    }
  }

  #becomeSilent(since) {
    this.#silentSince = since;
    this.#emit('silence', since);
  }

  /** Does not wait for a browser, which waits for a Close frame that cannot come. */
  #giveUp() {
    const socket = this.#socket;
    this.#closed({ code: 1006, reason: 'no answer', wasClean: false, opened: true });
    socket.close();
  }

  #wokeUp({ type }) {
    if (this.#state === ReconnectingSocket.OPEN) {
      this.#heartbeat.doubt();
    } else if (this.#state === ReconnectingSocket.WAITING) {
      // When the network is back there is no reason to sit out the rest of a long backoff.
      if (type === 'online' || this.#retryAt <= Date.now()) {
        this.connect();
      }
    }
  }

  #closed(detail) {
    const unwanted = this.#state === ReconnectingSocket.CLOSING;
    this.#socket = null;
    if (!unwanted && !isFinal(detail.code)) {
      const delay = this.#nextDelay();
      this.#become(ReconnectingSocket.WAITING, () => {
        this.#retryAt = Date.now() + delay;
        this.#retryTimer = setTimeout(() => this.#open(), delay);
      });
    } else {
      this.#farewell = unwanted ? null : detail;
      this.#become(ReconnectingSocket.IDLE);
    }
    this.#emit('close', detail);
  }

  /**
   * Doubles with each failure; the upper half is random, so that many clients do not come
   * together.
   */
  #nextDelay() {
    const { firstDelay, maxDelay, random } = this.#options;
    const ceiling = Math.min(maxDelay, firstDelay * 2 ** this.#attempt);
    this.#attempt += 1;
    return ceiling / 2 + (ceiling / 2) * random();
  }

  #become(state, enter = () => {}) {
    clearTimeout(this.#retryTimer);
    this.#silentSince = null;
    if (state !== ReconnectingSocket.OPEN) {
      clearTimeout(this.#stableTimer);
      this.#heartbeat?.stop();
    }
    this.#state = state;
    this.#listenForWakeUps();
    enter();
    this.#emit('state', state);
  }

  #listenForWakeUps() {
    if (this.#state === ReconnectingSocket.IDLE) {
      this.#wakeUps?.abort();
      this.#wakeUps = undefined;
    } else if (!this.#wakeUps) {
      this.#wakeUps = new AbortController();
      onWakeUp((event) => this.#wokeUp(event), this.#wakeUps.signal);
    }
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/**
 * Codes whose cause does not pass by itself: the server is done (1000), or does not take what this
 * page does or is. After all others, 1013 (try again later) among them, it is tried again.
 */
const FINAL = new Set([1000, 1002, 1003, 1007, 1008, 1009, 1010]);

function isFinal(code) {
  return FINAL.has(code);
}
