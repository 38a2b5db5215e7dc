// The line that says whether the answer on this page is saved. It is always in sight and always true.

import { timeOf } from "./clock.js";

const NOT_KEPT = {
  full: "Not kept: this browser's storage is full. Keep this page open.",
  forbidden: "Not kept: this browser does not allow it. Keep this page open.",
};

/** What the line said before “Saving…”. @type {[string, ...(Node|string)[]]} */
let before = [""];

/** @param {string} state "", saved, saving, unsent or error @param {...(Node|string)} words */
function show(state, ...words) {
  const line = document.querySelector("[data-saved]");
  const text = line.querySelector("[data-saved-text]");
  const isFirst = line.dataset.state !== "saving";
  if (state === "saving" && isFirst) before = [line.dataset.state, ...text.cloneNode(true).childNodes];
  if (text.textContent !== words.map((word) => word.textContent ?? word).join("")) text.replaceChildren(...words);
  line.dataset.state = state;
}

/** The change was taken back: what was true before is true again. */
export function asBefore() {
  if (document.querySelector("[data-saved]").dataset.state === "saving") show(...before);
}

/** Nothing was given yet. */
export function blank() {
  show("", "Not answered yet");
}

/** Something was given that the server does not have yet. */
export function saving() {
  show("saving", "Saving…");
}

/**
 * The server has it.
 * @param {string} at ISO
 * @param {boolean} isAnswered false when what it has is that the answer was taken out
 */
export function saved(at, isAnswered) {
  show("saved", isAnswered ? "Saved " : "Answer taken out ", timeOf(at));
}

/** The server has it, and there is more to say. @param {string} message */
export function savedBut(message) {
  show("saved", message);
}

/**
 * The server does not have it.
 * @param {""|"full"|"forbidden"} trouble why this device does not have it either
 */
export function unsent(trouble = "") {
  if (trouble) show("error", NOT_KEPT[trouble]);
  else show("unsent", "Not sent yet, kept on this device");
}

/** The server will not have it. @param {string} message */
export function refused(message) {
  show("error", message);
}
