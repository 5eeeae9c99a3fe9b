/** Every page of the sample, in the order in which they are offered: one line each. */
export const pages = [
  { path: 'laboratory/', title: 'Echo laboratory', short: 'Echo', about: 'Text, binary and large messages there and back, close codes, and a plot of the round trips.' },
  { path: 'rooms/', title: 'Chat', short: 'Chat', about: 'Rooms, who is there, who is typing, and the lines that you missed.' },
  { path: 'talk/', title: 'Socket.IO', short: 'Socket.IO', about: 'The same with an unmodified Socket.IO client: rooms, private lines, receipts, and sessions that are recovered.' },
  { path: 'dashboard/', title: 'Dashboard', short: 'Dashboard', about: 'Figures that change all the time, sent as differences every 100 ms.' },
  { path: 'editor/', title: 'Shared editor', short: 'Editor', about: 'Several people in one text; what was typed offline is merged.' },
  { path: 'notifications/', title: 'Notifications', short: 'Notifications', about: 'An unread count that is the same in every tab, over WebSocket or server-sent events.' },
  { path: 'inspector/', title: 'Inspector', short: 'Inspector', about: 'The frames of a connection as they travel, decoded bit by bit.' },
];
