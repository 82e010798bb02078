// data-trouble: shown while what htmx sends does not arrive, or is answered with a fault.
const show = is => document.querySelectorAll('[data-trouble]').forEach(node => { node.hidden = !is; });

for (const fault of ['sendError', 'responseError', 'timeout']) document.addEventListener(`htmx:${fault}`, () => show(true));
document.addEventListener('htmx:beforeSwap', () => show(false));
