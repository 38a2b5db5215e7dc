// The table of questions: ticks all on the page at once, and says how many are selected.

const form = document.querySelector(".bank-form");
if (form) watch(form);

/** @param {HTMLFormElement} form */
function watch(form) {
  const rows = [...form.querySelectorAll('input[name="slug"]')];
  const page = form.querySelector("#page-all");
  const found = form.querySelector('input[name="all"]');
  const said = form.querySelector("[data-selected]");
  page.closest("label").hidden = false;

  function show() {
    const ticked = rows.filter((it) => it.checked).length;
    page.checked = ticked === rows.length;
    page.indeterminate = ticked > 0 && ticked < rows.length;
    said.textContent = found?.checked ? "All found are selected" : ticked ? `${ticked} selected` : "";
  }
  page.addEventListener("change", () => {
    for (const it of rows) it.checked = page.checked;
  });
  form.addEventListener("change", show);
  // A browser that comes back to the page keeps what was ticked.
  addEventListener("pageshow", show);
  show();
}
