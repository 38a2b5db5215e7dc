// A message at the field that it is about, tied to it as the server's own pages do.

import { el, icon } from "./dom.js";

/** The server's own message has an id already. @param {HTMLFormElement} form */
function idOf(form) {
  return form.querySelector(".question .error")?.id ?? `problem-${form.dataset.position}`;
}

/**
 * Say that the answer could not be read.
 * @param {HTMLFormElement} form
 * @param {string} message
 */
export function show(form, message) {
  clear(form);
  const target = targetOf(form);
  const id = idOf(form);
  const text = el("p", { class: "error", id }, icon("alert-triangle"), el("span", {}, message));
  form.querySelector(".question .hint").after(text);
  target.setAttribute("aria-describedby", [...described(target), id].join(" "));
  if (!target.matches("fieldset")) target.setAttribute("aria-invalid", "true");
}

/** Take the message away: the answer has changed. @param {HTMLFormElement} form */
export function clear(form) {
  const text = form.querySelector(".question .error");
  if (!text) return;
  const id = idOf(form);
  text.remove();
  const target = targetOf(form);
  target.setAttribute("aria-describedby", described(target).filter((other) => other !== id).join(" "));
  target.removeAttribute("aria-invalid");
}

/** Where to put the focus. @param {HTMLFormElement} form */
export function focus(form) {
  form.querySelector(".question :is(input, select, textarea)")?.focus();
}

function targetOf(form) {
  const question = form.querySelector(".question");
  return question.matches("fieldset") ? question : question.querySelector("input, select, textarea");
}

function described(target) {
  return (target.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
}
