// Passkeys (W3C Web Authentication): signing in, and adding one. Without this script every other way in stays.
"use strict";

const place = document.querySelector("[data-passkey]");
const RENEWED = 240_000; // milliseconds; a challenge is good for five minutes
let waiting = null; // what waits for the browser's own list beside the field

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function opened(options) {
  const listed = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: listed(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: listed(options.allowCredentials) }),
  };
}

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  const { id, type, authenticatorAttachment } = credential;
  return JSON.stringify({
    id, type, authenticatorAttachment, response, rawId: text(credential.rawId), clientExtensionResults: {},
  });
}

async function posted(address, fields = {}) {
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields) });
  return { ok: answer.ok, ...(await answer.json()) };
}

function say(sentence) {
  const note = place.querySelector("[role=alert]");
  note.textContent = sentence;
  note.hidden = !sentence;
}

async function done(address, fields) {
  const said = await posted(address, fields);
  if (said.to) location.assign(said.to);
  else say(said.wrong ?? place.dataset.unreachable);
}

async function enter(mediation, signal) {
  const publicKey = opened(await posted("/sign-in/passkey/begin"));
  const credential = await navigator.credentials.get({ publicKey, signal, ...(mediation && { mediation }) });
  await done("/sign-in/passkey", { credential: written(credential) });
}

async function add() {
  const options = await posted("/me/passkeys/begin");
  const credential = await navigator.credentials.create({ publicKey: opened(options) });
  const name = place.querySelector("input").value;
  await done("/me/passkeys", { credential: written(credential), challenge: options.challenge, name });
}

function offerBesideTheField() {
  waiting?.abort();
  waiting = new AbortController();
  enter("conditional", waiting.signal).catch((error) => {
    if (error.name !== "AbortError" && error.name !== "NotAllowedError") say("");
  });
}

async function pressed(event) {
  event.preventDefault();
  const button = place.querySelector("button");
  waiting?.abort();
  say("");
  button.disabled = true;
  try {
    await (place.dataset.passkey === "add" ? add() : enter());
  } catch (error) {
    const had = error.name === "InvalidStateError" && place.dataset.had;
    say(had || (error instanceof TypeError ? place.dataset.unreachable : place.dataset.stopped));
  }
  button.disabled = false;
}

if (place && window.PublicKeyCredential) {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", pressed);
  const isOffered = place.dataset.passkey === "enter" && document.querySelector("[autocomplete~=webauthn]");
  if (isOffered && PublicKeyCredential.isConditionalMediationAvailable) {
    PublicKeyCredential.isConditionalMediationAvailable().then((can) => {
      if (!can) return;
      offerBesideTheField();
      setInterval(offerBesideTheField, RENEWED);
    });
  }
}
