// data-passkey="create" or "get": a form that asks the device for a passkey and posts what it said.
import { each } from '../each.js';
import { optionsFrom, jsonOf } from '../webauthn.js';

let waiting;  // the autofill ceremony; a browser runs one at a time

each('[data-passkey]', form => {
  if (!window.PublicKeyCredential) return;
  form.querySelectorAll('button[hidden]').forEach(button => { button.hidden = false; });
  form.addEventListener('submit', event => {
    event.preventDefault();
    say(form, '');
    ask(form).catch(error => {
      if (error.name === 'AbortError') return;
      const refused = error.name === 'NotAllowedError' || error.name === 'InvalidStateError';
      say(form, refused ? form.dataset.passkeyRefused : form.dataset.passkeyFailed);
    });
  });
  if ('passkeyAutofill' in form.dataset) autofill(form);
});

async function autofill(form) {
  const { PublicKeyCredential: keys } = window;
  try {
    if (await keys.isConditionalMediationAvailable()) await ask(form, 'conditional');
  } catch {
    // Nobody asked for this, so nobody is told: the button is still there.
  }
}

async function ask(form, mediation) {
  if (waiting) waiting.abort();
  const { signal } = waiting = new AbortController();
  const answer = await fetch(form.dataset.passkeyOptions, {
    method: 'POST', body: new URLSearchParams(new FormData(form)), credentials: 'same-origin', signal,
  });
  if (!answer.ok) throw new Error(answer.status);
  const kind = form.dataset.passkey;
  const credential = await navigator.credentials[kind]({ publicKey: optionsFrom(await answer.json(), kind), mediation, signal });
  form.querySelector('[data-passkey-credential]').value = jsonOf(credential);
  form.submit();
}

function say(form, words) {
  form.querySelector('[role=status]').textContent = words;
}
