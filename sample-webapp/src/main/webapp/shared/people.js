import { element } from './element.js';

/**
 * Shows who is in the room that the page shows.
 *
 * @param {string[]} users
 * @param {string} self the own name
 */
export function showPeople(users, self) {
  document.querySelector('.head-count').textContent =
    users.length === 0 ? '' : `${users.length} here`;
  document.querySelector('.present').hidden = users.length === 0;
  document.querySelector('.users').replaceChildren(
    ...users.map((user) => {
      const item = element('li', '', user);
      if (user === self) {
        item.append(element('span', 'self', '(you)'));
      }
      return item;
    }),
  );
}
