// Requests to our own server: a limit of time, the form token, and who is signed in by now.

const PATIENCE = 12000;

/** Who is signed in, as far as this page knows: the page's learner until the server says otherwise. */
export const who = { learner: document.body.dataset.learner ?? "" };

/**
 * fetch, given up after some seconds. Throws when the server cannot be reached.
 * @param {string} url
 * @param {RequestInit} [options]
 * @param {number} [patience] ms
 */
export async function ask(url, options = {}, patience = PATIENCE) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), patience);
  try {
    return await fetch(url, { credentials: "same-origin", signal: control.signal, ...options });
  } finally {
    clearTimeout(timer);
  }
}

/** The form token that this page came with. */
export function pageToken() {
  return document.querySelector("input[name=csrf_token]")?.value ?? "";
}

/**
 * A fresh form token; `who` is brought up to date. Throws when the server does not answer.
 * @returns {Promise<string>}
 */
export async function freshToken() {
  const reply = await ask(document.body.dataset.formToken, { headers: { Accept: "application/json" } });
  if (!reply.ok) throw new Error(`no form token: ${reply.status}`);
  const { token, learner } = await reply.json();
  who.learner = learner ?? "";
  if (isStillMine()) {
    // Buttons that submit without a script must not fail where scripts do not.
    for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
  }
  return token;
}

/** Whether the person signed in is the one for whom this page was made. */
export function isStillMine() {
  return who.learner === (document.body.dataset.learner ?? "");
}

/**
 * POST fields with a form token.
 * @param {string} url
 * @param {[string, string][]} fields
 * @param {RequestInit & {token?: string}} [options]
 */
export function post(url, fields, { token = pageToken(), ...options } = {}) {
  return ask(url, { method: "POST", body: new URLSearchParams([...fields, ["csrf_token", token]]), ...options });
}

/**
 * POST as `post` does; when the page's token is out of date, once more with a fresh one, if the same person is
 * signed in. What was given before anybody was known goes to whoever has become known since.
 * @param {string} url
 * @param {[string, string][]} fields
 * @param {RequestInit} [options]
 */
export async function postPatiently(url, fields, options = {}) {
  const reply = await post(url, fields, options);
  if (reply.status !== 400) return reply;
  const token = await freshToken();
  return isStillMine() || !document.body.dataset.learner ? post(url, fields, { ...options, token }) : reply;
}
