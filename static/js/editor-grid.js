// The grid of a source rating: a cell that earns something has a field for its reason at once.

/** @param {HTMLFormElement} form */
export function watchGrid(form) {
  const grid = form.querySelector("[data-grid]");
  grid?.addEventListener("change", ({ target }) => {
    const { cell } = target.dataset;
    if (!cell) return;
    const reason = grid.querySelector(`[data-reason="${cell}"]`);
    reason.hidden = !target.value && !reason.querySelector("textarea").value;
    grid.querySelector("[data-no-reasons]").hidden = true;
  });
}
