import { createInterface } from 'node:readline';

const { SERVER_URL } = process.env;
if (!SERVER_URL) {
  throw new Error('SERVER_URL must be set to the address of the sample, with a slash at the end');
}

export const pageUrl = SERVER_URL;

export function socketUrl(path) {
  const url = new URL(path, SERVER_URL);
  url.protocol = url.protocol.replace('http', 'ws');
  return url.href;
}

let answers;

/**
 * Has whoever runs this script do something to the server, and waits until it is done: the request
 * goes out as one line on stdout that starts with @, any line on stdin is the answer.
 *
 * @param {'kill' | 'stop' | 'start' | 'freeze' | 'thaw'} request
 */
export async function ask(request) {
  if (!answers) {
    const lines = createInterface({ input: process.stdin });
    answers = lines[Symbol.asyncIterator]();
  }
  process.stdout.write(`@${request}\n`);
  const { value, done } = await answers.next();
  if (done) {
    throw new Error(`stdin ended before ${request} was answered`);
  }
  return value;
}

/** An open stdin would keep the script alive. */
export function askNoMore() {
  process.stdin.destroy();
}
