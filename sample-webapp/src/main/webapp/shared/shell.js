// What all pages have around their own content: the masthead and the way to the other pages.

import { root } from './addresses.js';
import { element } from './element.js';
import { pages } from './pages.js';

function link(page) {
  const made = element('a', '', page.short);
  made.href = new URL(page.path, root);
  if (location.pathname === made.pathname || location.pathname === `${made.pathname}index.html`) {
    made.setAttribute('aria-current', 'page');
  }
  return made;
}

function home() {
  const made = element('a', 'home');
  made.href = root;
  const logo = element('img', 'logo');
  logo.src = new URL('shared/favicon.svg', root);
  logo.alt = '';
  logo.width = 36;
  logo.height = 36;
  made.append(logo, element('span', '', 'Upgrade Handler'));
  return made;
}

const masthead = element('header', 'masthead');
const navigation = element('nav', 'pages');
navigation.setAttribute('aria-label', 'Pages');
navigation.append(...pages.map(link));
masthead.append(home(), navigation);
document.body.prepend(masthead);
// On a phone the row of links is wider than the screen, all the more when that is turned.
new ResizeObserver(() =>
  navigation
    .querySelector('[aria-current]')
    ?.scrollIntoView({ block: 'nearest', inline: 'center', behavior: 'instant' }),
).observe(navigation);
