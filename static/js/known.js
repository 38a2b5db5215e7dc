// What this page has learned of the attempt's questions since their pages were fetched.

import { isAnswered } from "./fields.js";
import * as queue from "./queue.js";
import { icon } from "./dom.js";

/**
 * @typedef {object} Known
 * @property {[string, string][]} fields the answer that the server has
 * @property {string} seen its id
 * @property {string} savedAt ISO
 * @property {number} at when we learned it, in ms
 */

/** @type {Map<number, Known>} */
const answers = new Map();
/** Position → whether it is flagged, and when we learned it. @type {Map<number, {isFlagged: boolean, at: number}>} */
const flags = new Map();

/**
 * The server has stored an answer.
 * @param {queue.Entry} entry
 * @param {{answer: string|null, at: string}} reply
 */
export function noteStored(entry, reply) {
  const known = { fields: entry.fields, seen: reply.answer ?? "", savedAt: reply.at, at: Date.now() };
  answers.set(entry.position, known);
}

/** The learner has flagged a question, or taken the flag off. */
export function noteFlag(position, isFlagged) {
  flags.set(position, { isFlagged, at: Date.now() });
}

/** What the server has, if we know it better than a page fetched at `since`. @returns {Known|undefined} */
export function newerThan(since, position) {
  const known = answers.get(position);
  return known && known.at > since ? known : undefined;
}

/** Whether a question is flagged, if we know it better than a page fetched at `since`. */
export function flagSince(since, position) {
  const flag = flags.get(position);
  return flag && flag.at > since ? flag.isFlagged : undefined;
}

/**
 * Bring the links to the questions up to date.
 * @param {string} attempt
 * @param {number} since when the page was fetched
 */
export function markSteps(attempt, since) {
  const learner = document.body.dataset.learner;
  for (const link of document.querySelectorAll("[data-step]")) {
    const position = Number(link.dataset.step);
    const waiting = queue.newest(learner, attempt, position);
    const fields = (waiting ?? newerThan(since, position))?.fields;
    // As the server wrote it: what waited here may prove unreadable, and then nothing of it stays.
    link.dataset.had ??= String(link.classList.contains("is-answered"));
    const has = fields ? isAnswered(fields) : link.dataset.had === "true";
    const isFlagged = flagSince(since, position) ?? link.classList.contains("is-flagged");
    link.classList.toggle("is-answered", has);
    setFlag(link, isFlagged);
    const words = [has ? "answered" : "not answered yet", waiting && "not sent yet", isFlagged && "flagged"];
    link.querySelector("[data-step-state]").textContent = `, ${words.filter(Boolean).join(", ")}`;
  }
}

function setFlag(link, isFlagged) {
  link.classList.toggle("is-flagged", isFlagged);
  const sign = link.querySelector(".icon");
  if (isFlagged && !sign) link.append(icon("flag"));
  if (!isFlagged) sign?.remove();
}
