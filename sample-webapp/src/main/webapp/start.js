import { element } from './shared/element.js';
import { pages } from './shared/pages.js';

document.querySelector('.cards').append(
  ...pages.map(({ path, title, about }) => {
    const card = element('a', 'card');
    card.href = path;
    card.append(element('h2', '', title), element('p', 'about', about));
    const item = element('li');
    item.append(card);
    return item;
  }),
);
