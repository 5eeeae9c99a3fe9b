const opcodes = new Map([
  [0x0, 'continuation'],
  [0x1, 'text'],
  [0x2, 'binary'],
  [0x8, 'close'],
  [0x9, 'ping'],
  [0xa, 'pong'],
]);

/** A row holds no more on any screen. */
const LONGEST_PREVIEW = 200;

export const opcodeName = (opcode) => opcodes.get(opcode) ?? `opcode ${opcode}`;

export function bytesOf(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function flagsOf({ fin, reserved, masked }) {
  return [
    fin && 'FIN',
    reserved & 4 && 'RSV1',
    reserved & 2 && 'RSV2',
    reserved & 1 && 'RSV3',
    masked && 'MASK',
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * What a reader would like to know of a payload, in a line: a close code and its reason, text if it
 * is text, else digits.
 *
 * @param inflation of the end that has sent it
 */
export async function previewOf(frame, inflation) {
  const bytes = await readable(frame, inflation);
  if (frame.opcode === 0x8 && bytes.length >= 2) {
    return `${(bytes[0] << 8) | bytes[1]} ${textOf(bytes.subarray(2))}`.trim();
  }
  if (frame.opcode === 0x2) {
    return hexOf(bytes);
  }
  const text = textOf(bytes);
  return /^[\P{C}\s]*$/u.test(text) ? text : hexOf(bytes);
}

/** A code point may be cut off where what is shown ends. */
const textOf = (bytes) => new TextDecoder().decode(bytes).replace(/\uFFFD$/, '…');

/** The start of the payload, inflated where all of a compressed message is there. */
async function readable({ fin, reserved, length, start }, inflation) {
  const bytes = bytesOf(start);
  if (!(reserved & 4)) {
    return bytes;
  }
  if (!fin || bytes.length < length) {
    inflation.miss();
    return bytes;
  }
  const message = await inflation.inflate(bytes);
  return message?.subarray(0, LONGEST_PREVIEW) ?? bytes;
}

const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');

/** Rows of hexadecimal digits with the characters beside them. */
export function dump(bytes) {
  const rows = [];
  for (let offset = 0; offset < bytes.length; offset += 8) {
    const row = bytes.subarray(offset, offset + 8);
    const characters = [...row]
      .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
      .join('');
    rows.push(`${hexOf(row).padEnd(23)}  ${characters}`);
  }
  return rows.join('\n');
}

/** The second byte's seven bits: the length, or where it stands. */
export function lengthCode(length) {
  return length < 126 ? length : length <= 0xffff ? 126 : 127;
}
