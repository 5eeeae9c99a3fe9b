import { element } from './element.js';
import { timeOfDay } from './format.js';

const KEPT_ENTRIES = 500;
const SHOWN_CHARACTERS = 4_000;

/**
 * The conversation. Whatever comes from the network gets in as text content and in no other way.
 */
export class MessageLog {
  #list;
  #atEnd = true;

  constructor(list) {
    this.#list = list;
    list.addEventListener('scroll', () => {
      this.#atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    });
    // The list shrinks as the text field grows, and has no height at all while its tab is hidden.
    new ResizeObserver(() => this.#follow()).observe(list);
  }

  /** @param kind one of sent, received, event, good, problem */
  add(kind, text, { author, at = new Date(), details = [] } = {}) {
    const entry = element('li', `entry ${kind}`);
    if (author) {
      entry.append(element('span', 'author', author));
    }
    entry.append(element('span', 'text', shorten(text)));
    entry.append(element('small', 'details', [timeOfDay(at), ...details].join(' · ')));
    this.#list.append(entry);

    while (this.#list.childElementCount > KEPT_ENTRIES) {
      this.#list.firstElementChild.remove();
    }
    this.#follow();
  }

  clear() {
    this.#list.replaceChildren();
    this.#atEnd = true;
  }

  /** Keeps the end in sight, unless the reader went back to read something. */
  #follow() {
    if (this.#atEnd) {
      this.#list.scrollTop = this.#list.scrollHeight;
    }
  }
}

function shorten(text) {
  return text.length > SHOWN_CHARACTERS
    ? `${text.slice(0, SHOWN_CHARACTERS)}… (${text.length.toLocaleString()} characters)`
    : text;
}
