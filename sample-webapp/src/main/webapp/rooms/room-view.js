import { whyLost } from '../shared/lost.js';
import { ShownRoom } from '../shared/shown-room.js';

/** Of so many lines the latest are known again. */
const KNOWN_IDS = 1_000;

/** One room with its lines. */
export class RoomView extends ShownRoom {
  /** Of the last line, for the server; undefined as long as it has said none. */
  position = undefined;
  /** Whether the server has let this page in, on the connection that there is now. */
  isJoined = false;
  #ids = new Set();
  #pending = new Map();

  entered(self) {
    this.isJoined = true;
    this.wasJoined = true;
    this.log.add('event', `You are ${self}`);
  }

  presence(users, { joined, left, self }) {
    this.users = users;
    if (left) {
      this.typists.remove(left);
      this.log.add('event', `${left} left`);
    }
    if (joined && joined !== self) {
      this.log.add('event', `${joined} joined`);
    }
  }

  /** A line of one's own is on its way. */
  pending({ id, text }) {
    this.#pending.set(id, this.log.add('pending', text, { details: ['sending…'] }));
  }

  /** Lines come in order; after a reconnect only those that are missing. */
  said({ position, id, author, text, at }, { own }) {
    this.position = position;
    this.typists.remove(author);
    this.#settle(id);
    // A server that was restarted does not know which lines it had, and is sent one again; and
    // after a loss the latest come, some of which may be here.
    if (!this.#isNew(id ?? position)) {
      return;
    }
    this.log.add(own ? 'sent' : 'received', text, {
      author: own ? undefined : author,
      at: new Date(at),
    });
    if (!this.list.isConnected) {
      this.unread += 1;
    }
  }

  /** The next line does not follow on the last. */
  lost(reason) {
    this.log.add('problem', `Lines may be missing here: ${whyLost(reason)}`);
  }

  givenUp({ id, text }, { reason, mayHaveArrived }) {
    this.#settle(id);
    const outcome = mayHaveArrived ? 'It is not known whether this was sent' : 'Not sent';
    this.log.add('problem', `${outcome} (${reason}): ${text}`);
  }

  disconnected() {
    super.disconnected();
    this.isJoined = false;
  }

  #settle(id) {
    this.#pending.get(id)?.remove();
    this.#pending.delete(id);
  }

  #isNew(id) {
    const isNew = !this.#ids.has(id);
    this.#ids.add(id);
    if (this.#ids.size > KNOWN_IDS) {
      this.#ids.delete(this.#ids.values().next().value);
    }
    return isNew;
  }
}
