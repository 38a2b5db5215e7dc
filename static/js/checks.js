// Self-checks and the summary: sent without leaving the place where one reads, and never lost before that.

import { tellTimes } from "./clock.js";
import { el, icon } from "./dom.js";
import * as drafts from "./drafts.js";
import { pairs } from "./fields.js";
import { watchOrder } from "./order.js";
import { postPatiently } from "./request.js";
import { watchWords } from "./words.js";

/** Make the forms below `root` work. @param {ParentNode} [root] */
export function watchForms(root = document) {
  for (const form of root.querySelectorAll("form[data-check]")) {
    drafts.restore(form);
    watchOrder(form);
    watchWords(form);
    form.addEventListener("input", () => drafts.keep(form));
    form.addEventListener("change", () => drafts.keep(form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer(form);
    });
  }
}

/** The part of the page that a reply replaces. */
function placeOf(form) {
  return form.closest("[id^=check-], #summary");
}

async function answer(form) {
  if (form.dataset.busy) return; // the second click of a double click
  form.dataset.busy = "yes";
  try {
    const reply = await postPatiently(form.getAttribute("action"), pairs(form));
    const found = new DOMParser().parseFromString(await reply.text(), "text/html");
    show(form, reply.ok, found);
  } catch {
    tellUnsent(form, "the server does not answer");
  } finally {
    delete form.dataset.busy;
  }
}

/** @param {Document} found the page that the server answered with */
function show(form, isTaken, found) {
  const fresh = found.getElementById(placeOf(form).id);
  if (isTaken) drafts.forget(form);
  if (!fresh) tellUnsent(form, found.querySelector("h1")?.textContent ?? "the server answered with something else");
  else if (found.body.dataset.learner === document.body.dataset.learner) replace(form, fresh, found);
  else {
    // This has made a guest of somebody: all of the page is another. The address is the same but for what
    // follows the #, which alone would load nothing.
    history.replaceState(null, "", `#${placeOf(form).id}`);
    location.reload();
  }
}

function replace(form, fresh, found) {
  const place = placeOf(form);
  place.replaceWith(fresh);
  const token = found.querySelector("input[name=csrf_token]")?.value;
  for (const field of token ? document.querySelectorAll("input[name=csrf_token]") : []) field.value = token;
  tellTimes(fresh);
  watchForms(fresh);
  const target = fresh.querySelector("[aria-invalid], .error") ?? fresh.querySelector("h2, h3");
  if (!target.matches("input, textarea")) target.setAttribute("tabindex", "-1");
  target.focus();
}

function tellUnsent(form, why) {
  form.querySelector("[data-said]")?.remove();
  const words = `Not sent: ${why}. What you gave is kept here; try again in a moment.`;
  const box = el("p", { class: "error", role: "alert", "data-said": true }, icon("alert-triangle"), el("span", {}, words));
  form.querySelector("[type=submit]").before(box);
}
