/**
 * Keeps a textarea and a Y.Text the same. What a person changed is found by comparing ends; what
 * comes from others moves the selection only as far as the text before it moved.
 */
export function bind(field, text) {
  field.value = text.toString();
  field.addEventListener('input', () => {
    const { start, removed, inserted } = difference(text.toString(), field.value);
    text.doc.transact(() => {
      text.delete(start, removed);
      text.insert(start, inserted);
    }, field);
  });
  text.observe(({ delta, transaction }) => {
    if (transaction.origin === field) {
      return;
    }
    const selection = [field.selectionStart, field.selectionEnd].map((at) => moved(at, delta));
    field.value = text.toString();
    if (document.activeElement === field) {
      field.setSelectionRange(...selection);
    }
  });
}

function difference(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) {
    start += 1;
  }
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) {
    same += 1;
  }
  // Half of a surrogate pair is no character, and is not sent as one.
  if (start > 0 && isHigh(before.charCodeAt(start - 1))) {
    start -= 1;
  }
  if (same > 0 && isLow(before.charCodeAt(before.length - same))) {
    same -= 1;
  }
  return {
    start,
    removed: before.length - same - start,
    inserted: after.slice(start, after.length - same),
  };
}

const isHigh = (unit) => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit) => unit >= 0xdc00 && unit < 0xe000;

/** Where a position is after a change. */
function moved(position, delta) {
  let at = 0;
  let result = position;
  for (const { retain = 0, insert = '', delete: removed = 0 } of delta) {
    if (at > result) {
      break;
    }
    at += retain;
    if (insert && at <= result) {
      result += insert.length;
    }
    if (removed && at < result) {
      result -= Math.min(removed, result - at);
    }
    at += insert.length;
  }
  return result;
}
