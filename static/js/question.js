// One question: its answer is kept on the device as soon as it is settled, and sent.

import { icon } from "./dom.js";
import { fill, isAnswered, isSure, pairs, showDontKnow, takeBackDontKnow, written } from "./fields.js";
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
import { watchWords } from "./words.js";

/** The question that is open, and its form. */
export class Question {
  /** Why the device could not keep the last answer, if it could not. @type {""|"full"|"forbidden"} */
  #trouble = "";
  /** The id of the kept answer that the form shows. */
  #latest = "";
  /** What became of the last save; see send.js. */
  #result = "";
  /** Whether the server has an answer: without one, none can be taken out. */
  #had;
  /** What the form held when the server could not read it. */
  #unreadable = "";
  /** What the form held when it was last settled. */
  #settledAs;
  #isEarly;
  #changes;
  #listeners = {
    settled: ({ detail }) => this.#onSettled(detail),
    failed: () => this.#onFailed(),
    change: () => this.#onChange(),
  };

  /**
   * Make a question's form work.
   * @param {HTMLFormElement} form
   * @param {number} since when the page was fetched, in ms
   */
  constructor(form, since) {
    this.form = form;
    this.since = since;
    this.attempt = form.dataset.attempt;
    this.position = Number(form.dataset.position);
    this.#settledAs = JSON.stringify(written(form));
    this.#had = form.elements.seen.value !== "";
    this.#isEarly = this.#isChanging(); // answered before the script was here
    this.#showKept();
    watchKeys(form);
    watchOrder(form);
    watchWords(form);
    form.addEventListener("input", ({ target }) => takeBackDontKnow(form, target));
    this.#changes = watchChanges(form, { changed: () => this.#onInput(), settled: () => this.save() });
    for (const [name, listener] of Object.entries(this.#listeners)) send.events.addEventListener(name, listener);
    known.markSteps(this.attempt, since);
    if (this.#isEarly) this.save();
  }

  /** Stop listening. */
  close() {
    this.#changes.drop();
    for (const [name, listener] of Object.entries(this.#listeners)) send.events.removeEventListener(name, listener);
  }

  /**
   * Keep and send what has changed.
   * @param {""|"flag"|"unflag"} [go]
   * @returns {Promise<string>} the result as in send.js, "" when there was nothing to send
   */
  async save(go = "") {
    this.#result = "";
    const isAgain = this.#unreadable === JSON.stringify(pairs(this.form));
    this.keep(go, isAgain);
    if (queue.has(this.#latest)) await send.flush();
    return this.#result;
  }

  /** Keep what has changed, at once. @param {string} [go] @param {boolean} [isAgain] also when nothing has */
  keep(go = "", isAgain = false) {
    this.#changes?.drop(); // whatever was about to settle is settled now
    if (go || isAgain || this.#isChanging()) this.#put(go);
    else if (this.#unreadable) return;
    // Changed and changed back. What is on its way speaks for itself when it arrives.
    else if (!queue.has(this.#latest) || send.state().isFailing) saved.asBefore(this.form);
  }

  /** Turn the flag; as save. */
  flag() {
    const isFlagged = this.form.querySelector("[data-flag]").value === "flag";
    known.noteFlag(this.position, isFlagged);
    this.#showFlag(isFlagged);
    return this.save(isFlagged ? "flag" : "unflag");
  }

  /** “I don't know” is an answer too: it takes the place of what was given. */
  dontKnow() {
    fill(this.form, [["dont_know", "1"]]);
    showDontKnow(this.form);
  }

  /** What the form holds with the fields of the protocol, for a request of its own. @returns {[string, string][]} */
  everything() {
    const seen = this.form.elements.seen.value;
    const hints = this.form.elements.hints?.value ?? "";
    const own = { answer_id: seen || uuid7(), tab: tabId(), counter: String(nextCounter()), seen, hints };
    return [...pairs(this.form), ...Object.entries(own)];
  }

  /** Put the focus where the answer is to be mended. */
  focusProblem() {
    problem.focus(this.form);
  }

  /** Whether something was given since the last settled change. */
  #isChanging() {
    return JSON.stringify(pairs(this.form)) !== this.#settledAs;
  }

  /** The answer that waits on this device, if there is one. */
  #waiting() {
    return queue.newest(document.body.dataset.learner, this.attempt, this.position);
  }

  #put(go) {
    const { learner, name, kind } = document.body.dataset;
    const older = this.#waiting();
    const fields = pairs(this.form);
    const seen = this.form.elements.seen.value;
    // The answer that the server has, sent again for its flag alone, makes no second row.
    const id = (!this.#isChanging() && !older && seen) || uuid7();
    this.#settledAs = JSON.stringify(fields);
    this.#unreadable = "";
    this.#latest = id;
    saved.saving(this.form);
    this.#trouble = send.keep({
      ...{ id, learner, name, kind, fields, seen },
      ...{ attempt: this.attempt, position: this.position, url: this.form.getAttribute("action") },
      ...{ tab: tabId(), counter: nextCounter(), at: Date.now() },
      // A newer answer takes the place of an older one in the queue; the older one's flag must not go with it.
      go: go || older?.go || "",
    });
  }

  /** Show the answer that is kept here, or known here, instead of an older one. */
  #showKept() {
    const entry = this.#waiting();
    const later = known.newerThan(this.since, this.position);
    const flag = known.flagSince(this.since, this.position) ?? (entry?.go ? entry.go === "flag" : undefined);
    if (flag !== undefined) this.#showFlag(flag);
    if (later) this.#show(later.fields);
    if (later) this.form.elements.seen.value = later.seen;
    if (later?.seen) this.#sayStored(later.savedAt, later.fields);
    if (!entry) return;
    this.#show(entry.fields);
    this.#latest = entry.id;
    if (entry.told) saved.unsent(this.form);
    else saved.saving(this.form);
  }

  #show(fields) {
    if (!this.#isEarly) fill(this.form, fields);
    showDontKnow(this.form);
    this.#settledAs = JSON.stringify(fields);
  }

  #showFlag(isFlagged) {
    const button = this.form.querySelector("[data-flag]");
    button.value = isFlagged ? "unflag" : "flag";
    button.setAttribute("aria-pressed", String(isFlagged));
    button.replaceChildren(icon("flag"), isFlagged ? " Flagged" : " Flag for later");
  }

  #onInput() {
    problem.clear(this.form);
    saved.saving(this.form);
  }

  #onSettled({ entry, result, reply }) {
    if (entry.attempt !== this.attempt || entry.position !== this.position) return;
    if (result === "stored") this.form.elements.seen.value = reply.answer ?? "";
    if (entry.id !== this.#latest || this.#isChanging()) return;
    this.#result = result;
    if (result === "stored") this.#showStored(entry, reply);
    else if (result === "late") saved.refused(this.form, reply.message);
    else if (result === "unreadable") this.#showUnreadable(reply.message);
    else saved.unsent(this.form, this.#trouble);
  }

  #showStored(entry, reply) {
    if (reply.outcome === "blank") saved.blank(this.form);
    else if (reply.replaced || reply.outcome === "superseded") saved.savedBut(this.form, reply.message);
    else this.#sayStored(reply.at, entry.fields);
    this.#had = isAnswered(entry.fields);
  }

  /** The server has these fields. */
  #sayStored(at, fields) {
    if (isAnswered(fields) || this.#had) saved.saved(this.form, at, isAnswered(fields));
    else if (isSure(fields)) saved.sureAlone(this.form);
    else saved.blank(this.form);
  }

  #showUnreadable(message) {
    saved.refused(this.form, "Not saved: see the message at your answer");
    problem.show(this.form, message);
    this.#unreadable = this.#settledAs; // the button sends it again; leaving the page does not
  }

  /** Sending has stopped, perhaps at an answer before this one. */
  #onFailed() {
    if (!queue.has(this.#latest) || this.#isChanging()) return;
    this.#result = "unsent";
    saved.unsent(this.form, this.#trouble);
  }

  /** The queue is another: a second window may have sent what this one shows as unsent. */
  #onChange() {
    known.markSteps(this.attempt, this.since);
    const { state } = saved.lineOf(this.form).dataset;
    if (this.#latest && state === "unsent" && !queue.has(this.#latest)) {
      this.#sayStored(new Date().toISOString(), pairs(this.form));
    }
  }
}
