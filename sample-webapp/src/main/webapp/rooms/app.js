import { socketUrl } from '../shared/addresses.js';
import { ConnectionView } from '../shared/connection-view.js';
import { element } from '../shared/element.js';
import { EventSocket } from '../shared/event-socket.js';
import { ReconnectingSocket } from '../shared/reconnecting-socket.js';
import { sendOnEnter } from '../shared/text-field.js';
import { RoomView } from './room-view.js';
import { Typists } from './typists.js';

const FIRST_ROOMS = ['lobby', 'garden'];
const TYPING_INTERVAL = 2_000;

const part = (selector) => document.querySelector(selector);
const nickname = part('[name=nickname]');
const text = part('[name=text]');

const rooms = new Map();
let sizes = new Map();
let current;
let self = '';
let typingToldAt = 0;

const events = new EventSocket(() => {
  const name = nickname.value.trim();
  return socketUrl('rooms/socket', name ? { name } : {});
});

function view(name) {
  let made = rooms.get(name);
  if (!made) {
    made = new RoomView(name, part('.log'), new Typists(showTyping));
    rooms.set(name, made);
  }
  return made;
}

/** Enters it for good: after each loss of the connection, what was missed is fetched. */
async function join(room) {
  try {
    await events.request('join', { room: room.name, after: room.lastNumber });
    room.entered(self);
    part('.problem').textContent = '';
  } catch (error) {
    if (error.message !== 'connection lost' && error.message !== 'not connected') {
      part('.problem').textContent = `${room.name}: ${error.message}`;
    }
  }
}

function show(name) {
  current = view(name);
  current.show();
  history.replaceState(null, '', `#${encodeURIComponent(name)}`);
  part('.room-name').textContent = name;
  showRooms();
  showUsers();
  showTyping();
}

function enter(name) {
  const known = rooms.has(name);
  show(name);
  if (!known) {
    join(current);
  }
}

function showRooms() {
  const names = new Set([...FIRST_ROOMS, ...sizes.keys(), ...rooms.keys()]);
  part('.room-list').replaceChildren(
    ...[...names].map((name) => {
      const button = element('button', '', name);
      button.type = 'button';
      const room = rooms.get(name);
      if (room?.unread) {
        button.append(element('span', 'unread', String(room.unread)));
      } else {
        button.append(element('span', 'count', String(sizes.get(name) ?? 0)));
      }
      if (room === current) {
        button.setAttribute('aria-current', 'true');
      }
      button.addEventListener('click', () => enter(name));
      const item = element('li');
      item.append(button);
      return item;
    }),
  );
}

function showUsers() {
  const { users } = current;
  part('.head-count').textContent = users.length === 0 ? '' : `${users.length} here`;
  part('.present').hidden = users.length === 0;
  part('.users').replaceChildren(
    ...users.map((user) => {
      const item = element('li', '', user);
      if (user === self) {
        item.append(element('span', 'self', '(you)'));
      }
      return item;
    }),
  );
}

function showTyping() {
  const names = current?.typists.names ?? [];
  part('.typing').textContent =
    names.length === 0
      ? ''
      : names.length === 1
        ? `${names[0]} is typing…`
        : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are typing…`;
}

function enableControls() {
  const { state } = events.socket;
  nickname.disabled = state !== ReconnectingSocket.IDLE;
  part('.composer button').disabled = state !== ReconnectingSocket.OPEN;
  part('.enter button').disabled = state !== ReconnectingSocket.OPEN;
}

events
  .on('welcome', ({ name }) => {
    self = name;
    // A guest who comes back stays who they were.
    nickname.value = name;
    sessionStorage.setItem('nickname', name);
    rooms.forEach(join);
  })
  .on('rooms', (data) => {
    sizes = new Map(data.rooms.map(({ name, users }) => [name, users]));
    showRooms();
  })
  .on('presence', ({ room, users, joined, left }) => {
    view(room).presence(users, { joined, left, self });
    if (current.name === room) {
      showUsers();
    }
  })
  .on('said', (line) => {
    view(line.room).said(line, { own: line.author === self });
    showRooms();
  })
  .on('typing', ({ room, user }) => view(room).typists.add(user));
events.addEventListener('problem', ({ detail }) => (part('.problem').textContent = detail.message));
events.socket.addEventListener('state', enableControls);
events.socket.addEventListener('close', ({ detail }) => {
  if (detail.opened) {
    rooms.forEach((room) => room.disconnected());
    showUsers();
  }
});

sendOnEnter(part('.composer'), text, (line) => {
  if (events.socket.state !== ReconnectingSocket.OPEN) {
    return false;
  }
  typingToldAt = 0;
  events.request('say', { room: current.name, text: line }).then(
    () => (part('.problem').textContent = ''),
    (error) => current.problem(`Not sent (${error.message}): ${line}`),
  );
  return true;
});
text.addEventListener('input', () => {
  if (text.value !== '' && Date.now() - typingToldAt > TYPING_INTERVAL) {
    typingToldAt = Date.now();
    events.emit('typing', { room: current.name });
  }
});
part('.enter').addEventListener('submit', (event) => {
  event.preventDefault();
  enter(event.target.elements.room.value.trim());
  event.target.reset();
});

nickname.value = sessionStorage.getItem('nickname') ?? '';
new ConnectionView(part('.state'), events.socket);
view(FIRST_ROOMS[0]);
show(decodeURIComponent(location.hash.slice(1)) || FIRST_ROOMS[0]);
enableControls();
// A reload comes back by itself; who comes for the first time says a name first.
if (nickname.value) {
  events.socket.connect();
} else {
  nickname.focus();
}
nickname.addEventListener('keydown', ({ key }) => {
  if (key === 'Enter') {
    events.socket.connect();
  }
});
