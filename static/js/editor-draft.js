// A draft saves itself by the rules that answers do: kept on the device first, sent in order, told truly.

import { tellTimes } from "./clock.js";
import { el, icon } from "./dom.js";
import * as notes from "./editor-notes.js";
import { nameRows } from "./editor-rows.js";
import { pairs } from "./fields.js";
import { uuid7 } from "./ids.js";
import * as queue from "./queue.js";
import { ask } from "./request.js";
import * as saved from "./saved.js";
import * as send from "./send.js";
import { watchChanges } from "./settle.js";
import { nextCounter, tabId } from "./tab.js";

/** The draft that is open. */
export class Draft {
  #form;
  #arrived;
  #changes;
  /** What the form held when it was last settled. */
  #settledAs;
  /** The id of the save that the form shows. */
  #latest = "";
  /** @type {""|"full"|"forbidden"} */
  #trouble = "";
  /** Whether the page waits for what an earlier one could not send. */
  #isWaiting = false;
  /** Whether a button takes the form to another page. */
  #isLeaving = false;

  /**
   * @param {HTMLFormElement} form
   * @param {{arrived: () => void}} call `arrived` when what the form holds has been put in anew
   */
  constructor(form, { arrived }) {
    this.#form = form;
    this.#arrived = arrived;
    this.#settledAs = JSON.stringify(pairs(form));
  }

