// Behaviours come first: each waits for htmx:load, which htmx says once for the page and once for each swap.
import './behaviours/puzzle.js';
import './behaviours/passkey.js';
import './behaviours/exchange.js';
import './behaviours/copy.js';
import './behaviours/busy.js';
import './behaviours/print.js';
import './behaviours/tick.js';
import './behaviours/wipe.js';
import './behaviours/shrink.js';
import './behaviours/quick.js';
import './behaviours/trouble.js';
import htmx from 'htmx.org';

// An answer that says what is wrong is the same partial as the form, so it is shown in the form's place.
htmx.config.responseHandling = [
  { code: '204', swap: false },
  { code: '[23]..|402|409|422', swap: true },
  { code: '...', swap: false, error: true },
];
