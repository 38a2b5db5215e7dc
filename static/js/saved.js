// The line that says whether a question's answer is saved. It is always in sight and always true.
// Where all questions stand on one page, each has its own line; each function is told the question's form.

import { timeOf } from "./clock.js";

const NOT_KEPT = {
  full: "Not kept: this browser's storage is full. Keep this page open.",
  forbidden: "Not kept: this browser does not allow it. Keep this page open.",
};

/** What a line said before “Saving…”. @type {WeakMap<Element, [string, ...(Node|string)[]]>} */
const before = new WeakMap();

/** The line of a question. @param {HTMLFormElement} form */
export function lineOf(form) {
  return (form.closest("[data-slot]") ?? document).querySelector("[data-saved]");
}

/** @param {Element} line @param {string} state "", saved, saving, unsent or error @param {...(Node|string)} words */
function show(line, state, ...words) {
  const text = line.querySelector("[data-saved-text]");
  const isFirst = line.dataset.state !== "saving";
  if (state === "saving" && isFirst) before.set(line, [line.dataset.state, ...text.cloneNode(true).childNodes]);
  if (text.textContent !== words.map((word) => word.textContent ?? word).join("")) text.replaceChildren(...words);
  line.dataset.state = state;
}

/** The change was taken back: what was true before is true again. */
export function asBefore(form) {
  const line = lineOf(form);
  if (line.dataset.state === "saving") show(line, ...before.get(line));
}

/** Nothing was given yet. */
export function blank(form) {
  show(lineOf(form), "", "Not answered yet");
}

/** Something was given that the server does not have yet. */
export function saving(form) {
  show(lineOf(form), "saving", "Saving…");
}

/** The server has how sure the learner is, of an answer that is still to come. */
export function sureAlone(form) {
  show(lineOf(form), "", "Not answered yet; how sure you are is saved");
}

/**
 * The server has it.
 * @param {HTMLFormElement} form
 * @param {string} at ISO
 * @param {boolean} isAnswered false when what it has is that the answer was taken out
 */
export function saved(form, at, isAnswered) {
  show(lineOf(form), "saved", isAnswered ? "Saved " : "Answer taken out ", timeOf(at));
}

/** The server has it, and there is more to say. @param {HTMLFormElement} form @param {string} message */
export function savedBut(form, message) {
  show(lineOf(form), "saved", message);
}

/**
 * The server does not have it.
 * @param {HTMLFormElement} form
 * @param {""|"full"|"forbidden"} trouble why this device does not have it either
 */
export function unsent(form, trouble = "") {
  if (trouble) show(lineOf(form), "error", NOT_KEPT[trouble]);
  else show(lineOf(form), "unsent", "Not sent yet, kept on this device");
}

/** The server will not have it. @param {HTMLFormElement} form @param {string} message */
export function refused(form, message) {
  show(lineOf(form), "error", message);
}
