import { newId } from '../shared/new-id.js';

/** Milliseconds; over a dead network a request would wait for ever. */
const PATIENCE = 10_000;
const PAUSE = 1_000;

/**
 * Posts a text until the server has answered, once: by the key it knows again what it had, though
 * its answer was lost.
 *
 * @param {() => void} unanswered hears of each attempt to which no answer came
 * @throws {Error} the server has understood and refuses, by a status below 500
 */
export async function postUntilAnswered(url, text, unanswered) {
  const key = newId();
  for (;;) {
    const status = await post(url, text, key);
    if (status >= 200 && status < 300) {
      return;
    }
    if (status < 500) {
      throw new Error(`The server says ${status}.`);
    }
    unanswered();
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** @returns {Promise<number>} the status; 503 if no answer came */
async function post(url, text, key) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Idempotency-Key': key },
      body: text,
      signal: AbortSignal.timeout(PATIENCE),
    });
    return response.status;
  } catch {
    return 503;
  }
}
