// Echo and broadcast by uWebSockets, in native code but for the two lines that answer a message.
// Ends with its standard input.
'use strict';
const { platform, arch, versions } = process;
const [maxMessageBytes, compressed, takeover] = process.argv.slice(2).map(JSON.parse);
// Directly, since the package falls back to JavaScript where its native code does not fit.
const uws = require(
    `@trufflesuite/uws-js-unofficial/binaries/uws_${platform}_${arch}_${versions.modules}.node`);

const settings = {
  compression: takeover ? uws.DEDICATED_COMPRESSOR : compressed ? uws.SHARED_COMPRESSOR : uws.DISABLED,
  idleTimeout: 0,
  maxBackpressure: 256 << 20,
  ...(maxMessageBytes > 0 ? { maxPayloadLength: maxMessageBytes } : {}),
};

const app = uws.App();
app.ws('/echo', {
  ...settings,
  message: (socket, message, binary) => socket.send(message, binary, compressed),
});
app.ws('/broadcast', {
  ...settings,
  open: (socket) => socket.subscribe('all'),
  message: (socket, message, binary) => app.publish('all', message, binary),
});
app.listen('127.0.0.1', 0, (listening) => {
  console.log(`port ${uws.us_socket_local_port(listening)}`);
});
process.stdin.on('end', () => process.exit(0)).resume();
