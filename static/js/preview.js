// Trying a question out: the controls that a learner has, without anything that saves.

import { watchKeys } from "./keys.js";
import { watchOrder } from "./order.js";
import { watchWords } from "./words.js";

for (const form of document.querySelectorAll("form[data-try]")) {
  watchKeys(form);
  watchOrder(form);
  watchWords(form);
}

// Other pages do not let themselves be framed: their links lead out of the frame.
const here = location.pathname;
for (const link of document.querySelectorAll("[data-bare] a[href]")) {
  if (new URL(link.href).pathname !== here) link.target = "_top";
}

// What came of the answer is read next. A heading that is seen only while it has the focus would move the page.
const verdict = document.querySelector("[data-checked] .result-head .tag");
if (verdict) {
  verdict.tabIndex = -1;
  verdict.focus();
}
