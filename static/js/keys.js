// Number keys choose an option, only while the focus is among the options (WCAG 2.1.4) and the device allows it.

/**
 * Make the keys work on a form, and say so.
 * @param {HTMLFormElement} form
 */
export function watchKeys(form) {
  const options = form.querySelector("[data-options]");
  if (!options || form.dataset.keys !== "on") return;
  form.querySelector("[data-keys-hint]").hidden = false;
  options.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !/^[1-9]$/.test(event.key)) return;
    const option = options.querySelectorAll("input")[Number(event.key) - 1];
    if (!option) return;
    event.preventDefault();
    option.focus();
    option.click(); // as a finger would: a radio is chosen, a box is turned
  });
}
