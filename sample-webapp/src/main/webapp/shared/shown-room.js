import { MessageLog } from './message-log.js';

/** One room of a chat: its log, who is there, and what was not read yet. */
export class ShownRoom {
  users = [];
  unread = 0;
  /** Whether the server has ever let this page in. */
  wasJoined = false;

  /** @param {HTMLElement} place where the log of the room that is shown stands */
  constructor(name, place, typists) {
    this.name = name;
    this.typists = typists;
    this.list = place.cloneNode(false);
    this.log = new MessageLog(this.list, 'Nothing was said here yet.');
  }

  show() {
    document.querySelector('.log').replaceWith(this.list);
    this.unread = 0;
  }

  disconnected() {
    this.users = [];
    this.typists.clear();
    this.log.add('problem', 'Connection lost');
  }
}
