// data-puzzle: the device does a little work in place of the question that a person would answer.
// The answer is the smallest n for which SHA-256 of "challenge:n" begins with data-puzzle-bits zero bits.
import { each } from '../each.js';
import { sha256After } from '../sha256.js';

const SLICE = 12;  // milliseconds of work at a time, so that typing stays smooth
const waiting = new Map();  // a form whose puzzle is not solved, and the button that was pressed meanwhile

each('[data-puzzle]', form => {
  const hash = sha256After(`${form.dataset.puzzle}:`);
  const bits = Number(form.dataset.puzzleBits);
  let n = 0;
  waiting.set(form, null);
  ask(form, false);
  const work = () => {
    if (!form.isConnected) return waiting.delete(form);
    try {
      for (const until = performance.now() + SLICE; zeros(hash(`${n}`)) < bits; n++)
        if (performance.now() > until) return setTimeout(work);
      form.querySelector('[data-puzzle-answer]').value = n;
      release(form, true);
    } catch {
      ask(form, true);
      release(form, false);
    }
  };
  work();
});

document.addEventListener('submit', event => {
  const form = event.target;
  if (!waiting.has(form)) return;
  event.preventDefault();
  event.stopPropagation();
  const button = waiting.get(form) || event.submitter || form.querySelector('button');
  waiting.set(form, button);
  button.disabled = true;
  button.setAttribute('aria-busy', true);
}, true);

function ask(form, asked) {
  for (const block of form.querySelectorAll('[data-puzzle-question]')) {
    block.hidden = !asked;
    for (const input of block.querySelectorAll('input')) input.disabled = !asked;
  }
}

function release(form, solved) {
  const button = waiting.get(form);
  waiting.delete(form);
  if (!button) return;
  button.disabled = false;
  button.removeAttribute('aria-busy');
  if (!solved) return;
  if (form.requestSubmit) form.requestSubmit(button);
  else button.click();
}

const zeros = hash => hash[0] ? Math.clz32(hash[0]) : 32 + Math.clz32(hash[1]);
