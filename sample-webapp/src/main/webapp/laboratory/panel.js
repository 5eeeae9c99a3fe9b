import { socketUrl } from '../shared/addresses.js';
import { ConnectionView } from '../shared/connection-view.js';
import { closeText, milliseconds } from '../shared/format.js';
import { MessageLog } from '../shared/message-log.js';
import { Plot } from '../shared/plot.js';
import { ReconnectingSocket } from '../shared/reconnecting-socket.js';
import { sendOnEnter } from '../shared/text-field.js';
import { enableWhileOpen } from '../shared/while-open.js';
import { BinaryView } from './binary-view.js';
import { ClosingView } from './closing-view.js';
import { Facts } from './facts.js';
import { RoundTrips } from './round-trips.js';
import { Series } from './series.js';

/** One endpoint: its connection, its conversation and its controls. */
export class Panel {
  #endpoint;
  #part;
  #log;
  #facts;
  #plot;
  #roundTrips = new RoundTrips();
  #wasShown = false;

  constructor(endpoint, root) {
    this.root = root;
    this.#endpoint = endpoint;
    this.#part = (selector) => root.querySelector(selector);
    this.#part('.about').textContent = endpoint.about;
    this.#part('.url').textContent = socketUrl(endpoint.path);

    this.socket = new ReconnectingSocket(() => socketUrl(endpoint.path));
    this.#log = new MessageLog(this.#part('.log'), 'Nothing here yet. Send a message.');
    this.#facts = new Facts(root);
    this.#plot = new Plot(this.#part('.plot'), { unit: 'ms' });
    const connection = new ConnectionView(this.#part('.state'), this.socket);
    enableWhileOpen(root.querySelectorAll('.needs-connection'), this.socket, connection);
    this.#listenToSocket();
    this.#listenToUser();
    new BinaryView(root, this.socket, {
      log: this.#log,
      facts: this.#facts,
      othersToo: endpoint.repeatsOwn,
    });
    new ClosingView(root, this.socket);
    new Series(root, this.socket, (text) => this.#send(text));
  }

  shown() {
    if (!this.#wasShown) {
      this.socket.connect();
    }
    this.#wasShown = true;
  }

  #listenToSocket() {
    this.socket.addEventListener('state', ({ detail: state }) => {
      if (state === ReconnectingSocket.OPEN) {
        this.#log.add('event', 'Connected');
      }
    });
    this.socket.addEventListener('close', ({ detail }) => {
      this.#roundTrips.clear();
      this.#log.add(detail.wasClean ? 'event' : 'problem', closeSentence(detail));
    });
    this.socket.addEventListener('message', ({ detail }) => {
      this.#facts.count('received');
      if (typeof detail === 'string') {
        this.#received(detail);
      }
    });
  }

  #listenToUser() {
    this.#part('.clear').addEventListener('click', () => this.#log.clear());
    sendOnEnter(this.#part('.composer'), this.#part('[name=text]'), (text) => this.#send(text));
  }

  #send(text) {
    if (!this.socket.send(text)) {
      return false;
    }
    this.#roundTrips.sent(text);
    this.#facts.count('sent');
    if (!this.#endpoint.repeatsOwn) {
      this.#log.add('sent', text);
    }
    return true;
  }

  #received(text) {
    const elapsed = this.#roundTrips.received(text);
    const own = elapsed !== undefined;
    if (own) {
      this.#facts.roundTrip = elapsed;
      // A megabyte, which is not text, would make all others a flat line.
      this.#plot.add(elapsed);
    }
    this.#log.add(own && this.#endpoint.repeatsOwn ? 'sent' : 'received', text, {
      details: own ? [milliseconds(elapsed)] : [],
    });
  }
}

function closeSentence(detail) {
  return detail.opened ? `Closed: ${closeText(detail)}` : 'Could not connect';
}
