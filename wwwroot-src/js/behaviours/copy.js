// data-copy=".selector": copies the text of that element and says so, in the button's own words from data-copied.
import { each } from '../each.js';

const SAID = 4000;  // milliseconds before the button says again what it does

each('[data-copy]', button => {
  button.hidden = !navigator.clipboard;
  button.setAttribute('aria-live', 'polite');
  button.addEventListener('click', async () => {
    const { copy, copied } = button.dataset;
    const from = document.querySelector(copy);
    await navigator.clipboard.writeText(from.value || from.textContent.trim());
    if (button.textContent === copied) return;
    const before = [...button.childNodes];
    button.replaceChildren(copied);
    setTimeout(() => button.replaceChildren(...before), SAID);
  });
});
