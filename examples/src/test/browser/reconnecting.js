// The server is done, or does not take what this page sends: coming back would not help.
const FINAL = new Set([1000, 1002, 1003, 1007, 1008, 1009, 1010]);

/** Keeps one connection open; `onState` is told `open`, `waiting` or `closed`. */
export function connect(url, { onMessage, onState = () => {} }) {
  let socket;
  let timer;
  let failures = 0;
  let wanted = true;

  function open() {
    socket = new WebSocket(url);
    let steady;
    socket.onopen = () => {
      // A server that lets in and drops at once must not be hammered.
      steady = setTimeout(() => (failures = 0), 5_000);
      onState('open');
    };
    socket.onmessage = ({ data }) => onMessage(data);
    socket.onclose = ({ code }) => {
      clearTimeout(steady);
      if (!wanted || FINAL.has(code)) {
        onState('closed');
        return;
      }
      const delay = Math.min(30_000, 500 * 2 ** failures++);
      timer = setTimeout(open, delay / 2 + (delay / 2) * Math.random());
      onState('waiting');
    };
  }

  open();
  return {
    /** Whether it was handed to an open connection; nothing is kept for a later one. */
    send(data) {
      const isOpen = socket.readyState === WebSocket.OPEN;
      if (isOpen) {
        socket.send(data);
      }
      return isOpen;
    },
    close() {
      wanted = false;
      clearTimeout(timer);
      if (socket.readyState === WebSocket.CLOSED) {
        onState('closed');
      } else {
        socket.close();
      }
    },
  };
}
