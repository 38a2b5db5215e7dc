// When a change is settled, and so worth a save: a choice made, a field left, or two seconds of rest in typing.

const REST = 2000;
// Arrow keys walk through radio buttons and choose each on the way; the last one is what was meant.
const CHOSEN = 300;

/**
 * Call back for changes of a form.
 * @param {HTMLFormElement} form
 * @param {{changed: () => void, settled: () => void}} call `changed` at once, `settled` when it has come to rest
 * @returns {{now: () => void, stop: () => void}} `now` calls `settled` at once if a change is waiting
 */
export function watchChanges(form, { changed, settled }) {
  let timer = 0;

  function now() {
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    settled();
  }

  function wait(ms) {
    clearTimeout(timer);
    timer = setTimeout(now, ms);
    changed();
  }

  const listeners = {
    input: (event) => wait(event.target.matches("input[type=text], textarea") ? REST : CHOSEN),
    change: (event) => (event.target.matches("input[type=text], textarea") ? timer && wait(0) : wait(CHOSEN)),
  };
  for (const [name, listener] of Object.entries(listeners)) form.addEventListener(name, listener);
  return {
    now,
    stop() {
      clearTimeout(timer);
      for (const [name, listener] of Object.entries(listeners)) form.removeEventListener(name, listener);
    },
  };
}
