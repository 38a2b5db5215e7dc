// Signing out, or starting over as a guest, while answers are not sent: asked first.

import { ask } from "./dialog.js";
import * as drafts from "./drafts.js";
import * as queue from "./queue.js";
import { discard, flush } from "./send.js";

/** Watch the forms that end this visit. */
export function watch() {
  const words = { "[data-sign-out]": signOut, "[data-start-over]": startOver };
  for (const [selector, wording] of Object.entries(words)) {
    const form = document.querySelector(selector);
    form?.addEventListener("submit", (event) => leave(event, form, wording));
  }
}

async function leave(event, form, wording) {
  event.preventDefault();
  const learner = document.body.dataset.learner;
  if (queue.ownedBy(learner).length) await flush();
  const unsent = queue.ownedBy(learner);
  if (unsent.length && !(await ask(wording(queue.inWords(unsent))))) return;
  // Starting over deletes the guest: what was kept for it could never be sent.
  if (wording === startOver) discard(queue.ownedBy(learner));
  drafts.clear();
  form.submit();
}

function signOut(count) {
  return {
    heading: `Not sent yet: ${count}`,
    text: "What is not sent stays on this device, and is sent when you sign in here again.",
    stay: "Stay signed in",
    go: "Sign out",
  };
}

function startOver(count) {
  return {
    heading: `Not sent yet: ${count}`,
    text: "Starting over deletes what is not sent, as it deletes everything else you did as a guest.",
    stay: "Keep everything",
    go: "Delete and start over",
  };
}
