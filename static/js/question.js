// One question: its answer is kept on the device as soon as it is settled, and sent.

import { icon } from "./dom.js";
import { fill, isAnswered, pairs, written } from "./fields.js";
import { uuid7 } from "./ids.js";
import { watchKeys } from "./keys.js";
import * as known from "./known.js";
import { watchOrder } from "./order.js";
import * as problem from "./problem.js";
import * as queue from "./queue.js";
import * as saved from "./saved.js";
import * as send from "./send.js";
import { watchChanges } from "./settle.js";
import { nextCounter, tabId } from "./tab.js";

/**
 * The question that is open.
 * @typedef {object} Question
 * @property {(go?: string) => Promise<string>} save keep and send what has changed; the result as in send.js,
 *   "" when there was nothing to send
 * @property {() => void} keep keep what has changed, at once
 * @property {() => Promise<string>} flag turn the flag; as save
 * @property {() => void} focusProblem put the focus where the answer is to be mended
 * @property {() => void} close stop listening
 */

/**
 * Make a question's form work.
 * @param {HTMLFormElement} form
 * @param {number} since when the page was fetched, in ms
 * @returns {Question}
 */
export function openQuestion(form, since) {
  const { attempt } = form.dataset;
  const position = Number(form.dataset.position);
  const learner = document.body.dataset.learner;
  let trouble = "";
  let settledAs = JSON.stringify(written(form));
  const isEarly = JSON.stringify(pairs(form)) !== settledAs; // answered before the script was here
  let latest = showKept();
  let lastResult = "";

  watchKeys(form);
  watchOrder(form);
  const changes = watchChanges(form, {
    changed() {
      problem.clear(form);
      saved.saving();
    },
    settled: () => save(),
  });
  send.events.addEventListener("settled", onSettled);
  send.events.addEventListener("failed", onFailed);
  send.events.addEventListener("change", mark);
  mark();
  if (isEarly) save();

  /** Show the answer that is kept here, or known here, instead of an older one; its id if it is to be sent. */
  function showKept() {
    const { entry, later } = findKept();
    if (later) show(later.fields);
    if (later) form.elements.seen.value = later.seen;
    if (later?.seen) saved.saved(later.savedAt, isAnswered(later.fields));
    if (!entry) return "";
    show(entry.fields);
    if (entry.told) saved.unsent();
    else saved.saving();
    return entry.id;
  }

  function findKept() {
    const entry = queue.newest(learner, attempt, position);
    const later = known.newerThan(since, position);
    const flag = known.flagSince(since, position) ?? (entry?.go ? entry.go === "flag" : undefined);
    if (flag !== undefined) showFlag(flag);
    return { entry, later };
  }

  function show(fields) {
    if (!isEarly) fill(form, fields);
    settledAs = JSON.stringify(fields);
  }

  function keep(go = "") {
    changes.drop(); // whatever was about to settle is settled now
    const fields = pairs(form);
    const text = JSON.stringify(fields);
    if (text === settledAs && !go) {
      // Changed and changed back. What is on its way speaks for itself when it arrives.
      if (!queue.has(latest) || send.state().isFailing) saved.asBefore();
      return;
    }
    const older = queue.newest(learner, attempt, position);
    const isSame = text === settledAs && !older && form.elements.seen.value;
    const entry = {
      // The answer that the server has, sent again for its flag alone, makes no second row.
      id: isSame ? form.elements.seen.value : uuid7(),
      learner,
      name: document.body.dataset.name,
      kind: document.body.dataset.kind,
      attempt,
      position,
      url: form.getAttribute("action"),
      fields,
      tab: tabId(),
      counter: nextCounter(),
      seen: form.elements.seen.value,
      // A newer answer takes the place of an older one in the queue; the older one's flag must not go with it.
      go: go || older?.go || "",
      at: Date.now(),
    };
    settledAs = text;
    latest = entry.id;
    saved.saving();
    trouble = send.keep(entry);
  }

  async function save(go = "") {
    lastResult = "";
    keep(go);
    if (latest && queue.has(latest)) await send.flush();
    return lastResult;
  }

  function onSettled({ detail: { entry, result, reply } }) {
    if (entry.attempt !== attempt || entry.position !== position) return;
    if (result === "stored") form.elements.seen.value = reply.answer ?? "";
    if (entry.id !== latest || isChanging()) return;
    lastResult = result;
    showResult(entry, result, reply);
  }

  /** Whether something was given since the last settled change. */
  function isChanging() {
    return JSON.stringify(pairs(form)) !== settledAs;
  }

  /** Sending has stopped, perhaps at an answer before this one. */
  function onFailed() {
    if (!queue.has(latest) || isChanging()) return;
    lastResult = "unsent";
    saved.unsent(trouble);
  }

  function showResult(entry, result, reply) {
    if (result === "stored") showStored(entry, reply);
    else if (result === "late") saved.refused(reply.message);
    else if (result === "unreadable") {
      saved.refused("Not saved: see the message at your answer");
      problem.show(form, reply.message);
      settledAs = ""; // unsaved: the button must send it again even if nothing is changed
    } else saved.unsent(trouble);
  }

  function showStored(entry, reply) {
    if (reply.outcome === "blank") saved.blank();
    else if (reply.replaced || reply.outcome === "superseded") saved.savedBut(reply.message);
    else saved.saved(reply.at, isAnswered(entry.fields));
  }

  /** The queue is another: a second window may have sent what this one shows as unsent. */
  function mark() {
    known.markSteps(attempt, since);
    const line = document.querySelector("[data-saved]");
    if (latest && line.dataset.state === "unsent" && !queue.has(latest)) {
      saved.saved(new Date().toISOString(), isAnswered(pairs(form)));
    }
  }

  function flag() {
    const isFlagged = form.querySelector("[data-flag]").value === "flag";
    known.noteFlag(position, isFlagged);
    showFlag(isFlagged);
    return save(isFlagged ? "flag" : "unflag");
  }

  function showFlag(isFlagged) {
    const button = form.querySelector("[data-flag]");
    button.value = isFlagged ? "unflag" : "flag";
    button.setAttribute("aria-pressed", String(isFlagged));
    button.replaceChildren(icon("flag"), isFlagged ? " Flagged" : " Flag for later");
  }

  function close() {
    changes.drop();
    send.events.removeEventListener("settled", onSettled);
    send.events.removeEventListener("failed", onFailed);
    send.events.removeEventListener("change", mark);
  }

  return { save, keep, flag, close, focusProblem: () => problem.focus(form) };
}

