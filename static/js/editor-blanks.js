// A cloze: the words that are selected become a blank.

import { el } from "./dom.js";

/** @param {HTMLFormElement} form */
export function watchBlanks(form) {
  const text = form.querySelector('[data-rows="blanks"]') && document.getElementById("f-text");
  if (!text || form.querySelector("[data-make-blank]")) return;
  const said = el("span", { class: "hint", role: "status" });
  const look = { type: "button", class: "btn btn-quiet btn-small", "data-make-blank": true };
  const button = el("button", look, "Make a blank of the selected words");
  button.addEventListener("click", () => (said.textContent = makeBlank(text)));
  text.after(el("p", { class: "edit-beside" }, button, said));
}

/** Put the selected words between braces; what is wrong if there are none. @param {HTMLTextAreaElement} text */
function makeBlank(text) {
  const { selectionStart, selectionEnd, value } = text;
  const chosen = value.slice(selectionStart, selectionEnd);
  const words = chosen.trim();
  text.focus();
  if (!words) return " Select some words of the text first.";
  if (/[{}\n]/.test(chosen)) return " Select words of one line, outside of other blanks.";
  const start = selectionStart + chosen.indexOf(words);
  text.setRangeText(`{${words}}`, start, start + words.length, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.dispatchEvent(new Event("change", { bubbles: true }));
  return "";
}
