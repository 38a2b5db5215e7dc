// What was typed into a lesson and not sent: kept in this tab, so that a reload loses nothing.

import { fill, pairs, written } from "./fields.js";

const PREFIX = "offramp:draft:";

function keyOf(form) {
  return PREFIX + form.getAttribute("action");
}

/** Keep what the form holds. @param {HTMLFormElement} form */
export function keep(form) {
  try {
    const learner = document.body.dataset.learner ?? "";
    sessionStorage.setItem(keyOf(form), JSON.stringify({ learner, fields: pairs(form) }));
  } catch {
    // forbidden or full: the page itself still holds it
  }
}

/** Put back what was kept, unless it is somebody else's. @param {HTMLFormElement} form */
export function restore(form) {
  if (JSON.stringify(pairs(form)) !== JSON.stringify(written(form))) return; // typed before the script came
  try {
    const had = JSON.parse(sessionStorage.getItem(keyOf(form)));
    // What was typed before anybody was known belongs to the guest that it made.
    if (had && (!had.learner || had.learner === document.body.dataset.learner)) fill(form, had.fields);
  } catch {
    // nothing kept
  }
}

/** Forget what was kept of a form. @param {HTMLFormElement} form */
export function forget(form) {
  try {
    sessionStorage.removeItem(keyOf(form));
  } catch {
    // nothing kept
  }
}

/** Forget all: somebody else may sit down at this tab. */
export function clear() {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // nothing kept
  }
}
