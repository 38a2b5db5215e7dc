// A message at the field that it is about, tied to it as the server's own pages do.

import { el, icon } from "./dom.js";

const ID = "answer-error";

/**
 * Say that the answer could not be read.
 * @param {HTMLFormElement} form
 * @param {string} message
 */
export function show(form, message) {
  clear(form);
  const target = targetOf(form);
  const text = el("p", { class: "error", id: ID }, icon("alert-triangle"), el("span", {}, message));
  form.querySelector(".question .hint").after(text);
  target.setAttribute("aria-describedby", [...described(target), ID].join(" "));
  if (target.matches("input")) target.setAttribute("aria-invalid", "true");
}

/** Take the message away: the answer has changed. @param {HTMLFormElement} form */
export function clear(form) {
  const text = form.querySelector(`#${ID}`);
  if (!text) return;
  text.remove();
  const target = targetOf(form);
  target.setAttribute("aria-describedby", described(target).filter((id) => id !== ID).join(" "));
  target.removeAttribute("aria-invalid");
}

/** Where to put the focus. @param {HTMLFormElement} form */
export function focus(form) {
  form.querySelector(".question :is(input, select)")?.focus();
}

function targetOf(form) {
  const question = form.querySelector(".question");
  return question.matches("fieldset") ? question : question.querySelector("input");
}

function described(target) {
  return (target.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
}
