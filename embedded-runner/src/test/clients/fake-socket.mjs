/** A WebSocket for which the test does what the network would do. */
export class FakeSocket extends EventTarget {
  sent = [];
  closedWith = undefined;

  send(data) {
    this.sent.push(data);
  }

  close(...args) {
    this.closedWith = args;
  }

  opens() {
    this.dispatchEvent(new Event('open'));
  }

  receives(data) {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }

  ends(code = 1006, reason = '', wasClean = false) {
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason, wasClean }));
  }
}
