// Answers kept on this device until the server has them: localStorage, one key an answer, so that two tabs
// that write at once cannot overwrite each other's.

import { counted } from "./dom.js";

/**
 * @typedef {object} Entry
 * @property {string} id UUIDv7, the answer's id: sending it twice changes nothing
 * @property {string} learner whose answer it is; it is sent in nobody else's session
 * @property {string} name what to call that learner
 * @property {string} kind guest, local or account
 * @property {string} attempt
 * @property {number} position
 * @property {string} url where to send it
 * @property {[string, string][]} fields what the form held
 * @property {string} tab
 * @property {number} counter
 * @property {string} seen the answer that the page showed
 * @property {string} go "flag", "unflag" or ""
 * @property {number} at when it was given, in ms
 * @property {"question"} [what] a teacher's draft of a question, and no answer
 * @property {boolean} [told] whether the learner has been told that it is not sent
 */

const PREFIX = "offramp:answer:";

/** What storage would not take; gone with the page. @type {Map<string, Entry>} */
const memory = new Map();

/**
 * Keep an answer.
 * @param {Entry} entry
 * @returns {""|"full"|"forbidden"} empty when it is kept, else why it will be gone with the page
 */
export function put(entry) {
  try {
    localStorage.setItem(PREFIX + entry.id, JSON.stringify(entry));
    memory.delete(entry.id);
    return "";
  } catch (problem) {
    memory.set(entry.id, entry);
    return problem?.name === "QuotaExceededError" ? "full" : "forbidden";
  }
}

/**
 * Forget an answer.
 * @param {string} id
 */
export function remove(id) {
  memory.delete(id);
  try {
    localStorage.removeItem(PREFIX + id);
  } catch {
    // what is forbidden holds nothing
  }
}

/** Everything kept, oldest first. @returns {Entry[]} */
export function all() {
  return [...stored(), ...memory.values()].sort((a, b) => a.at - b.at || a.counter - b.counter);
}

/** @returns {Entry[]} */
function stored() {
  const found = [];
  try {
    for (const key of Object.keys(localStorage)) {
      const entry = key.startsWith(PREFIX) ? read(key) : null;
      if (entry && !memory.has(entry.id)) found.push(entry);
    }
  } catch {
    // reading is forbidden too
  }
  return found;
}

function read(key) {
  try {
    const entry = JSON.parse(localStorage.getItem(key));
    return entry?.id && entry.learner && entry.url && Array.isArray(entry.fields) ? entry : null;
  } catch {
    return null; // damaged: it cannot be sent, and is left for whoever wants to look
  }
}

/** Whether an answer is still kept. @param {string} id */
export function has(id) {
  return all().some((entry) => entry.id === id);
}

/** Whether something would be gone with the page. */
export function isAtRisk() {
  return memory.size > 0;
}

/** What an answer is an answer to. @param {Entry} entry */
export function slotOf(entry) {
  return `${entry.attempt}/${entry.position}`;
}

/** The answers of a learner, of one attempt if given. @returns {Entry[]} */
export function ownedBy(learner, attempt = "") {
  return all().filter((entry) => entry.learner === learner && (!attempt || entry.attempt === attempt));
}

/** The newest kept answer to a question. @returns {Entry|undefined} */
export function newest(learner, attempt, position) {
  return ownedBy(learner, attempt).findLast((entry) => entry.position === Number(position));
}

/** How many questions have an answer that is kept here. @param {Entry[]} entries */
export function questionsIn(entries) {
  return new Set(entries.map(slotOf)).size;
}

/** What is kept, in words: “2 answers”, “1 question”, “2 answers and 1 question”. @param {Entry[]} entries */
export function inWords(entries) {
  const drafts = questionsIn(entries.filter(({ what }) => what === "question"));
  const answers = questionsIn(entries) - drafts;
  const parts = [answers || !drafts ? counted(answers, "answer") : "", drafts ? counted(drafts, "question") : ""];
  return parts.filter(Boolean).join(" and ");
}

/** Take note that the learner was told of these. @param {Entry[]} entries */
export function noteTold(entries) {
  for (const entry of entries) if (!entry.told) put({ ...entry, told: true });
}
