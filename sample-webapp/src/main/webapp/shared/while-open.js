import { ReconnectingSocket } from './reconnecting-socket.js';

/**
 * Enables controls while a socket is open. The focus never stays on one that is disabled, where a
 * keyboard would be lost: it goes to the connection's own buttons.
 *
 * @param {Iterable<HTMLElement>} controls
 * @param {ReconnectingSocket} socket
 * @param {import('./connection-view.js').ConnectionView} connection
 */
export function enableWhileOpen(controls, socket, connection) {
  const show = () => {
    const focused = document.activeElement;
    for (const control of controls) {
      control.disabled = socket.state !== ReconnectingSocket.OPEN;
    }
    if (focused?.disabled) {
      connection.focus();
    }
  };
  socket.addEventListener('state', show);
  show();
}
