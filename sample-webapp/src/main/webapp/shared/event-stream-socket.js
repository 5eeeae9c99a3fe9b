/**
 * Server-sent events that look like a WebSocket which only receives, for ReconnectingSocket: so a
 * page has one way to wait, to count down and to come back. A browser's own way ends for good with
 * the first response that is no stream, such as a proxy's 502 while the server restarts.
 */
export class EventStreamSocket extends EventTarget {
  #source;

  /**
   * @param {URL} url gets the parameter lastEventId
   * @param {{lastEventId?: string}} position is kept from one attempt to the next
   */
  constructor(url, position) {
    super();
    if (position.lastEventId) {
      url.searchParams.set('lastEventId', position.lastEventId);
    }
    this.#source = new EventSource(url);
    this.#source.onopen = () => this.dispatchEvent(new Event('open'));
    this.#source.onmessage = ({ data, lastEventId }) => {
      position.lastEventId = lastEventId;
      this.dispatchEvent(new MessageEvent('message', { data }));
    };
    this.#source.onerror = () => this.#end({ code: 1006, reason: '', wasClean: false });
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
