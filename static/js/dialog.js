// A question that must be answered before something is lost, in the browser's own dialog.

import { el } from "./dom.js";

/**
 * Ask; Escape and the first button mean no.
 * @param {{heading: string, text: string, stay: string, go: string}} words
 * @returns {Promise<boolean>} whether to go on
 */
export function ask({ heading, text, stay, go }) {
  const stayButton = el("button", { type: "submit", class: "btn", value: "stay", autofocus: true }, stay);
  const goButton = el("button", { type: "submit", class: "btn btn-danger", value: "go" }, go);
  const dialog = el(
    "dialog",
    { class: "dialog", "aria-labelledby": "dialog-heading", "aria-describedby": "dialog-text" },
    el("h2", { id: "dialog-heading" }, heading),
    el("p", { id: "dialog-text" }, text),
    el("form", { method: "dialog", class: "row" }, stayButton, goButton),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "go");
    });
  });
}
