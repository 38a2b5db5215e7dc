// How many words a text has, while it is written.

import { counted, el } from "./dom.js";

/**
 * Count the words of a form's long answer, if it has one.
 * @param {HTMLFormElement} form
 */
export function watchWords(form) {
  const field = form.querySelector("[data-max-words]");
  if (!field || form.querySelector("[data-words]")) return;
  const line = el("p", { class: "word-count", "data-words": true });
  // Said when there are too many and when that is mended, not at each word.
  const said = el("p", { class: "visually-hidden", role: "status" });
  field.after(line, said);
  const tell = () => show(field, line, said);
  field.addEventListener("input", tell);
  tell();
}

function show(field, line, said) {
  const most = Number(field.dataset.maxWords);
  const count = wordsIn(field.value);
  const over = count - most;
  const isTurning = line.classList.contains("is-over") !== over > 0;
  line.classList.toggle("is-over", over > 0);
  line.textContent = over > 0 ? `${count} of ${most} words: take out ${over}` : `${count} of ${counted(most, "word")}`;
  if (isTurning) said.textContent = over > 0 ? `Too many words: at most ${most}` : "Short enough now";
}

/** As the server counts: whatever stands between spaces and holds a letter or a digit. @param {string} text */
export function wordsIn(text) {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
