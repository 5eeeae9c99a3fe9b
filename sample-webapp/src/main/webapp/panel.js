import { BinaryView } from './binary-view.js';
import { ConnectionView } from './connection-view.js';
import { socketUrl } from './endpoints.js';
import { closeText, milliseconds } from './format.js';
import { MessageLog } from './message-log.js';
import { ReconnectingSocket } from './reconnecting-socket.js';
import { RoundTrips } from './round-trips.js';

/** One endpoint: its connection, its conversation and its controls. */
export class Panel {
  #endpoint;
  #part;
  #log;
  #connection;
  #roundTrips = new RoundTrips();
  #wasShown = false;

  constructor(endpoint, root) {
    this.root = root;
    this.#endpoint = endpoint;
    this.#part = (selector) => root.querySelector(selector);
    this.#part('.about').textContent = endpoint.about;
    this.#part('.nickname').hidden = !endpoint.named;
    this.#part('.binary').hidden = !endpoint.binary;

    this.socket = new ReconnectingSocket(() => this.#url());
    this.#log = new MessageLog(this.#part('.log'));
    this.#connection = new ConnectionView(root, this.socket);
    this.#connection.url = this.#url();
    this.#listenToSocket();
    this.#listenToUser();
    this.#enableControls();
    new BinaryView(root, this.socket, {
      log: this.#log,
      connection: this.#connection,
      othersToo: endpoint.repeatsOwn,
    });
  }

  shown() {
    if (this.#endpoint.connectAtOnce && !this.#wasShown) {
      this.socket.connect();
    }
    this.#wasShown = true;
  }

  retryNow() {
    if (this.socket.state === ReconnectingSocket.WAITING) {
      this.socket.connect();
    }
  }

  #url() {
    const name = this.#part('[name=nickname]').value.trim();
    return socketUrl(this.#endpoint.path, name ? { name } : {});
  }

  #listenToSocket() {
    this.socket.addEventListener('state', ({ detail: state }) => {
      this.#enableControls();
      if (state === ReconnectingSocket.OPEN) {
        this.#log.add('event', 'Connected');
      }
    });
    this.socket.addEventListener('close', ({ detail }) => {
      this.#roundTrips.clear();
      this.#log.add(detail.wasClean ? 'event' : 'problem', closeSentence(detail));
    });
    this.socket.addEventListener('message', ({ detail }) => {
      this.#connection.count('received');
      if (typeof detail === 'string') {
        this.#received(detail);
      }
    });
  }

  #listenToUser() {
    const nickname = this.#part('[name=nickname]');
    nickname.addEventListener('input', () => (this.#connection.url = this.#url()));
    this.#part('.clear').addEventListener('click', () => this.#log.clear());

    const text = this.#part('[name=text]');
    text.addEventListener('keydown', (event) => {
      // Enter also ends a composition of an input method; that one must not send.
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#part('.composer').requestSubmit();
      }
    });
    this.#part('.composer').addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#send(this.#endpoint.write(text.value))) {
        text.value = '';
      }
      text.focus();
    });

    this.#part('.close').addEventListener('submit', (event) => {
      event.preventDefault();
      const { code, reason } = Object.fromEntries(new FormData(event.target));
      this.#close(Number(code), reason);
    });
  }

  #enableControls() {
    const { state } = this.socket;
    this.#part('[name=nickname]').disabled = state !== ReconnectingSocket.IDLE;
    for (const control of this.root.querySelectorAll(
      '.composer button, .binary button, [name=file], .close button',
    )) {
      control.disabled = state !== ReconnectingSocket.OPEN;
    }
  }

  #send(text) {
    if (text === '' || !this.socket.send(text)) {
      return false;
    }
    this.#roundTrips.sent(text);
    this.#connection.count('sent');
    if (!this.#endpoint.repeatsOwn) {
      this.#log.add('sent', text);
    }
    return true;
  }

  #received(line) {
    const { kind, author, text } = this.#endpoint.read(line);
    const elapsed = kind === 'received' ? this.#roundTrips.received(text) : undefined;
    const own = elapsed !== undefined;
    if (own) {
      this.#connection.roundTrip = elapsed;
    }
    const repeated = own && this.#endpoint.repeatsOwn;
    this.#log.add(repeated ? 'sent' : kind, text, {
      author: repeated ? undefined : author,
      details: own ? [milliseconds(elapsed)] : [],
    });
  }

  #close(code, reason) {
    const problem = this.#part('.problem');
    try {
      this.socket.close(code, reason);
      problem.textContent = '';
    } catch (error) {
      problem.textContent = error.message;
    }
  }
}

function closeSentence(detail) {
  return detail.opened ? `Closed: ${closeText(detail)}` : 'Could not connect';
}
