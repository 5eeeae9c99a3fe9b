import { socketUrl } from '../shared/addresses.js';
import { addressedRoom, addressRoom } from '../shared/addressed-room.js';
import { ConnectionView } from '../shared/connection-view.js';
import { EventSocket, RefusedError } from '../shared/event-socket.js';
import { Nickname } from '../shared/nickname.js';
import { showPeople } from '../shared/people.js';
import { ReconnectingSocket } from '../shared/reconnecting-socket.js';
import { RoomList } from '../shared/room-list.js';
import { sendOnEnter } from '../shared/text-field.js';
import { Typists, typingText } from '../shared/typists.js';
import { enableWhileOpen } from '../shared/while-open.js';
import { Outbox } from './outbox.js';
import { RoomView } from './room-view.js';

const FIRST_ROOMS = ['lobby', 'garden'];
const TYPING_INTERVAL = 2_000;

const part = (selector) => document.querySelector(selector);
const text = part('[name=text]');
const nickname = new Nickname(part('[name=nickname]'), text);

const rooms = new Map();
let sizes = new Map();
let current;
let self = '';
let typingToldAt = 0;

const events = new EventSocket(() => {
  const name = nickname.value;
  return socketUrl('rooms/socket', name ? { name } : {});
});
const outbox = new Outbox(events, (line, why) => view(line.room).givenUp(line, why));
const roomList = new RoomList(part('.room-list'), enter);

function view(name) {
  let made = rooms.get(name);
  if (!made) {
    made = new RoomView(name, part('.log'), new Typists(showTyping));
    rooms.set(name, made);
  }
  return made;
}

function tellProblem(text) {
  part('.problem').textContent = text;
}

/**
 * Enters it for good: after each loss of the connection, what was missed is fetched.
 *
 * @returns {Promise<boolean>} whether the server has let this page in
 */
async function join(name) {
  try {
    await events.request('join', { room: name, seen: rooms.get(name)?.position });
  } catch (error) {
    if (error instanceof RefusedError) {
      tellProblem(`${name}: ${error.message}`);
      outbox.giveUpAll(name, error.message);
      forget(name);
    }
    return false;
  }
  view(name).entered(self);
  outbox.sendAll(name, self);
  return true;
}

/** A room that was only wished for. */
function forget(name) {
  if (rooms.get(name)?.wasJoined === false && name !== FIRST_ROOMS[0]) {
    rooms.delete(name);
    if (current.name === name) {
      show(FIRST_ROOMS[0]);
    } else {
      showRooms();
    }
  }
}

function show(name) {
  current = view(name);
  current.show();
  addressRoom(name);
  part('.room-name').textContent = name;
  showRooms();
  showUsers();
  showTyping();
}

/** Shows a room; a new one when the server has let this page in. */
async function enter(name) {
  tellProblem('');
  if (name === '') {
    tellProblem('A room needs a name.');
  } else if (rooms.has(name) || events.socket.state !== ReconnectingSocket.OPEN) {
    show(name);
  } else if (await join(name)) {
    show(name);
  }
}

function showRooms() {
  const names = new Set([...FIRST_ROOMS, ...sizes.keys(), ...rooms.keys()]);
  roomList.show(
    [...names].map((name) => ({
      name,
      users: sizes.get(name) ?? 0,
      unread: rooms.get(name)?.unread ?? 0,
      isCurrent: name === current.name,
    })),
  );
}

function showUsers() {
  showPeople(current.users, self);
}

function showTyping() {
  part('.typing').textContent = typingText(current?.typists.names ?? []);
}

function said(line) {
  if (line.author === self) {
    outbox.arrived(line.id);
  }
  view(line.room).said(line, { own: line.author === self });
  showRooms();
}

events
  .on('welcome', ({ name }) => {
    self = name;
    nickname.welcomed(name);
    tellProblem('');
    [...rooms.keys()].forEach(join);
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
  .on('said', said)
  .on('joined', ({ room, position, lines }) => {
    lines.forEach(said);
    view(room).position = position;
  })
  .on('lost', ({ room, reason, position, lines }) => {
    view(room).lost(reason);
    lines.forEach(said);
    view(room).position = position;
  })
  .on('typing', ({ room, user }) => view(room).typists.add(user));
events.addEventListener('problem', ({ detail }) => tellProblem(detail.message));
events.socket.addEventListener('close', ({ detail }) => {
  if (detail.opened) {
    rooms.forEach((room) => room.disconnected());
    showUsers();
  }
});

sendOnEnter(part('.composer'), text, (line) => {
  if (events.socket.state !== ReconnectingSocket.OPEN || !current.wasJoined) {
    return false;
  }
  typingToldAt = 0;
  current.pending(outbox.add(current.name, self, line));
  if (current.isJoined) {
    outbox.sendAll(current.name, self);
  }
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

enableWhileOpen(
  document.querySelectorAll(':is(.composer, .enter) button'),
  events.socket,
  new ConnectionView(part('.state'), events.socket),
);
view(FIRST_ROOMS[0]);
show(addressedRoom() || FIRST_ROOMS[0]);
nickname.connects(events.socket);
