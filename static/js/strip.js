// The strip at the top of every page: what is kept on this device and not sent, and what it takes to send it.

import { ask } from "./dialog.js";
import { el, icon } from "./dom.js";
import * as queue from "./queue.js";
import { who } from "./request.js";
import { discard, events, state } from "./send.js";

/** @typedef {import("./queue.js").Entry} Entry */

const strip = document.getElementById("unsent");
/** Whether the learner has read here that something is not sent. */
let hasTold = false;
/** Whether a teacher's draft was among it. */
let hasToldOfDrafts = false;

/** Show how things stand now, and whenever that changes. */
export function watch() {
  const told = queue.ownedBy(who.learner).filter((entry) => entry.told);
  hasTold = told.length > 0;
  hasToldOfDrafts = told.some(({ what }) => what === "question");
  events.addEventListener("change", show);
  events.addEventListener("settled", ({ detail }) => {
    if (detail.result === "late" || detail.result === "unreadable") tellOf(detail);
  });
  show();
}

function show() {
  const lines = [...ownLines(), ...othersLines()];
  if (lines.length) {
    set("warning", lines);
    hasTold = true;
    hasToldOfDrafts ||= queue.all().some(({ what }) => what === "question");
  } else if (hasTold && !queue.all().length) {
    set("done", [el("p", {}, hasToldOfDrafts ? "Everything is sent." : "All answers are sent.")]);
  }
}

function set(kind, lines) {
  const box = el("div", {}, ...lines);
  // The same words again would be read out again, and would take the focus from a link in them.
  if (!strip.hidden && strip.textContent === box.textContent) return;
  strip.className = `message message-${kind}`;
  strip.replaceChildren(icon(kind === "done" ? "check-circle" : "cloud-off"), box);
  strip.hidden = false;
}

/** What the person signed in has not sent. */
function ownLines() {
  const { isFailing, stuck } = state();
  const mine = queue.ownedBy(who.learner);
  const lost = mine.filter((entry) => stuck.has(entry.id) && !isShownHere(entry));
  const waiting = mine.filter((entry) => !stuck.has(entry.id) && (isFailing || entry.told));
  const lines = [];
  if (waiting.length && queue.isAtRisk()) {
    lines.push(el("p", {}, "Not kept: this browser does not allow it. Keep this page open."));
  } else if (waiting.length) {
    queue.noteTold(waiting);
    const are = `${queue.inWords(waiting)} ${queue.questionsIn(waiting) === 1 ? "is" : "are"}`;
    lines.push(el("p", {}, `${are} kept on this device and will be sent when the server answers.`));
  }
  if (lost.length) lines.push(lostLine(lost, stuck));
  return lines;
}

/** A page that holds a draft, or both texts of it, says itself what is to be done. @param {Entry} entry */
function isShownHere({ what, attempt }) {
  return what === "question" && Boolean(document.querySelector(`[data-holds="${attempt}"]`));
}

/** @param {Entry[]} lost */
function lostLine(lost, stuck) {
  const count = queue.inWords(lost);
  const why = [...new Set(lost.map((entry) => stuck.get(entry.id)))].join(" ");
  return el("p", {}, `The server does not take ${count} kept on this device: ${why} `, discardButton(lost));
}

/** What others have not sent; it goes only in their own sessions. */
function othersLines() {
  const others = queue.all().filter((entry) => entry.learner !== who.learner);
  const learners = new Set(others.map((entry) => entry.learner));
  return [...learners].map((learner) => othersLine(others.filter((entry) => entry.learner === learner)));
}

/** @param {Entry[]} entries of one learner */
function othersLine(entries) {
  const { name, kind } = entries[0];
  const count = queue.inWords(entries);
  queue.noteTold(entries);
  if (kind === "local") {
    return el("p", {}, `To send ${count} kept on this device, open this page with “offramp open”.`);
  }
  if (kind === "guest") {
    const text = `${count} of a guest stayed on this device and can be sent only in that guest's own visit. `;
    return el("p", {}, text, discardButton(entries));
  }
  const query = new URLSearchParams({ name, next: location.pathname + location.search });
  const link = el("a", { href: `${strip.dataset.signIn}?${query}` }, `Sign in as ${name} to send ${count}`);
  return el("p", {}, link, ".");
}

function discardButton(entries) {
  const button = el("button", { type: "button", class: "btn-link" }, "Delete them from this device");
  button.addEventListener("click", async () => {
    const isSure = await ask({
      heading: "Delete these answers?",
      text: "They are nowhere else, and this cannot be undone.",
      stay: "Keep them",
      go: "Delete them",
    });
    if (!isSure) return;
    discard(entries);
    strip.hidden = !queue.all().length;
    document.getElementById("main").focus(); // the button that had the focus is gone
  });
  return button;
}

/** An answer that the server has refused for good; it is in no page's form any more, perhaps. */
function tellOf({ entry, result, reply }) {
  const isHere = Boolean(document.querySelector(`form[data-answer][action="${entry.url}"]`));
  if (isHere && result === "unreadable") return; // the form itself says so
  const whole = entry.url.replace(/\/questions\/\d+$/, "");
  let link = el("a", { href: entry.url }, "Answer it again");
  // What was checked is closed while its attempt is still open.
  if (reply.because === "checked") link = el("a", { href: entry.url }, "See the question");
  else if (result === "late") link = el("a", { href: whole }, "See the result");
  set("warning", [el("p", {}, `Question ${entry.position}: ${reply.message} `, link, ".")]);
  hasTold = false;
}
