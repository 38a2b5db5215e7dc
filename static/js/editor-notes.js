// What is to be mended or looked at, beside its field and in a list at the top.

import { el, icon } from "./dom.js";

/**
 * Show what the server says of the draft as it is now.
 * @param {HTMLFormElement} form
 * @param {[string, string, string, string][]} said the field's id, what it is called, how grave, and the words
 */
export function show(form, said) {
  for (const list of form.querySelectorAll("[data-notes]")) list.replaceChildren();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const [id, , severity, words] of said) {
    const list = id && document.getElementById(`${id}-notes`);
    if (!list) continue;
    if (severity !== "blank") list.closest("details:not([open])")?.setAttribute("open", "");
    const isThere = [...list.children].some((it) => it.textContent === words);
    if (!isThere) list.append(el("li", { class: `is-${severity}` }, ...sign(severity), el("span", {}, words)));
    const field = document.getElementById(id);
    if (severity === "error" && field?.matches("input, textarea, select")) field.setAttribute("aria-invalid", "true");
  }
  showList(form.querySelector("[data-findings]"), said);
}

function showList(place, said) {
  const heading = place.querySelector("h2");
  const blank = said.filter(([, , severity]) => severity === "blank");
  const found = said.filter(([, , severity]) => severity !== "blank");
  heading.textContent = found.length ? "To look at" : blank.length ? "Still blank" : "Nothing to mend";
  const parts = [heading];
  if (found.length) parts.push(el("ul", { class: "findings" }, ...found.map(lineOf)));
  if (found.length && blank.length) parts.push(el("h3", {}, "Still blank"));
  if (blank.length) parts.push(el("ul", { class: "blank-list" }, ...blank.map(([id, label]) => el("li", {}, linkTo(id, label)))));
  if (!said.length) parts.push(el("p", {}, "It can be published as it stands."));
  place.replaceChildren(...parts);
}

function lineOf([id, label, severity, words]) {
  const text = el("span", {}, words);
  if (id) text.prepend(linkTo(id, label || "This question"), ": ");
  return el("li", { class: `is-${severity}` }, ...sign(severity), text);
}

function linkTo(id, label) {
  return id ? el("a", { href: `#${id}` }, label) : label;
}

/** @returns {Node[]} */
function sign(severity) {
  if (severity === "blank") return [];
  return [icon(severity === "info" ? "info" : "alert-triangle")];
}
