// Any plain form that posts: the pressed button is busy, and a double tap is one tap.
const AGAIN = 8000;  // milliseconds until a second submit is meant
const busy = new Map();  // a form that was sent, and how to free it

document.addEventListener('submit', event => {
  const { target: form, submitter } = event;
  const method = submitter && submitter.getAttribute('formmethod') || form.getAttribute('method');
  if (event.defaultPrevented || !/^post$/i.test(method)) return;
  if (busy.has(form)) return event.preventDefault();
  if (submitter) submitter.setAttribute('aria-busy', true);
  const timer = setTimeout(() => busy.get(form)(), AGAIN);
  busy.set(form, () => {
    clearTimeout(timer);
    busy.delete(form);
    if (submitter) submitter.removeAttribute('aria-busy');
  });
});

addEventListener('pageshow', () => busy.forEach(free => free()));
