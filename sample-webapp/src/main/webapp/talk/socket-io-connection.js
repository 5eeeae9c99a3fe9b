import { ReconnectingSocket } from '../shared/reconnecting-socket.js';

const FIRST_DELAY = 500;
const MAX_DELAY = 5_000;

/** Beyond the server's interval between two pings, in which one is on its way. */
const LATE = 2_000;

/**
 * What a Socket.IO client does by itself, told as ReconnectingSocket tells it, for the parts that
 * all pages share: it waits, comes back, and says when the server is silent.
 *
 * Events: `state`, `silence` and `close`, as ReconnectingSocket has them.
 */
export class SocketIoConnection extends EventTarget {
  #socket;
  #transports;
  #wanted = false;
  #state = ReconnectingSocket.IDLE;
  #failed = 0;
  /** Random once for a page: pages that a restart brought together do not stay together. */
  #firstDelay = FIRST_DELAY * (1 + Math.random());
  #delay = this.#firstDelay;
  #retryAt = 0;
  #pingInterval = 0;
  #silentSince = null;
  #silenceTimer;
  #farewell = null;

  /**
   * @param socket of the client, not connected yet
   * @param {() => string[]} transports asked before each session
   */
  constructor(socket, transports) {
    super();
    this.#socket = socket;
    this.#transports = transports;
    const manager = socket.io;
    manager.reconnectionDelay(this.#delay);
    manager.reconnectionDelayMax(MAX_DELAY);
    // The time until the next attempt is shown, so it has to be known here.
    manager.randomizationFactor(0);
    manager.timeout(10_000);
    manager.on('open', () => (this.#failed = 0));
    manager.on('error', () => this.#attemptFailed());
    manager.on('reconnect_attempt', () => this.#attempts());
    manager.on('ping', () => this.#heard());
    socket.on('connect', () => this.#connected());
    socket.on('connect_error', () => this.#ifRefused());
    socket.on('disconnect', (reason) => this.#disconnected(reason));
    socket.onAny(() => this.#heard());
  }

  get state() {
    return this.#state;
  }

  /** The number of the next attempt since the last connection. */
  get attempt() {
    return this.#failed;
  }

  /** When the next attempt is due, on the clock of Date.now(); only meaningful while waiting. */
  get retryAt() {
    return this.#retryAt;
  }

  /** While it is open: since when a ping of the server is missed, or null. */
  get silentSince() {
    return this.#silentSince;
  }

  /** How the server has sent this page away, or null. */
  get farewell() {
    return this.#farewell;
  }

  /** Milliseconds between two pings, as the server says. */
  set pingInterval(milliseconds) {
    this.#pingInterval = milliseconds;
    this.#heard();
  }

  connect() {
    if (this.#state === ReconnectingSocket.CONNECTING || this.#state === ReconnectingSocket.OPEN) {
      return;
    }
    this.#farewell = null;
    this.#wanted = true;
    this.#failed = 0;
    // Ends the waiting of a client that is about to come back; it stays the same session.
    this.#socket.disconnect();
    this.#socket.io.opts.transports = this.#transports();
    this.#become(ReconnectingSocket.CONNECTING);
    this.#socket.connect();
  }

  /** The user's own close: the client does not come back by itself. */
  close() {
    this.#wanted = false;
    this.#socket.disconnect();
    if (this.#state !== ReconnectingSocket.IDLE) {
      this.#become(ReconnectingSocket.IDLE);
    }
  }

  /** Ends the connection as when the network is gone, and comes back after so many milliseconds. */
  break(milliseconds) {
    this.#delayBy(milliseconds);
    this.#socket.io.engine.close();
  }

  #delayBy(milliseconds) {
    this.#delay = milliseconds;
    this.#socket.io.reconnectionDelay(milliseconds);
  }

  #attempts() {
    this.#delayBy(this.#firstDelay);
    this.#become(ReconnectingSocket.CONNECTING);
  }

  #attemptFailed() {
    // An error of a connection that was open is told by its end.
    if (this.#state === ReconnectingSocket.CONNECTING) {
      this.#waits();
    }
  }

  #connected() {
    this.#become(ReconnectingSocket.OPEN);
    this.#heard();
  }

  /** A server that refuses has been reached; the client does not ask it again. */
  #ifRefused() {
    if (!this.#socket.active) {
      this.#wanted = false;
      this.#become(ReconnectingSocket.IDLE);
    }
  }

  #disconnected(reason) {
    const isFinal = reason.startsWith('io ');
    const detail = { code: reason, reason: '', wasClean: isFinal, opened: true };
    if (reason === 'io server disconnect') {
      this.#wanted = false;
      this.#farewell = detail;
    }
    if (this.#wanted) {
      this.#waits();
    } else {
      this.#become(ReconnectingSocket.IDLE);
    }
    this.#emit('close', detail);
  }

  #waits() {
    if (this.#wanted) {
      // As the client itself computes it.
      const delay = Math.min(MAX_DELAY, this.#delay * 2 ** this.#failed);
      this.#failed += 1;
      this.#retryAt = Date.now() + delay;
      this.#become(ReconnectingSocket.WAITING);
    }
  }

  #heard() {
    clearTimeout(this.#silenceTimer);
    if (this.#state !== ReconnectingSocket.OPEN || this.#pingInterval === 0) {
      return;
    }
    if (this.#silentSince !== null) {
      this.#becomeSilent(null);
    }
    const since = Date.now() + this.#pingInterval;
    this.#silenceTimer = setTimeout(() => this.#becomeSilent(since), this.#pingInterval + LATE);
  }

  #becomeSilent(since) {
    this.#silentSince = since;
    this.#emit('silence', since);
  }

  #become(state) {
    clearTimeout(this.#silenceTimer);
    this.#silentSince = null;
    this.#state = state;
    this.#emit('state', state);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
