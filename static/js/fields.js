// What a form holds, as pairs that can be kept and put back.

/** Fields of the protocol, which are not part of what the learner gave. */
const OURS = new Set(["csrf_token", "answer_id", "tab", "counter", "seen", "go", "hints"]);

/**
 * What the learner gave, in the order of the names: rows that were moved about hold what they held.
 * @param {HTMLFormElement} form
 * @returns {[string, string][]}
 */
export function pairs(form) {
  const given = [...new FormData(form)].filter(([name]) => !OURS.has(name));
  return given.sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
}

/**
 * What the form held as the server wrote it. Somebody may have answered before the script came.
 * @param {HTMLFormElement} form
 * @returns {[string, string][]}
 */
export function written(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  return pairs(copy);
}

/**
 * Put pairs back into a form; whatever else it held is taken out.
 * @param {HTMLFormElement} form
 * @param {[string, string][]} given
 */
export function fill(form, given) {
  for (const field of form.elements) {
    if (!field.name || OURS.has(field.name) || field.type === "hidden" || field.type === "submit") continue;
    const values = given.filter(([name]) => name === field.name).map(([, value]) => value);
    // Of radios the empty one stands for nothing given.
    if (field.type === "radio") field.checked = (values[0] ?? "") === field.value;
    else if (field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
}

/** Whether anything was given: how sure one is of nothing is no answer. @param {[string, string][]} given */
export function isAnswered(given) {
  return given.some(([name, value]) => name !== "confidence" && value.trim() !== "");
}

/** Whether it was said how sure one is. @param {[string, string][]} given */
export function isSure(given) {
  return given.some(([name, value]) => name === "confidence" && value !== "");
}

/** The line that says “I don't know” is seen while it is true. @param {HTMLFormElement} form */
export function showDontKnow(form) {
  const line = form.querySelector("[data-said-dont-know]");
  if (line) line.hidden = !form.elements.dont_know.checked;
}

/** Whoever answers takes “I don't know” back. @param {HTMLFormElement} form @param {HTMLElement} changed */
export function takeBackDontKnow(form, changed) {
  if (changed.name === "confidence" || !form.elements.dont_know) return;
  if (changed.name !== "dont_know") form.elements.dont_know.checked = false;
  showDontKnow(form);
}
