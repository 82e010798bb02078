// Calls start for every element of the page that matches, and later for every one that htmx swaps in.
export function each(selector, start) {
  document.addEventListener('htmx:load', ({ detail: { elt } }) => {
    if (elt.matches(selector)) start(elt);
    elt.querySelectorAll(selector).forEach(start);
  });
}
