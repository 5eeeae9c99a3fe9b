import { MessageLog } from '../shared/message-log.js';

/** One room: its lines, who is there, and what was not read yet. */
export class RoomView {
  users = [];
  unread = 0;
  lastNumber = 0;
  #log;

  /** @param {HTMLElement} place where the log of the room that is shown stands */
  constructor(name, place, typists) {
    this.name = name;
    this.typists = typists;
    this.list = place.cloneNode(false);
    this.#log = new MessageLog(this.list);
  }

  show() {
    document.querySelector('.log').replaceWith(this.list);
    this.unread = 0;
  }

  entered(self) {
    this.#log.add('event', `You are ${self}`);
  }

  presence(users, { joined, left, self }) {
    this.users = users;
    if (left) {
      this.typists.remove(left);
      this.#log.add('event', `${left} left`);
    }
    if (joined && joined !== self) {
      this.#log.add('event', `${joined} joined`);
    }
  }

  /** Lines come in order; after a reconnect only those that are missing. */
  said({ author, text, number }, { own }) {
    this.lastNumber = number;
    this.typists.remove(author);
    this.#log.add(own ? 'sent' : 'received', text, {
      author: own ? undefined : author,
      at: new Date(number),
    });
    if (!this.list.isConnected) {
      this.unread += 1;
    }
  }

  problem(text) {
    this.#log.add('problem', text);
  }

  disconnected() {
    this.users = [];
    this.typists.clear();
    this.#log.add('problem', 'Connection lost');
  }
}
