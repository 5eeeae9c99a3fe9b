/**
 * Server-sent events that look like a WebSocket which only receives, for ReconnectingSocket: so a
 * page has one way to wait, to count down and to come back. A browser's own way ends for good with
 * the first response that is no stream, such as a proxy's 502 while the server restarts.
 */
export class EventStreamSocket extends EventTarget {
  #source;
  #heartbeatUrl;

  /**
   * @param {URL} url gets the parameter lastEventId; beside it is the address `heartbeat`
   * @param {{lastEventId?: string}} position is kept from one attempt to the next. Where events are
   *     lost, a message comes that says why
   */
  constructor(url, position) {
    super();
    this.#heartbeatUrl = new URL('heartbeat', url);
    if (position.lastEventId) {
      url.searchParams.set('lastEventId', position.lastEventId);
    }
    this.#source = new EventSource(url);
    this.#source.onopen = () => this.dispatchEvent(new Event('open'));
    const received = ({ data, lastEventId }) => {
      position.lastEventId = lastEventId;
      this.dispatchEvent(new MessageEvent('message', { data }));
    };
    this.#source.onmessage = received;
    this.#source.addEventListener('lost', received);
    this.#source.onerror = () => this.#end({ code: 1006, reason: '', wasClean: false });
  }

  /**
   * Only the question of a heartbeat is sent. It has the server send an event: of the comments that
   * keep a stream open a browser tells a page nothing. If it fails, the answer is missed soon.
   */
  send(question) {
    fetch(this.#heartbeatUrl, { method: 'POST', body: question }).catch(() => {});
  }

  close(code = 1000, reason = '') {
    this.#end({ code, reason, wasClean: true });
  }

  #end(detail) {
    this.#source.onerror = null;
    this.#source.close();
    queueMicrotask(() => this.dispatchEvent(Object.assign(new Event('close'), detail)));
  }
}
