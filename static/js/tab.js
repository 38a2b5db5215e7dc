// This tab's id and counter: of the answers of one tab, the server counts the one with the highest counter.
//
// Both must outlive a reload, or an answer kept before it could arrive after a newer one and win; so they lie in
// sessionStorage. A duplicated tab starts with a copy of that. Two tabs under one id would lose answers, because
// the lower counter never counts however late it is given. So a page takes its tab and gives it back as it
// leaves: who finds the tab taken is a copy (or follows a crash) and begins a tab of its own.

import { uuid7 } from "./ids.js";

const KEY = "offramp:tab";
let mine = { id: uuid7(), counter: 0 };

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null; // storage forbidden, or damaged: the tab then lasts as long as the page
  }
}

function store(taken) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...mine, taken }));
  } catch {
    // see above
  }
}

function take() {
  const had = stored();
  if (had && !had.taken && had.id) mine = { id: had.id, counter: had.counter };
  else if (had) mine = { id: uuid7(), counter: 0 };
  store(true);
}

take();
addEventListener("pagehide", () => store(false));
addEventListener("pageshow", (event) => {
  if (event.persisted) take(); // back from the browser's memory: another page used the tab meanwhile
});

/** The tab's id. */
export function tabId() {
  return mine.id;
}

/** The next number of this tab. */
export function nextCounter() {
  mine.counter += 1;
  store(true);
  return mine.counter;
}
