import { cloneTemplate } from '../shared/element.js';
import { endpoints } from './endpoints.js';
import { Panel } from './panel.js';

const tabList = document.querySelector('.tabs');
const panelList = document.querySelector('.panels');

const tabs = endpoints.map((endpoint) => {
  const panel = new Panel(endpoint, cloneTemplate('panel'));
  panel.root.id = `panel-${endpoint.path}`;
  panel.root.setAttribute('aria-labelledby', `tab-${endpoint.path}`);

  const button = cloneTemplate('tab');
  button.id = `tab-${endpoint.path}`;
  button.setAttribute('aria-controls', panel.root.id);
  button.append(endpoint.title);

  const dot = button.querySelector('.dot');
  panel.socket.addEventListener('state', ({ detail }) => (dot.dataset.state = detail));

  tabList.append(button);
  panelList.append(panel.root);
  return { endpoint, panel, button };
});

function show(path) {
  const chosen = tabs.find(({ endpoint }) => endpoint.path === path) ?? tabs[0];
  for (const { panel, button } of tabs) {
    const selected = button === chosen.button;
    button.setAttribute('aria-selected', String(selected));
    button.tabIndex = selected ? 0 : -1;
    panel.root.hidden = !selected;
  }
  chosen.panel.shown();
  return chosen;
}

function select(tab) {
  history.replaceState(null, '', `#${tab.endpoint.path}`);
  show(tab.endpoint.path);
}

tabs.forEach((tab, index) => {
  tab.button.addEventListener('click', () => select(tab));
  tab.button.addEventListener('keydown', ({ key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (step) {
      const next = tabs.at((index + step) % tabs.length);
      select(next);
      next.button.focus();
    }
  });
});

window.addEventListener('hashchange', () => show(location.hash.slice(1)));

show(location.hash.slice(1));
