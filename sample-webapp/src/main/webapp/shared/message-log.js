import { element } from './element.js';
import { timeOfDay } from './format.js';

const KEPT_ENTRIES = 500;
const SHOWN_CHARACTERS = 4_000;

/**
 * The conversation. Whatever comes from the network gets in as text content and in no other way.
 */
export class MessageLog {
  #list;
  #empty;
  #atEnd = true;

  /** @param {string} empty what it says as long as nothing is in it */
  constructor(list, empty) {
    this.#list = list;
    this.#empty = element('p', 'empty hint', empty);
    list.addEventListener('scroll', () => {
      this.#atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    });
    // The list shrinks as the text field grows, and has no height at all while its tab is hidden.
    new ResizeObserver(() => this.#follow()).observe(list);
    this.clear();
  }

  /**
   * @param kind one of sent, pending, received, event, good, problem
   * @param options author; at, a Date; details, further short texts
   * @returns {HTMLElement} the entry, which may be removed
   */
  add(kind, text, { author, at = new Date(), details = [] } = {}) {
    const entry = element('div', `entry ${kind}`);
    if (author) {
      entry.append(element('span', 'author', author));
    }
    entry.append(element('span', 'text', shorten(text)));
    entry.append(element('small', 'details', detailText(at, details)));
    this.#empty.remove();
    this.#list.append(entry);

    while (this.#list.childElementCount > KEPT_ENTRIES) {
      this.#list.firstElementChild.remove();
    }
    this.#follow();
    return entry;
  }

  /** What has become of an entry. */
  change(entry, kind, { at = new Date(), details = [] } = {}) {
    entry.className = `entry ${kind}`;
    entry.querySelector('.details').textContent = detailText(at, details);
    this.#follow();
  }

  clear() {
    this.#list.replaceChildren(this.#empty);
    this.#atEnd = true;
  }

  /** Keeps the end in sight, unless the reader went back to read something. */
  #follow() {
    if (this.#atEnd) {
      this.#list.scrollTop = this.#list.scrollHeight;
    }
  }
}

function detailText(at, details) {
  return [timeOfDay(at), ...details].join(' · ');
}

function shorten(text) {
  return text.length > SHOWN_CHARACTERS
    ? `${text.slice(0, SHOWN_CHARACTERS)}… (${text.length.toLocaleString()} characters)`
    : text;
}
