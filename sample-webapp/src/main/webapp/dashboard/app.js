import { socketUrl } from '../shared/addresses.js';
import { ConnectionView } from '../shared/connection-view.js';
import { element } from '../shared/element.js';
import { byteSize } from '../shared/format.js';
import { whyLost } from '../shared/lost.js';
import { ReconnectingSocket } from '../shared/reconnecting-socket.js';
import { LivePlot } from './live-plot.js';

const figures = [
  ['viewers', 'Viewers', (value) => value],
  ['heap', 'Heap in use', (value) => `${value.toFixed(1)} MiB`],
  ['threads', 'Threads', (value) => value],
  ['load', 'System load', (value) => value.toFixed(2)],
  ['collections', 'Garbage collections', (value) => value],
  ['uptime', 'Uptime', (value) => `${Math.floor(value / 60)} min ${value % 60} s`],
];

const part = (selector) => document.querySelector(selector);
const plot = new LivePlot(part('.plot-canvas'));
const received = { batches: 0, values: 0, bytes: 0 };
const shown = new Map(
  figures.map(([name, label, format]) => {
    const tile = element('div', 'card tile');
    const value = element('span', 'value', '–');
    value.dataset.figure = name;
    tile.append(value, element('span', 'name', label));
    part('.tiles').append(tile);
    return [name, (number) => (value.textContent = format(number))];
  }),
);
shown.set('rate', (number) => {
  part('.rate').textContent = `${number.toLocaleString()} /s`;
});

/** Of the last batch. */
let position;
/** From the server's clock to this page's: the batch that came soonest knows best. */
let clockOffset = Infinity;
let openedAt = 0;
let missed = 0;

const socket = new ReconnectingSocket(() => socketUrl('dashboard/socket', position ? { seen: position } : {}));
socket.addEventListener('message', ({ detail }) => {
  const { at, data, lost, position: reached } = JSON.parse(detail);
  position = reached;
  clockOffset = Math.min(clockOffset, performance.now() - at);
  const time = at + clockOffset;
  const changes = Object.entries(data);
  changes.forEach(([name, value]) => shown.get(name)?.(value));
  plot.heard(data.rate, time);
  received.batches += 1;
  received.values += changes.length;
  received.bytes += detail.length;
  part('.batches').textContent = received.batches.toLocaleString();
  part('.changed').textContent = received.values.toLocaleString();
  part('.received-bytes').textContent = byteSize(received.bytes);
  if (lost) {
    tell('lost', `Batches are missing: ${whyLost(lost)}`);
  } else if (time < openedAt) {
    missed += 1;
    tell('caught-up', `Back, with ${missed} ${missed === 1 ? 'batch' : 'batches'} from meanwhile.`);
  }
});

/** What came of the last interruption. */
function tell(kind, text) {
  const told = part('.outcome');
  told.className = `outcome ${kind}`;
  told.textContent = text;
}

socket.addEventListener('state', ({ detail: state }) => {
  if (state === ReconnectingSocket.OPEN) {
    openedAt = position ? performance.now() : 0;
    missed = 0;
    tell('', '');
  }
});
function showWhetherLive() {
  const live = socket.state === ReconnectingSocket.OPEN && socket.silentSince === null;
  part('.dashboard').classList.toggle('stale', !live);
}

socket.addEventListener('state', showWhetherLive);
socket.addEventListener('silence', showWhetherLive);
new ConnectionView(part('.state'), socket);
socket.connect();
