// data-exchange="0.0275": credits and their price, each following the other as it is typed, to the server's cent.
import { each } from '../each.js';
import { parse, wholeOf, centsFor, creditsFor, write, show } from '../money.js';

each('[data-exchange]', form => {
  const { exchange, exchangeMin, exchangeMax } = form.dataset;
  const rate = Math.round(exchange * 10000);
  const credits = form.querySelector('[data-exchange-credits]');
  const price = form.querySelector('[data-exchange-price]');
  const say = (name, text) => form.querySelectorAll(`[data-exchange-${name}-out]`).forEach(node => { node.textContent = text; });

  const follow = ({ type, target }) => {
    if (target !== credits && target !== price) return;
    const typed = parse(target.value);
    const count = target === credits ? wholeOf(typed) : creditsFor(typed, rate);
    const cents = centsFor(count, rate);
    const wrong = isNaN(count) || count < exchangeMin || count > exchangeMax;

    if (target === credits) price.value = isNaN(count) ? '' : write(cents);
    if (target === price || type === 'change') credits.value = isNaN(count) ? '' : count;
    for (const input of [credits, price]) input.setAttribute('aria-invalid', wrong);
    say('credits', isNaN(count) ? '–' : show(count, 0));
    say('price', isNaN(count) ? '–' : show(cents / 100, 2));
  };
  form.addEventListener('input', follow);
  form.addEventListener('change', follow);
});
