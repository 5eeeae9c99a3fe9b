const closeNames = new Map([
  [1000, 'normal'],
  [1001, 'going away'],
  [1002, 'protocol error'],
  [1003, 'unsupported data'],
  [1005, 'no code given'],
  [1006, 'connection lost'],
  [1007, 'invalid text'],
  [1008, 'policy violation'],
  [1009, 'message too big'],
  [1010, 'extension missing'],
  [1011, 'server error'],
  [1012, 'service restart'],
  [1013, 'try again later'],
  [1014, 'bad gateway'],
]);

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

export const timeOfDay = (date) => clock.format(date);

export const milliseconds = (ms) => `${ms < 100 ? ms.toFixed(1) : Math.round(ms)} ms`;

export function byteSize(bytes) {
  const [unit, name] =
    bytes >= 2 ** 20 ? [2 ** 20, 'MiB'] : bytes >= 2 ** 10 ? [2 ** 10, 'KiB'] : [1, 'bytes'];
  return `${Number((bytes / unit).toFixed(1))} ${name}`;
}

export function closeText({ code, reason, wasClean }) {
  const name = closeNames.has(code) ? ` ${closeNames.get(code)}` : '';
  return `${code}${name}${reason ? ` “${reason}”` : ''}, ${wasClean ? 'clean' : 'not clean'}`;
}
