import { ReconnectingSocket } from './reconnecting-socket.js';

/** What a request rejects with if the other end says that it does not do it. */
export class RefusedError extends Error {}

/**
 * Named events in JSON over a socket that comes back. A message is `{"type", "id", "data"}`:
 *
 * - without an id it is an event, and nobody answers;
 * - with an id it is a request, answered by `{"type":"reply","id":…,"data":…}`, where a reply without
 *   data is an acknowledgement, or by `{"type":"error","id":…,"data":{"message":…}}`.
 *
 * Either end may ask. An error leaves the connection open.
 *
 * Events: `problem` (detail: Error) for an error that answers nothing that is waited for.
 */
export class EventSocket extends EventTarget {
  #listeners = new Map();
  #waiting = new Map();
  #lastId = 0;

  /**
   * @param {() => string | URL} url asked before each attempt
   * @param options those of ReconnectingSocket
   */
  constructor(url, options = {}) {
    super();
    this.socket = new ReconnectingSocket(url, options);
    this.socket.addEventListener('message', ({ detail }) => this.#received(detail));
    this.socket.addEventListener('close', () => this.#failAll('connection lost'));
  }

  /** Runs on each new connection, and so where a page asks for what it missed. */
  onOpen(listener) {
    this.socket.addEventListener('state', ({ detail: state }) => {
      if (state === ReconnectingSocket.OPEN) {
        listener();
      }
    });
  }

  /**
   * @param {(data: any) => any} listener for events and requests of a type; to a request it answers
   *     what it returns, or what the returned promise becomes
   */
  on(type, listener) {
    this.#listeners.set(type, listener);
    return this;
  }

  /** @returns {boolean} whether it was handed to an open connection */
  emit(type, data) {
    return this.socket.send(JSON.stringify({ type, data }));
  }

  /**
   * @param options timeout in milliseconds
   * @returns {Promise<any>} the reply's data, undefined for an acknowledgement; rejects with a
   *     RefusedError, or, where it is not known whether the other end has done it, with 'timeout',
   *     'connection lost' or 'not connected'
   */
  request(type, data, { timeout = 10_000 } = {}) {
    const id = String(++this.#lastId);
    return new Promise((resolve, reject) => {
      if (!this.socket.send(JSON.stringify({ type, id, data }))) {
        reject(new Error('not connected'));
        return;
      }
      const timer = setTimeout(() => this.#settle(id)?.reject(new Error('timeout')), timeout);
      this.#waiting.set(id, { resolve, reject, timer });
    });
  }

  #received(text) {
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      this.#sendError(undefined, 'invalid JSON');
      return;
    }
    const { type, id, data } = message ?? {};
    if (type === 'reply') {
      this.#settle(id)?.resolve(data);
    } else if (type === 'error') {
      this.#failed(id, new RefusedError(data?.message ?? 'unknown error'));
    } else if (typeof type === 'string') {
      this.#dispatch(type, id, data);
    } else {
      this.#sendError(id, 'missing type');
    }
  }

  async #dispatch(type, id, data) {
    const listener = this.#listeners.get(type);
    if (!listener) {
      this.#sendError(id, 'unknown type');
      return;
    }
    try {
      const answer = await listener(data);
      if (id !== undefined) {
        this.socket.send(JSON.stringify({ type: 'reply', id, data: answer }));
      }
    } catch (error) {
      this.#sendError(id, 'internal error');
      throw error;
    }
  }

  /** Only requests get an error: two ends that answered errors with errors would never stop. */
  #sendError(id, message) {
    if (id !== undefined) {
      this.socket.send(JSON.stringify({ type: 'error', id, data: { message } }));
    } else {
      this.#emitProblem(new Error(message));
    }
  }

  #failed(id, error) {
    const waiting = this.#settle(id);
    if (waiting) {
      waiting.reject(error);
    } else {
      this.#emitProblem(error);
    }
  }

  #failAll(message) {
    for (const id of [...this.#waiting.keys()]) {
      this.#settle(id).reject(new Error(message));
    }
  }

  #settle(id) {
    const waiting = this.#waiting.get(id);
    if (waiting) {
      clearTimeout(waiting.timer);
      this.#waiting.delete(id);
    }
    return waiting;
  }

  #emitProblem(error) {
    this.dispatchEvent(new CustomEvent('problem', { detail: error }));
  }
}
