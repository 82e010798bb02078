// data-wipe: a range that slides the second of two pictures over the first. Without it they hang side by side.
import { each } from '../each.js';

each('[data-wipe]', range => {
  const pair = range.closest('.look').querySelector('.compare');
  const slide = () => pair.style.setProperty('--at', `${range.value}%`);
  pair.classList.add('compare--wipe');
  range.parentNode.hidden = false;
  range.addEventListener('input', slide);
  slide();
});
