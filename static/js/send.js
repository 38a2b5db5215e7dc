// Sending kept answers: when to try, in which order, and what each reply means for the answer.

import * as queue from "./queue.js";
import { freshToken, isStillMine, pageToken, post, who } from "./request.js";

/** @typedef {import("./queue.js").Entry} Entry */

/**
 * Tells of "settled" (detail: {entry, result, reply}) for each try, of "change" when the queue is another, and of
 * "failed" when sending has stopped: what is in the queue then stays there for a while.
 * Results: stored, late, unreadable, unsent, sign-in, missing, refused; of a teacher's draft also conflict.
 */
export const events = new EventTarget();

const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 60000;
/** Results after which the answer need not be kept any longer. */
const DONE = new Set(["stored", "late", "unreadable"]);
/** Results after which trying again, as things stand, is no use. */
const STUCK = new Set(["missing", "refused", "conflict"]);

/** Answers given on this page: its own form token fits them. @type {Set<string>} */
const givenHere = new Set();
/** Answers that the server will not take as things stand: not tried again by this page. @type {Map<string, string>} */
const stuck = new Map();
/** What `farewell` has sent: a page says goodbye twice, as it is hidden and as it goes. @type {Set<string>} */
const bidden = new Set();
/** Whether the last try failed. */
let isFailing = false;
let running = null;
let again = false;
/** The form token fetched in this run, for answers of earlier pages. */
let fresh = "";
let timer = 0;
let pause = FIRST_PAUSE;

/** How things stand, for those who tell the learner. */
export function state() {
  return { isFailing, stuck };
}

/**
 * Keep an answer given on this page, to be sent by the next `flush`.
 * @param {Entry} entry
 * @returns {""|"full"|"forbidden"} as queue.put
 */
export function keep(entry) {
  givenHere.add(entry.id);
  const kept = queue.put(entry);
  tell("change");
  return kept;
}

/** Send what can be sent; resolves when all of it was tried. */
export function flush() {
  if (running) {
    again = true;
    return running;
  }
  clearTimeout(timer);
  running = run().finally(() => {
    running = null;
    tell("change");
    if (isFailing) tell("failed");
  });
  return running;
}

async function run() {
  do {
    again = false;
    fresh = "";
    let entry;
    while ((entry = next())) {
      if (!(await tryOne(entry))) return waitAndRetry();
    }
  } while (again);
  isFailing = false;
  pause = FIRST_PAUSE;
}

function next() {
  return candidates()[0];
}

/**
 * What is to be sent, in order. Of one tab and question only the newest: the others cannot count any more.
 * Between tabs the older comes first, because there the last to arrive counts.
 * @returns {Entry[]}
 */
function candidates() {
  const best = new Map();
  for (const entry of queue.ownedBy(who.learner)) {
    if (!stuck.has(entry.id)) best.set(`${queue.slotOf(entry)} ${entry.tab}`, entry);
  }
  return [...best.values()].sort((a, b) => a.at - b.at);
}

/** Whether the server answered, and the queue can go on. @param {Entry} entry */
async function tryOne(entry) {
  // No connection, or no answer in time, is a result as well.
  const { result, reply } = await deliver(entry).catch(() => ({ result: "unsent", reply: {} }));
  if (result === "unsent") isFailing = true;
  conclude(entry, result, reply);
  return result !== "unsent";
}

/** @param {Entry} entry */
function conclude(entry, result, reply) {
  if (DONE.has(result)) settle(entry, result);
  else if (STUCK.has(result)) stuck.set(entry.id, reply.message ?? "");
  tell("settled", { entry, result, reply });
}

/** @param {Entry} entry */
function settle(entry, result) {
  queue.remove(entry.id);
  if (result === "unreadable") return; // an older one of this question may still be readable
  for (const other of queue.ownedBy(entry.learner, entry.attempt)) {
    const isOlder = other.tab === entry.tab && other.counter <= entry.counter;
    if (isOlder && other.position === entry.position) queue.remove(other.id);
  }
}

/** @param {Entry} entry */
async function deliver(entry) {
  const isOwn = givenHere.has(entry.id) && isStillMine();
  const first = isOwn ? pageToken() : (fresh ||= await freshToken());
  if (who.learner !== entry.learner) return { result: "sign-in", reply: {} };
  const found = await submit(entry, first);
  if (found.result !== "refused" || found.reply.reason !== "CSRF" || !isOwn) return found;
  const token = await freshToken();
  return who.learner === entry.learner ? submit(entry, token) : { result: "sign-in", reply: {} };
}

/** @param {Entry} entry */
async function submit(entry, token, options = {}) {
  const response = await post(entry.url, fieldsOf(entry), {
    token,
    headers: { Accept: "application/json" },
    redirect: "error",
    ...options,
  });
  // Whatever stands between us and the server may answer 200 with a page of its own: only our words count.
  const reply = await response.json().catch(() => ({}));
  return { result: resultOf(response.status, reply), reply };
}

function fieldsOf(entry) {
  const { fields, id, tab, counter, seen, go } = entry;
  const own = [["answer_id", id], ["tab", tab], ["counter", String(counter)], ["seen", seen]];
  return [...fields, ...own, ...(go ? [["go", go]] : [])];
}

function resultOf(status, reply) {
  if (status === 200 && reply.outcome) return "stored";
  if (status === 409 && reply.outcome === "late") return "late";
  if (status === 409 && reply.outcome === "conflict") return "conflict";
  if (status === 422 && reply.message) return "unreadable";
  if (status === 404 && reply.message) return "missing";
  if ([400, 403, 413].includes(status) && reply.message) return "refused";
  if (status === 401) {
    who.learner = "";
    return "sign-in";
  }
  return "unsent";
}

function waitAndRetry() {
  // Not all at once: thirty devices that lost the same server come back at thirty moments.
  timer = setTimeout(flush, pause * (0.8 + 0.4 * Math.random()));
  pause = Math.min(pause * 2, LONGEST_PAUSE);
}

/** Try at once, as something has changed for the better. */
async function hurry() {
  pause = FIRST_PAUSE;
  if (!isStillMine() && queue.ownedBy(document.body.dataset.learner).length) {
    await freshToken().catch(() => {}); // signed in again in another tab, perhaps
  }
  return flush();
}

/**
 * The page goes, or may go: send at once what was given here, so that the browser carries it on without the page.
 * The queue keeps all until a reply is seen; should none be, the next page sends it again.
 */
export function farewell() {
  if (!isStillMine()) return;
  for (const entry of candidates().filter(({ id }) => givenHere.has(id) && !bidden.has(id))) {
    bidden.add(entry.id);
    submit(entry, pageToken(), { keepalive: true })
      .then(({ result, reply }) => DONE.has(result) && conclude(entry, result, reply))
      .catch(() => {});
  }
}

/** Delete kept answers for good. @param {Entry[]} entries */
export function discard(entries) {
  for (const { id } of entries) {
    queue.remove(id);
    stuck.delete(id);
  }
  tell("change");
}

function tell(name, detail) {
  events.dispatchEvent(new CustomEvent(name, { detail }));
}

addEventListener("online", hurry);
addEventListener("pageshow", (event) => event.persisted && hurry());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && hurry());
addEventListener("storage", () => tell("change"));
addEventListener("beforeunload", (event) => {
  if (queue.isAtRisk()) event.preventDefault(); // the browser asks whether to leave
});
