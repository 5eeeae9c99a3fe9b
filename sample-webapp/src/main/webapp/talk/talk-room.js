import { ShownRoom } from '../shared/shown-room.js';

/** Of so many lines the latest are known again. */
const KNOWN_LINES = 1_000;

/** One room with its lines. */
export class TalkRoom extends ShownRoom {
  /** How many lines have come since the last connection that were said before this one. */
  missed = 0;
  /** Lines by their authors' ids. */
  #lines = new Map();

  /** @param {string} self the own name */
  present(users, self) {
    const left = this.users.filter((user) => !users.includes(user));
    const joined = users.filter((user) => !this.users.includes(user));
    left.forEach((user) => this.typists.remove(user));
    if (this.users.includes(self) && users.includes(self)) {
      left.forEach((user) => this.tell(`${user} left`));
      joined.forEach((user) => this.tell(`${user} joined`));
    }
    this.users = users;
  }

  tell(text) {
    this.log.add('event', text);
  }

  problem(text) {
    this.log.add('problem', text);
  }

  /** A line of one's own is on its way. */
  pending({ id, text, to }) {
    const kind = to ? 'private' : '';
    const details = to ? [`to ${to} alone`] : [];
    const entry = this.log.add(`pending ${kind}`, text, { details: [...details, 'sending…'] });
    this.#know(id, { entry, kind, details, at: new Date(), by: [] });
  }

  /** The server has it. */
  accepted(id, at) {
    const line = this.#lines.get(id);
    if (line) {
      line.at = new Date(at);
      this.#show(line);
    }
  }

  /** A user has it; whether this room knows the line. */
  received(id, by) {
    const line = this.#lines.get(id);
    if (line && !line.by.includes(by)) {
      line.by.push(by);
      this.#show(line);
    }
    return line !== undefined;
  }

  refused(id, text, why) {
    this.#lines.get(id)?.entry.remove();
    this.#lines.delete(id);
    this.problem(`Not sent (${why}): ${text}`);
  }

  /**
   * A line has come.
   *
   * @param how own: whether it is by this user, elsewhere; missed: whether it was said while this
   *     page was away; to: whom it was said to alone
   * @returns whether it is new here
   */
  said({ id, author, text, at }, { own, missed, to }) {
    this.typists.remove(author);
    if (this.#lines.has(id)) {
      return false;
    }
    const kind = to ? 'private' : '';
    const details = [
      ...(to ? [own ? `to ${to} alone` : 'to you alone'] : []),
      ...(missed ? ['missed'] : []),
    ];
    const entry = this.log.add(`${own ? 'sent' : 'received'} ${kind}`, text, {
      author: own ? undefined : author,
      at: new Date(at),
      details,
    });
    this.#know(id, { entry, kind, details, at: new Date(at), by: [] });
    this.missed += missed ? 1 : 0;
    if (!this.list.isConnected) {
      this.unread += 1;
    }
    return true;
  }

  /** The page is connected, as the same session with the lines that it missed, or as a new one. */
  isBack(recovered) {
    if (recovered) {
      this.tell(`Session recovered, ${this.missed} missed`);
    } else if (this.wasJoined) {
      this.problem('A new session: lines may be missing here');
    }
    this.missed = 0;
  }

  #know(id, line) {
    this.#lines.set(id, line);
    if (this.#lines.size > KNOWN_LINES) {
      this.#lines.delete(this.#lines.keys().next().value);
    }
  }

  #show({ entry, kind, details, at, by }) {
    const outcome = by.length === 0 ? 'sent' : `received by ${by.join(', ')}`;
    this.log.change(entry, `sent ${kind}`, { at, details: [...details, outcome] });
  }
}
