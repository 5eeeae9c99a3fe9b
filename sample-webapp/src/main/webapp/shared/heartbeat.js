/** What a page asks with, and what it is answered; as in Heartbeat.java. An echo answers by itself. */
export const HEARTBEAT = '{"type":"heartbeat"}';

/** Steps in which the answer must come. */
const ANSWER_STEPS = 5;

/** Bytes a second below which a line is given up: what was sent may come back, and takes its time. */
const SLOWEST = 64 * 1024;

/**
 * Notices that the other end is gone. A network that goes silent ends no connection, and a browser
 * answers the server's pings without a word to the page. So when nothing has come for a while the
 * page asks, and whatever comes then is an answer.
 *
 * Time is counted in steps, each begun when the one before has run: a page that was frozen, or
 * whose computer slept, loses one step by that and not all of them. What waits to be read is read
 * in those that are left.
 */
export class Heartbeat {
  #socket;
  #tell;
  #random;
  #step;
  #quietSteps;
  #timer;
  #due;
  #alive = false;
  #asking = false;
  #askedAt = 0;
  #silent = false;
  #left;
  #stoodStill = false;
  #unanswered = 0;
  #buffered = 0;

  /**
   * @param socket to ask on, open
   * @param tell silent(since): an answer is missed, since a time of Date.now() at which it was asked
   *     for (later by as long as the page stood still), or null: something has come after all;
   *     gone(): once, if no answer has come
   * @param options quietAfter and answerWithin in milliseconds, and random
   */
  constructor(socket, tell, { quietAfter, answerWithin, random }) {
    this.#socket = socket;
    this.#tell = tell;
    this.#random = random;
    this.#step = answerWithin / ANSWER_STEPS;
    this.#quietSteps = Math.max(1, Math.round(quietAfter / this.#step));
    this.#left = this.#quietSteps;
    this.#wait();
  }

  /** Something came. */
  heard() {
    this.#alive = true;
    this.#unanswered = 0;
    if (this.#silent) {
      this.#silent = false;
      this.#tell.silent(null);
    }
  }

  /** Something was sent. */
  sent(data) {
    this.#unanswered += data.byteLength ?? data.size ?? data.length;
  }

  /** Asks now, not only after a while: there is a reason to doubt. */
  doubt() {
    if (!this.#asking) {
      this.#ask();
    }
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** Not always the same time, or pages that a restart brought together would stay together. */
  #wait() {
    const delay = this.#step * (0.75 + 0.25 * this.#random());
    this.#due = Date.now() + delay;
    this.#timer = setTimeout(() => this.#look(), delay);
  }

  #look() {
    const lateness = Date.now() - this.#due;
    const late = lateness > this.#step;
    if (late) {
      // While the page stood still it could hear nothing.
      this.#askedAt += lateness;
    }
    if (this.#alive || this.#isSending()) {
      this.#alive = false;
      this.#asking = false;
      this.#stoodStill = false;
      this.#left = this.#quietSteps;
    } else if (late && !this.#stoodStill) {
      // Once, since where timers are throttled every step is late.
      this.#stoodStill = true;
      this.#ask();
    } else {
      this.#left -= 1;
      if (this.#left <= 0 && this.#asking) {
        this.#tell.gone();
        return;
      }
      if (this.#left <= 0) {
        this.#ask();
      } else if (!late && this.#misses()) {
        this.#silent = true;
        this.#tell.silent(this.#askedAt);
      }
    }
    this.#wait();
  }

  /** Whether an answer should be here: not while the question waits for a large message. */
  #misses() {
    return (
      this.#asking &&
      !this.#silent &&
      this.#left < ANSWER_STEPS &&
      Date.now() - this.#askedAt >= this.#step / 2
    );
  }

  #ask() {
    this.#asking = true;
    this.#askedAt = Date.now();
    this.#alive = false;
    this.#left = ANSWER_STEPS + Math.ceil((this.#unanswered * 1_000) / SLOWEST / this.#step);
    this.#socket.send(HEARTBEAT);
  }

  /** A large message on a slow line: the question waits behind it, and the network takes it. */
  #isSending() {
    const before = this.#buffered;
    this.#buffered = this.#socket.bufferedAmount;
    return this.#buffered < before;
  }
}
