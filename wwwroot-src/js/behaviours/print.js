// data-print: a button that prints the page; hidden where there is no script to do it.
import { each } from '../each.js';

each('[data-print]', button => {
  button.hidden = false;
  button.addEventListener('click', () => print());
});
