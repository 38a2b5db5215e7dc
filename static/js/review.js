// Before handing in: nothing is handed in while answers of this attempt are not sent.

import { counted, el, hush, say } from "./dom.js";
import { isAnswered } from "./fields.js";
import * as queue from "./queue.js";
import { postPatiently } from "./request.js";
import { events, flush } from "./send.js";

let isBusy = false;
/** How many are answered, in the server's words. */
let counts = "";

/** Make the page that is open work. */
export function openReview() {
  const form = document.querySelector("form[data-hand-in]");
  const { attempt } = form.dataset;
  counts = document.querySelector("[data-counts]").textContent;
  markRows(attempt);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    handIn(form);
  });
}

function unsentOf(attempt) {
  return queue.ownedBy(document.body.dataset.learner, attempt);
}

/** The table is the server's; what it does not have yet is said in the rows and counted with them. */
function markRows(attempt) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const unsent = rows.filter((row) => {
    const entry = queue.newest(document.body.dataset.learner, attempt, row.dataset.row);
    const has = entry && isAnswered(entry.fields);
    // How sure one is of nothing leaves the question blank.
    if (has || (entry && !row.querySelector(".is-blank"))) {
      const state = has ? "Answered" : "Answer taken out";
      row.querySelector("[data-row-state]").textContent = `${state}, not sent yet`;
    }
    return entry;
  });
  document.querySelector("[data-counts]").textContent = counts;
  if (!unsent.length) return;
  const are = unsent.length === 1 ? "is" : "are";
  document.querySelector("[data-counts]").textContent =
    `${counted(unsent.length, "answer")} of ${rows.length} ${are} not sent yet. Until you hand in you can change every answer.`;
  const blank = rows.filter((row) => row.querySelector(".is-blank")).length;
  const box = document.querySelector("[data-blank]");
  if (!box) return;
  box.hidden = !blank;
  box.querySelector("h2").textContent = `${counted(blank, "question")} ${blank === 1 ? "is" : "are"} blank`;
}

/** What was on its way could not be read. */
function markUnreadable({ attempt, position }) {
  const row = document.querySelector(`[data-row="${position}"]`);
  row.querySelector("[data-row-state]").replaceChildren(el("span", { class: "is-blank" }, "Not saved: it could not be read"));
  markRows(attempt);
}

// Once sent, the table is out of date.
events.addEventListener("settled", ({ detail }) => {
  const form = document.querySelector("form[data-hand-in]");
  if (!form || detail.entry.attempt !== form.dataset.attempt) return;
  if (detail.result === "unreadable") markUnreadable(detail.entry);
  if (isBusy || detail.result !== "stored") return;
  if (!unsentOf(form.dataset.attempt).length) location.reload();
});

async function handIn(form) {
  if (isBusy) return;
  isBusy = true;
  hush();
  const { attempt, result } = form.dataset;
  if (unsentOf(attempt).length) await flush();
  const left = queue.questionsIn(unsentOf(attempt));
  if (left) say(`Not handed in: ${counted(left, "answer")} ${left === 1 ? "is" : "are"} not sent yet.`);
  else await send(form.getAttribute("action"), result);
  isBusy = false;
}

async function send(url, result) {
  try {
    const reply = await postPatiently(url, [], { redirect: "manual" });
    // The server sends the browser on to the result: it is handed in.
    if (reply.type === "opaqueredirect") location.assign(result);
    else say("Not handed in: the server did not take it. Load the page again, then hand in once more.");
  } catch {
    say("Not handed in: the server does not answer. Your answers are saved; try again in a moment.");
  }
}
