import { RefusedError } from '../shared/event-socket.js';
import { newId } from '../shared/new-id.js';

/**
 * Lines that the server has not confirmed yet. Each has an id of its own by which the server knows
 * it again: so it is sent until it is confirmed, on one connection after the other, and stands in
 * the room once.
 */
export class Outbox {
  #events;
  #givenUp;
  #lines = new Map();

  /**
   * @param {import('../shared/event-socket.js').EventSocket} events
   * @param {(line: {room, text, id}, why: {reason: string, mayHaveArrived: boolean}) => void} givenUp
   */
  constructor(events, givenUp) {
    this.#events = events;
    this.#givenUp = givenUp;
  }

  /** A new line; it waits until the next call of sendAll. */
  add(room, author, text) {
    const line = { id: newId(), room, author, text, wasSent: false, isUnderWay: false };
    this.#lines.set(line.id, line);
    return line;
  }

  /**
   * Sends what waits for a room, which the server has let this page in.
   *
   * @param author the name that this page has now; lines by another are not known by their id
   */
  sendAll(room, author) {
    for (const line of this.#waiting(room)) {
      if (line.wasSent && line.author !== author) {
        this.#giveUp(line, 'you have another name now', true);
      } else {
        line.author = author;
        this.#send(line);
      }
    }
  }

  /** The server does not let this page in any more. */
  giveUpAll(room, reason) {
    this.#waiting(room).forEach((line) => this.#giveUp(line, reason, line.wasSent));
  }

  /** The room has it. */
  arrived(id) {
    this.#lines.delete(id);
  }

  #waiting(room) {
    return [...this.#lines.values()].filter((line) => line.room === room && !line.isUnderWay);
  }

  async #send(line) {
    const { id, room, text } = line;
    line.wasSent = true;
    line.isUnderWay = true;
    try {
      await this.#events.request('say', { room, id, text });
      this.arrived(id);
    } catch (error) {
      line.isUnderWay = false;
      if (error instanceof RefusedError) {
        this.#giveUp(line, error.message, false);
      } else if (error.message === 'timeout' && this.#lines.has(id)) {
        this.#send(line);
      }
      // Else the connection was lost: it is sent again when the room is joined on the next one.
    }
  }

  #giveUp(line, reason, mayHaveArrived) {
    this.#lines.delete(line.id);
    this.#givenUp(line, { reason, mayHaveArrived });
  }
}
