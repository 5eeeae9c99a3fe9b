import { socketUrl } from '../shared/addresses.js';
import { ConnectionView } from '../shared/connection-view.js';
import { EventSocket } from '../shared/event-socket.js';
import { ReconnectingSocket } from '../shared/reconnecting-socket.js';
import { sendOnEnter } from '../shared/text-field.js';
import { enableWhileOpen } from '../shared/while-open.js';
import { showDetail } from './frame-detail.js';
import { FrameList } from './frame-list.js';

const part = (selector) => document.querySelector(selector);
const frames = new FrameList(part('.frames'), (frame) => showDetail(part('.detail'), frame));

let key = '';
const inspectedUrl = () => socketUrl('inspector/socket', { 'shown-to': key });
const feed = new EventSocket(() => socketUrl('inspector/socket'));
const inspected = new ReconnectingSocket(inspectedUrl);

feed
  .on('welcome', (data) => {
    key = data.key;
    part('.url').textContent = inspectedUrl();
    // One that is open still shows its frames to the feed that was lost.
    inspected.close();
    inspected.connect();
  })
  .on('opened', ({ connection }) => frames.opened(connection))
  .on('frame', (frame) => frames.add(frame))
  .on('closed', ({ connection }) => frames.closed(connection));

part('.clear').addEventListener('click', () => frames.clear());
part('.binary').addEventListener('click', () =>
  inspected.send(crypto.getRandomValues(new Uint8Array(64))),
);
part('.large').addEventListener('click', () => inspected.send('abcdefghij'.repeat(4_000)));
part('.close').addEventListener('click', () => inspected.close(4000, 'that was all'));
sendOnEnter(part('.composer'), part('[name=text]'), (text) => inspected.send(text));

new ConnectionView(part('.state.feed'), feed.socket);
enableWhileOpen(
  document.querySelectorAll('.needs-connection'),
  inspected,
  new ConnectionView(part('.state.inspected'), inspected),
);
feed.socket.connect();
