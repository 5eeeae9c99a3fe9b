/**
 * The chat server speaks in lines, the first word says what the rest is:
 *
 *     welcome ann          your own name, as the server took it
 *     here bob, carl       who is here already
 *     joined dora
 *     left dora
 *     said bob: hello
 *
 * Names have no colons, so the first one ends the name.
 */
export function parseChatLine(line) {
  const [, verb, rest] = /^(\w+) (.*)$/s.exec(line) ?? [];
  switch (verb) {
    case 'welcome':
      return { kind: 'event', text: `You are ${rest}` };
    case 'here':
      return { kind: 'event', text: `Here: ${rest}` };
    case 'joined':
      return { kind: 'event', text: `${rest} joined` };
    case 'left':
      return { kind: 'event', text: `${rest} left` };
    case 'said': {
      const colon = rest.indexOf(': ');
      return { kind: 'received', author: rest.slice(0, colon), text: rest.slice(colon + 2) };
    }
    default:
      return { kind: 'received', text: line };
  }
}

/**
 * The server makes one line of what it gets; what comes back must be recognised as what was sent.
 */
export function chatText(text) {
  return text.replace(/\s+/g, ' ').trim();
}