  /** Listen, and deal with what an earlier page has left. */
  begin() {
    const form = this.#form;
    this.#forgetTaken();
    const call = { changed: () => saved.saving(form), settled: () => this.save() };
    this.#changes = watchChanges(form, call);
    form.addEventListener("submit", (event) => this.#onSubmit(event));
    for (const link of form.querySelectorAll(".edit-bar a")) link.addEventListener("click", (event) => this.#onLink(event));
    send.events.addEventListener("settled", ({ detail }) => this.#onSettled(detail));
    send.events.addEventListener("failed", () => this.#onFailed());
    addEventListener("pagehide", () => this.#leave());
    // Back from the browser's memory, the form is not what the server has any more.
    addEventListener("pageshow", (event) => event.persisted && this.#isLeaving && location.reload());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.#leave());
    const left = this.#waiting();
    if (left) this.#waitFor(left);
  }

  /** Something was changed by a button. */
  touch() {
    saved.saving(this.#form);
    this.save();
  }

  /** Keep and send what has changed. @param {boolean} [isAgain] also when nothing has */
  async save(isAgain = false) {
    this.keep(isAgain);
    if (queue.has(this.#latest)) await send.flush();
  }

  /** Keep what has changed on this device, at once. @param {boolean} [isAgain] */
  keep(isAgain = false) {
    this.#changes.drop();
    if (this.#isWaiting || this.#isLeaving) return;
    if (isAgain || this.#isChanging()) this.#put();
    else if (!queue.has(this.#latest) || send.state().isFailing) saved.asBefore(this.#form);
  }

  #isChanging() {
    return JSON.stringify(pairs(this.#form)) !== this.#settledAs;
  }

  #waiting() {
    return queue.newest(document.body.dataset.learner, this.#attempt, 0);
  }

  get #attempt() {
    return `draft:${this.#form.dataset.editor}`;
  }

  #put() {
    const { learner, name, kind } = document.body.dataset;
    const fields = pairs(this.#form);
    this.#settledAs = JSON.stringify(fields);
    this.#latest = uuid7();
    saved.saving(this.#form);
    this.#trouble = send.keep({
      ...{ id: this.#latest, learner, name, kind, fields, seen: this.#form.elements.seen.value },
      ...{ attempt: this.#attempt, position: 0, url: this.#form.dataset.draft, what: "question" },
      ...{ tab: tabId(), counter: nextCounter(), at: Date.now(), go: "" },
    });
    if (!this.#trouble) this.#forgetOlder();
  }

  /** A draft is large, and only the newest of a tab counts: the others would fill this device. */
  #forgetOlder() {
    const mine = queue.ownedBy(document.body.dataset.learner, this.#attempt);
    send.discard(mine.filter(({ id, tab }) => id !== this.#latest && tab === tabId()));
  }

  /** Both texts have been looked at and a choice was saved: what waited here has done its work. */
  #forgetTaken() {
    const { took } = this.#form.dataset;
    const entry = took && queue.ownedBy(document.body.dataset.learner, this.#attempt).find(({ id }) => id === took);
    if (!entry) return;
    const older = queue.ownedBy(entry.learner, entry.attempt).filter((other) => other.at <= entry.at);
    send.discard(older);
  }

  /** An earlier page has kept something: it goes first, and then the page shows it. */
  #waitFor(entry) {
    this.#isWaiting = true;
    this.#latest = entry.id;
    this.#form.inert = true;
    saved.saving(this.#form);
  }

  async #onSubmit(event) {
    event.preventDefault();
    const button = event.submitter;
    await this.save(true);
    if (!button || button.value === "save" || queue.has(this.#latest)) return;
    // The other buttons are answered by a page of the server, which has all that was typed.
    this.#isLeaving = true;
    this.#form.append(el("input", { type: "hidden", name: button.name, value: button.value }));
    this.#form.submit();
  }

  /** The next page shows what was typed last. */
  async #onLink(event) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { href } = event.currentTarget;
    await this.save();
    location.assign(href);
  }

  #leave() {
    this.keep();
    send.farewell();
  }

  #onSettled({ entry, result, reply }) {
    if (entry.attempt !== this.#attempt) return;
    if (result === "stored") this.#take(reply);
    if (entry.id !== this.#latest || (this.#isChanging() && !this.#isWaiting)) return;
    if (result === "stored") this.#showStored(reply);
    else if (result === "conflict") this.#showConflict(entry, reply);
    else if (result === "refused" || result === "missing") this.#showRefused(reply.message);
    else saved.unsent(this.#form, this.#trouble);
  }

  /** The step that is stored now, and the names that new rows have got, which nobody has typed. */
  #take(reply) {
    const isChanging = this.#isChanging();
    this.#form.elements.seen.value = String(reply.edit);
    nameRows(this.#form, reply.ids);
    if (!isChanging) this.#settledAs = JSON.stringify(pairs(this.#form));
  }

  #showStored(reply) {
    if (this.#isWaiting) return location.reload();
    saved.saved(this.#form, reply.at, true);
    document.querySelector("[data-conflict]")?.remove();
    if (reply.reshaped) this.#fetchAnew();
    else notes.show(this.#form, reply.said);
  }

  #showRefused(message) {
    saved.refused(this.#form, `Not saved: ${message}`);
    this.#isWaiting = false;
    this.#form.inert = false;
  }

  /** The server has made rows or controls that this page does not have. */
  async #fetchAnew() {
    const page = await ask(location.pathname).catch(() => null);
    if (!page?.ok || this.#isChanging()) return;
    const found = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("form[data-editor]");
    if (!found || this.#isChanging()) return;
    const at = document.activeElement;
    const place = at?.id && this.#form.contains(at) ? [at.id, at.selectionStart, at.selectionEnd] : null;
    for (const part of ["[data-body]", "[data-findings]"]) {
      this.#form.querySelector(part).replaceWith(found.querySelector(part));
    }
    this.#form.elements.seen.value = found.elements.seen.value;
    this.#settledAs = JSON.stringify(pairs(this.#form));
    tellTimes(this.#form);
    this.#arrived();
    if (place) focusAt(...place);
  }

  /** Somebody else has saved meanwhile: both texts are shown by a page of their own. */
  #showConflict(entry, reply) {
    saved.refused(this.#form, "Not saved: it was changed meanwhile");
    const isNew = !document.querySelector("[data-conflict]");
    document.querySelector("[data-conflict]")?.remove();
    const names = reply.differing.map(({ label }) => label).join(", ");
    const button = el("button", { type: "button", class: "btn btn-small" }, "Compare both texts");
    button.addEventListener("click", () => compare(this.#form, this.#waiting() ?? entry));
    const words = `${reply.message} What you typed is kept on this device. Not the same: ${names || "nothing"}.`;
    const box = el("div", { class: "message message-warning", role: "alert", "data-conflict": true });
    box.append(icon("alert-triangle"), el("div", {}, el("p", {}, words), el("p", {}, button)));
    this.#form.before(box);
    if (isNew) box.scrollIntoView({ block: "nearest" });
  }

  #onFailed() {
    if (!queue.has(this.#latest) || (this.#isChanging() && !this.#isWaiting)) return;
    saved.unsent(this.#form, this.#trouble);
  }
}

function focusAt(id, start, end) {
  const field = document.getElementById(id);
  field?.focus();
  if (field?.matches("textarea, input[type=text]")) field.setSelectionRange(start, end);
}

/** Show both texts: the save is sent as a form, to the page that compares. @param {queue.Entry} entry */
function compare(form, entry) {
  const sent = el("form", { method: "post", action: form.getAttribute("action"), hidden: true });
  const token = form.querySelector("[name=csrf_token]").value;
  const ours = [["csrf_token", token], ["answer_id", entry.id], ["seen", entry.seen], ["do", "save"]];
  for (const [name, value] of [...entry.fields, ...ours]) sent.append(el("input", { type: "hidden", name, value }));
  document.body.append(sent);
  sent.submit();
}
