// An image for a text: chosen, described, stored, and put in where one was writing.

import { el, icon } from "./dom.js";
import { ask, freshToken, isStillMine, pageToken } from "./request.js";

// A photograph over a school's line takes its time.
const PATIENCE = 120000;

/** Give each text that may show images a button. @param {HTMLFormElement} form */
export function watchImages(form) {
  form.querySelector(".edit-foot a")?.setAttribute("hidden", "");
  if (form.dataset.hasImages) return;
  form.dataset.hasImages = "yes";
  // One button, which is where the focus is: thirty of them would be in everybody's way.
  const button = el("button", { type: "button", class: "btn btn-quiet btn-small edit-image", hidden: true }, "Add an image");
  form.addEventListener("focusin", ({ target }) => {
    if (target === button || target.closest?.("dialog")) return;
    button.hidden = !target.matches("textarea[data-image]");
    if (!button.hidden) target.after(button);
  });
  button.addEventListener("click", () => openDialog(form, button.previousElementSibling));
}

/** @param {HTMLTextAreaElement} text */
function openDialog(form, text) {
  const file = el("input", { class: "input", type: "file", id: "image-file", accept: "image/png,image/jpeg,image/gif,image/webp" });
  const alt = el("input", { class: "input", type: "text", id: "image-alt", maxlength: "300" });
  const problem = el("div", { role: "alert" });
  const store = el("button", { type: "submit", class: "btn" }, "Put it in");
  const cancel = el("button", { type: "button", class: "btn btn-quiet" }, "Cancel");
  const inner = el("form", { class: "image-form", novalidate: true },
    el("div", { class: "field" }, el("label", { for: "image-file" }, "Image: PNG, JPEG, GIF or WebP"), file),
    el("div", { class: "field" }, el("label", { for: "image-alt" }, "What it shows, for those who do not see it"), alt),
    problem, el("p", { class: "row" }, store, cancel));
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": "image-heading" }, el("h2", { id: "image-heading" }, "Add an image"), inner);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    text.focus();
  });
  cancel.addEventListener("click", () => dialog.close());
  inner.addEventListener("submit", async (event) => {
    event.preventDefault();
    const reply = await send(form.dataset.imagePost, file.files[0], alt.value);
    if (reply.markdown) {
      insert(text, reply.markdown);
      dialog.close();
      return;
    }
    problem.replaceChildren(el("p", { class: "error" }, icon("alert-triangle"), el("span", {}, reply.message)));
    (reply.where === "alt" ? alt : file).focus();
  });
  dialog.showModal();
}

/** @returns {Promise<{markdown?: string, message?: string, where?: string}>} */
async function send(url, file, alt) {
  const body = new FormData();
  if (file) body.append("file", file);
  body.append("alt", alt);
  try {
    let reply = await post(url, body, pageToken());
    if (reply.status === 400 && (await freshToken()) && isStillMine()) reply = await post(url, body, pageToken());
    if (reply.status === 413) return { message: "This file is larger than this server takes. Make it smaller.", where: "file" };
    return await reply.json();
  } catch {
    return { message: "The server does not answer. Nothing was stored; try again in a moment." };
  }
}

function post(url, body, token) {
  body.set("csrf_token", token);
  return ask(url, { method: "POST", body, headers: { Accept: "application/json" } }, PATIENCE);
}

/** @param {HTMLTextAreaElement} text */
function insert(text, markdown) {
  const space = /\S$/.test(text.value.slice(0, text.selectionStart)) ? " " : "";
  text.setRangeText(space + markdown, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.dispatchEvent(new Event("change", { bubbles: true }));
}
