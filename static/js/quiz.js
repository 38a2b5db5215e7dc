// Sitting a quiz: moving between its questions and the review, with a connection or without.

import { tellTimes } from "./clock.js";
import { watchTime } from "./countdown.js";
import { counted, hush, say } from "./dom.js";
import * as known from "./known.js";
import * as pages from "./pages.js";
import { Question } from "./question.js";
import * as queue from "./queue.js";
import { freshToken, postPatiently } from "./request.js";
import { openReview } from "./review.js";
import { events, farewell, flush } from "./send.js";

// The second click of a double click may land on the next question's button, which stands at the same place.
const DOUBLE = { ms: 500, px: 10 };

/** Results after which the learner stays and reads why. */
const STAY = new Set(["late", "missing", "refused"]);

/** The questions that are open: one, or all of them on one page. @type {Question[]} */
let questions = [];
let isMoving = false;
/** The last press of a pointer. */
let press = { at: -DOUBLE.ms, x: 0, y: 0, isSecond: false };

/** How long to wait before the server is asked again whether it is there, in ms. */
const AGAIN = 5000;

/** Make what is open work. @param {number} since when its page was fetched */
function begin(since) {
  for (const question of questions) question.close();
  questions = [...document.querySelectorAll("form[data-answer]")].map((form) => new Question(form, since));
  for (const question of questions) question.form.addEventListener("submit", (event) => onSubmit(event, question));
  if (document.querySelector("form[data-hand-in]")) openReview();
  watchTime(since, { near: keepAndSend, over: onTimeUp });
}

/** Everything that was given and is not kept yet. */
function keepAll() {
  for (const question of questions) question.keep();
}

function keepAndSend() {
  keepAll();
  return flush();
}

async function onTimeUp(address) {
  await keepAndSend();
  try {
    await freshToken();
    location.assign(address);
  } catch {
    say("The time is up, and the server does not answer. What you gave is kept on this device.");
    setTimeout(onTimeUp, AGAIN, address);
  }
}

async function onSubmit(event, question) {
  event.preventDefault();
  if (isMoving || press.isSecond) return;
  const { form } = question;
  if (event.submitter?.matches("[data-now]")) return act(question, event.submitter);
  if (event.submitter?.matches("[data-dont-know]")) question.dontKnow();
  const isFlag = event.submitter?.matches("[data-flag]");
  isMoving = true;
  const result = await (isFlag ? question.flag() : question.save());
  isMoving = false;
  if (result === "unreadable") question.focusProblem();
  else if (!isFlag && !STAY.has(result)) await moveOn(pathAfter(form, event.submitter?.value ?? "next"));
}

/** @param {string} path empty where one stays */
async function moveOn(path) {
  if (path) await move(path);
}

/** Check, hint, show: the server does it now, and its page takes the place of this one. */
async function act(question, button) {
  isMoving = true;
  hush();
  try {
    const result = await question.save();
    if (result === "unreadable") return question.focusProblem();
    if (STAY.has(result)) return;
    if (result === "unsent") throw new Error(result);
    const reply = await postPatiently(button.formAction, question.everything());
    const at = Date.now();
    const page = { html: await reply.text(), at };
    const { scrollY } = window;
    if (!pages.show(page.html)) return location.assign(location.pathname);
    if (reply.ok) pages.keep(openPath, page);
    scrollTo(0, scrollY);
    arrive(page.at);
    showNews(question.position, button.dataset.now);
  } catch {
    say("The server does not answer. What you gave is kept on this device; try again in a moment.");
  } finally {
    isMoving = false;
  }
}

/** Put the focus on what has come: a problem, a hint, what became of the try, or the explanation. */
function showNews(position, asked) {
  const place = document.getElementById(`q${position}`) ?? document.getElementById("main");
  const now = questions.find((other) => other.position === position);
  if (now && place.querySelector(".question .error")) return now.focusProblem();
  const hint = asked === "hint" ? [...place.querySelectorAll(".hints li")].at(-1) : null;
  const news = hint ?? place.querySelector("[data-tried]") ?? place.querySelector(".result-item .result-head, .stem");
  pages.focusOn(news);
  news.scrollIntoView({ block: "nearest" });
}

/** Where a button leads. */
function pathAfter(form, go) {
  const { position, last, review } = form.dataset;
  if (go === "stay" || document.querySelector("[data-slot]")) return "";
  if (go === "review" || position === last) return review;
  return stepPath(Number(position) + 1);
}

