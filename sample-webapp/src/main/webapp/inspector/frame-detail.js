import { element } from '../shared/element.js';
import { bytesOf, dump, lengthCode, opcodeName } from './frame-text.js';

/** Shows the header of a frame bit by bit, RFC 6455 section 5.2, and the start of its payload. */
export function showDetail(place, frame) {
  const { fin, reserved, opcode, masked, length, start } = frame;
  const bits = element('dl', 'bits');
  const cell = (name, value, width = '') => {
    const made = element('div', width);
    made.append(element('dt', '', name), element('dd', '', value));
    bits.append(made);
  };
  cell('FIN', Number(fin));
  cell('RSV1', (reserved >> 2) & 1);
  cell('RSV2', (reserved >> 1) & 1);
  cell('RSV3', reserved & 1);
  cell(`opcode ${opcodeName(opcode)}`, opcode.toString(2).padStart(4, '0'), 'four');
  cell('MASK', Number(masked));
  const code = lengthCode(length);
  cell(`length ${code}`, code.toString(2).padStart(7, '0'), 'seven');

  const bytes = bytesOf(start);
  const whole = bytes.length === length;
  const facts = [
    frame.received ? 'From the client' : 'From the server',
    `payload of ${length.toLocaleString()} bytes`,
    reserved & 4 ? 'compressed' : '',
    whole || length === 0 ? '' : `the first ${bytes.length} are shown`,
  ].filter(Boolean);
  const sentence = element('p', 'hint', `${facts.join(', ')}.`);
  place.replaceChildren(bits, sentence, element('pre', 'dump', dump(bytes)));
}
