// data-tick="26": seconds that were 26 when the page came, in a text or a progress bar, counted on between two answers.
import { each } from '../each.js';

each('[data-tick]', node => {
  const began = Date.now() - node.dataset.tick * 1000;
  const timer = setInterval(() => {
    if (!node.isConnected) return clearInterval(timer);
    const seconds = Math.floor((Date.now() - began) / 1000);
    if (node.max) node.value = Math.min(seconds, node.max);
    else node.textContent = seconds;
  }, 1000);
});
