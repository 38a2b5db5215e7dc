// When a change is settled, and so worth a save: a choice made, a field left, or two seconds of rest in typing.

const REST = 2000;
// Arrow keys walk through radio buttons and choose each on the way; the last one is what was meant.
const CHOSEN = 300;

/**
 * Call back for changes of a form.
 * @param {HTMLFormElement} form
 * @param {{changed: () => void, settled: () => void}} call `changed` at once, `settled` when it has come to rest
 * @returns {{drop: () => void}} `drop` forgets a change that has not come to rest
 */
export function watchChanges(form, { changed, settled }) {
  let timer = 0;

  function drop() {
    clearTimeout(timer);
    timer = 0;
  }

  function wait(ms) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = 0;
      settled();
    }, ms);
    changed();
  }

  form.addEventListener("input", ({ target }) => wait(isTyped(target) ? REST : CHOSEN));
  form.addEventListener("change", ({ target }) => {
    if (!isTyped(target)) wait(CHOSEN);
    else if (timer) wait(0); // the field was left
  });
  return { drop };
}

function isTyped(field) {
  return field.matches("input[type=text], textarea");
}