function stepPath(position) {
  return document.querySelector(`[data-step="${position}"]`).getAttribute("href");
}

/**
 * Go to another page of the attempt.
 * @param {string} path
 * @param {{isBack?: boolean, hash?: string}} [how] isBack: the browser has changed the address already; hash: the
 *   place on that page
 */
async function move(path, { isBack = false, hash = "" } = {}) {
  if (isMoving) return;
  isMoving = true;
  const from = openPath;
  const page = await find(path);
  isMoving = false;
  hush();
  keepAll(); // what was typed meanwhile
  if (page?.elsewhere) location.assign(page.elsewhere);
  else if (page && !pages.show(page.html)) location.assign(path + hash);
  else if (page) {
    if (!isBack) history.pushState(null, "", path + hash);
    openPath = path;
    arrive(page.at);
    goToPlace(hash);
  } else {
    if (isBack) history.pushState(null, "", from);
    say(whyNot(path));
  }
}

/** A place on the page that has come, as the browser would find it on one that it loads. */
function goToPlace(hash) {
  const place = hash && document.getElementById(hash.slice(1));
  if (!place) return;
  pages.focusOn(place.querySelector("h2") ?? place);
  place.scrollIntoView();
}

function whyNot(path) {
  const [, , attempt] = path.split("/");
  const unsent = queue.questionsIn(queue.ownedBy(document.body.dataset.learner, attempt));
  const isReview = path.endsWith("/review");
  const what = isReview ? "You cannot hand in now" : "That page is not kept on this device";
  const left = unsent ? ` ${counted(unsent, "answer")} ${unsent === 1 ? "is" : "are"} not sent yet.` : "";
  return `${what}: the server does not answer.${left} You can stay here and go on.`;
}

/** The page as it is now, else as it was. */
async function find(path) {
  try {
    return await pages.load(path);
  } catch {
    return pages.kept(path);
  }
}

/** When the server began to answer with the page that the browser loaded: its scripts may have come much later. */
function loadedAt() {
  const [load] = performance.getEntriesByType("navigation");
  return Date.now() - Math.max(0, performance.now() - (load?.responseStart ?? Infinity));
}

let openPath = location.pathname;

/** A page has come. @param {number} at when it was fetched */
function arrive(at) {
  tellTimes(document.getElementById("main"));
  begin(at);
}

function onPress({ timeStamp, clientX, clientY }) {
  const isNear = Math.hypot(clientX - press.x, clientY - press.y) < DOUBLE.px;
  press = { at: timeStamp, x: clientX, y: clientY, isSecond: isNear && timeStamp - press.at < DOUBLE.ms };
}

/** Whatever comes after something else is no second click. */
function forgetPress() {
  press = { ...press, at: -DOUBLE.ms, isSecond: false };
}

function onClick(event) {
  const link = event.target.closest("a[href]");
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain || link.target) return;
  if (!isOfThisAttempt(link.pathname)) return;
  if (link.pathname === location.pathname && link.hash) return; // a place on this page
  event.preventDefault();
  keepAll();
  flush();
  move(link.pathname, { hash: link.hash });
}

/** /attempts/<id>/… but not the result, which is another kind of page. */
function isOfThisAttempt(path) {
  const [, kind, id, page] = location.pathname.split("/");
  return path.startsWith(`/${kind}/${id}/`) && Boolean(page);
}

function leave() {
  keepAll();
  farewell();
}

function aheadPaths() {
  if (document.querySelector("[data-slot]")) return [location.pathname];
  const steps = [...document.querySelectorAll("[data-step]")].map((link) => link.getAttribute("href"));
  const here = steps.indexOf(location.pathname);
  // The next ones first, then this one and those before.
  return [...steps.slice(here + 1), ...steps.slice(0, here + 1)];
}

events.addEventListener("settled", ({ detail: { entry, result, reply } }) => {
  if (result === "stored" && location.pathname.includes(entry.attempt)) known.noteStored(entry, reply);
});
begin(loadedAt());
document.getElementById("main").addEventListener("click", onClick);
addEventListener("pointerdown", onPress, { capture: true });
for (const other of ["keydown", "input"]) addEventListener(other, forgetPress, { capture: true });
addEventListener("popstate", () => {
  // A link within the page is told of as well.
  if (location.pathname !== openPath) move(location.pathname, { isBack: true, hash: location.hash });
});
addEventListener("pagehide", leave);
// On a phone this may be the last that the page hears.
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
pages.fetchAhead(aheadPaths());
addEventListener("online", () => pages.fetchAhead(aheadPaths()));
