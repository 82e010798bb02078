// WebAuthn's JSON form, there and back, also for browsers that do not bring the conversions themselves.
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const known = list => (list || []).map(item => ({ ...item, id: bytes(item.id) }));

// kind is 'create' or 'get'
export function optionsFrom(json, kind) {
  const native = PublicKeyCredential[kind === 'create' ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON'];
  if (native) return native.call(PublicKeyCredential, json);
  const options = { ...json, challenge: bytes(json.challenge) };
  if (json.user) options.user = { ...json.user, id: bytes(json.user.id) };
  if (json.excludeCredentials) options.excludeCredentials = known(json.excludeCredentials);
  if (json.allowCredentials) options.allowCredentials = known(json.allowCredentials);
  return options;
}

export function jsonOf(credential) {
  try {
    return JSON.stringify(credential.toJSON());
  } catch {  // an older browser, or a password manager's stand-in for the credential
    const response = {};
    for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'])
      if (credential.response[name]) response[name] = text(credential.response[name]);
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    });
  }
}
