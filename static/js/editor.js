// The editor of a question: it saves itself, its rows move without a reload, and what is said stands beside its field.

import { watchBlanks } from "./editor-blanks.js";
import { Draft } from "./editor-draft.js";
import { watchGrid } from "./editor-grid.js";
import { watchImages } from "./editor-image.js";
import { watchRows } from "./editor-rows.js";

const form = document.querySelector("form[data-editor]");

if (form) {
  const draft = new Draft(form, { arrived: prepare });
  watchRows(form, () => draft.touch());
  prepare();
  draft.begin();
}

/** What the page holds is here, or is here anew. */
function prepare() {
  watchGrid(form);
  watchBlanks(form);
  watchImages(form);
}
