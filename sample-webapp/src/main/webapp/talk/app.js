/* global io */

import { root } from '../shared/addresses.js';
import { addressedRoom, addressRoom } from '../shared/addressed-room.js';
import { ConnectionView } from '../shared/connection-view.js';
import { newId } from '../shared/new-id.js';
import { Nickname } from '../shared/nickname.js';
import { showPeople } from '../shared/people.js';
import { ReconnectingSocket } from '../shared/reconnecting-socket.js';
import { RoomList } from '../shared/room-list.js';
import { sendOnEnter } from '../shared/text-field.js';
import { Typists, typingText } from '../shared/typists.js';
import { enableWhileOpen } from '../shared/while-open.js';
import { Receivers } from './receivers.js';
import { SocketIoConnection } from './socket-io-connection.js';
import { TalkRoom } from './talk-room.js';

const FIRST_ROOMS = ['lobby', 'garden'];
const TYPING_INTERVAL = 2_000;
/** Long enough to say something in another window. */
const AWAY = 5_000;

const part = (selector) => document.querySelector(selector);
const transports = part('[name=transports]');
const receivers = new Receivers(part('[name=to]'));
const text = part('[name=text]');
const nickname = new Nickname(part('[name=nickname]'), text);

const rooms = new Map();
let present = {};
let current;
let self = '';
let typingToldAt = 0;

const socket = io({
  path: new URL('socket.io/', root).pathname,
  autoConnect: false,
  // An event is sent until it is acknowledged, on one connection after the other.
  retries: 10,
  ackTimeout: 5_000,
  auth: (give) =>
    give({
      name: nickname.value,
      rooms: [...rooms.keys()],
    }),
});
const connection = new SocketIoConnection(socket, () => transports.value.split(','));
const roomList = new RoomList(part('.room-list'), enter);

function view(name) {
  let made = rooms.get(name);
  if (!made) {
    made = new TalkRoom(name, part('.log'), new Typists(showTyping));
    rooms.set(name, made);
  }
  return made;
}

function tellProblem(why) {
  part('.problem').textContent = why;
}

/** @returns the server's answer; `problem` says why it does not do it, or has not in time */
async function request(event, ...args) {
  try {
    return await socket.emitWithAck(event, ...args);
  } catch {
    return { problem: 'the server does not answer' };
  }
}

/** The page asks for the room with each new session as well. */
function enter(name) {
  tellProblem('');
  if (name === '') {
    tellProblem('A room needs a name.');
  } else if (rooms.has(name) || !socket.connected) {
    show(name);
  } else {
    join(name);
  }
}

async function join(name) {
  const { problem } = await request('join', name);
  if (problem) {
    refused(name, problem);
  } else {
    show(name);
  }
}

function refused(name, problem) {
  tellProblem(`${name}: ${problem}`);
  rooms.delete(name);
  if (current.name === name) {
    show(FIRST_ROOMS[0]);
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

function showRooms() {
  const names = new Set([...FIRST_ROOMS, ...Object.keys(present), ...rooms.keys()]);
  roomList.show(
    [...names].map((name) => ({
      name,
      users: present[name]?.length ?? 0,
      unread: rooms.get(name)?.unread ?? 0,
      isCurrent: name === current.name,
    })),
  );
}

function showUsers() {
  showPeople(current.users, self);
  receivers.show(Object.values(present).flat().filter((user) => user !== self));
}

function showTyping() {
  part('.typing').textContent = typingText(current?.typists.names ?? []);
}

function showTransport() {
  part('.transport').textContent = socket.io.engine?.transport.name ?? '–';
}

/** A line for this page, which the server tells its author of. */
function said(room, line, addressee) {
  // What comes before the client says that it is connected is what it has missed.
  const isMissed = connection.state !== ReconnectingSocket.OPEN;
  if (showLine(room, line, { missed: isMissed, to: addressee }) && line.author !== self) {
    request('got', { author: line.author, id: line.id });
  }
}

/** @returns whether it is new here */
function showLine(room, line, how = {}) {
  const isNew = room.said(line, { own: line.author === self, ...how });
  showRooms();
  return isNew;
}

async function send(room, line) {
  room.pending(line);
  const answer = await (line.to
    ? request('whisper', line)
    : request('say', { room: room.name, id: line.id, text: line.text }));
  if (answer.problem) {
    room.refused(line.id, line.text, answer.problem);
  } else {
    room.accepted(line.id, answer.at);
  }
}

socket.on('connect', () => {
  showTransport();
  socket.io.engine.on('upgrade', showTransport);
  const missed = [...rooms.values()].reduce((sum, room) => sum + room.missed, 0);
  part('.recovered').textContent = socket.recovered ? 'recovered' : 'new';
  part('.missed').textContent = socket.recovered ? missed : '–';
  rooms.forEach((room) => room.isBack(socket.recovered));
});
socket.on('welcome', ({ name, pingInterval }) => {
  connection.pingInterval = pingInterval;
  self = name;
  nickname.welcomed(name);
  tellProblem('');
});
socket.on('present', (everywhere) => {
  present = everywhere;
  rooms.forEach((room) => room.present(present[room.name] ?? [], self));
  showRooms();
  showUsers();
});
socket.on('joined', ({ room: name, lines }) => {
  const room = view(name);
  if (!room.wasJoined) {
    room.wasJoined = true;
    room.tell(`You are ${self}`);
  }
  lines.forEach((line) => showLine(room, line));
});
socket.on('said', ({ room, line }) => said(view(room), line));
socket.on('whispered', ({ to: addressee, line }) => said(current, line, addressee));
socket.on('got', ({ id, by }) => [...rooms.values()].some((room) => room.received(id, by)));
socket.on('typing', (room, user) => view(room).typists.add(user));
socket.on('refused', refused);
socket.on('connect_error', ({ message }) => {
  // Else the client tries again.
  if (!socket.active) {
    tellProblem(message);
  }
});

connection.addEventListener('state', ({ detail: state }) => {
  transports.disabled = state !== ReconnectingSocket.IDLE;
});
connection.addEventListener('close', () => {
  showTransport();
  rooms.forEach((room) => room.disconnected());
  showUsers();
});

sendOnEnter(part('.composer'), text, (words) => {
  if (!socket.connected || !current.wasJoined) {
    return false;
  }
  typingToldAt = 0;
  send(current, { id: newId(), text: words, to: receivers.chosen });
  return true;
});
text.addEventListener('input', () => {
  if (text.value !== '' && receivers.chosen === '' && Date.now() - typingToldAt > TYPING_INTERVAL) {
    typingToldAt = Date.now();
    socket.volatile.emit('typing', current.name);
  }
});
part('.enter').addEventListener('submit', (event) => {
  event.preventDefault();
  enter(event.target.elements.room.value.trim());
  event.target.reset();
});
part('.break').addEventListener('click', () => connection.break(AWAY));

enableWhileOpen(
  document.querySelectorAll(':is(.composer, .enter) button, .break'),
  connection,
  new ConnectionView(part('.state'), connection),
);
view(FIRST_ROOMS[0]);
show(addressedRoom() || FIRST_ROOMS[0]);
nickname.connects(connection);
