// Asks the browser's passkeys and security keys. What is asked comes from the program when the person says yes; what is answered goes back to it.
'use strict';

const status = document.getElementById('status');
const yes = document.getElementById('yes');
const no = document.getElementById('no');

const toBase64 = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const toBytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));

async function post(path, body) {
  const answer = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const content = await answer.json();
  if (!answer.ok) {
    throw new Error(content.error);
  }
  return content;
}

async function assertion(challenge, ask) {
  const { response } = await navigator.credentials.get({ publicKey: { challenge: toBytes(challenge), rpId: ask.rpId, userVerification: 'required',
    timeout: ask.timeout, allowCredentials: ask.allow.map(id => ({ type: 'public-key', id: toBytes(id) })) } });
  return { authenticatorData: toBase64(response.authenticatorData), clientDataJSON: toBase64(response.clientDataJSON), signature: toBase64(response.signature) };
}

async function enrolled(ask) {
  const { response } = await navigator.credentials.create({ publicKey: { rp: { id: ask.rpId, name: ask.rpId },
    user: { id: toBytes(ask.userId), name: ask.userName, displayName: ask.userName }, challenge: toBytes(ask.enroll), timeout: ask.timeout,
    pubKeyCredParams: ask.algorithms.map(alg => ({ type: 'public-key', alg })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' } } });
  const publicKey = toBase64(response.getPublicKey());
  const challenged = await post('ask', { publicKey });
  return { publicKey, challenged };
}

async function run() {
  yes.disabled = true;
  status.textContent = 'Waiting for the security key…';
  try {
    let ask = await post('ask', {});
    const answer = {};
    if (ask.enroll) {
      const made = await enrolled(ask);
      answer.publicKey = made.publicKey;
      ask = made.challenged;
    }
    answer.assertions = [];
    for (const challenge of ask.challenges) {
      answer.assertions.push(await assertion(challenge, ask));
      status.textContent = 'Touch the security key again…';
    }
    await post('answer', answer);
    status.textContent = 'Done. You can close this page and go on in the terminal.';
    status.dataset.end = 'done';
    no.disabled = true;
  } catch (error) {
    status.textContent = 'Nothing was approved: ' + error.message;
    status.dataset.end = 'failed';
    yes.disabled = false;
  }
}

yes.addEventListener('click', run);
no.addEventListener('click', async () => {
  yes.disabled = no.disabled = true;
  await post('refuse', {});
  status.textContent = 'Refused. Nothing was approved.';
  status.dataset.end = 'refused';
});
