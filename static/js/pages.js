// The pages of an attempt, kept while one of them is open, so that a lost connection stops nobody.

import { ask } from "./request.js";

const FIRST = 1500;
const BETWEEN = 700;

/** Path → its HTML, and when it was fetched. @type {Map<string, {html: string, at: number}>} */
const pages = new Map();

/**
 * Fetch a page.
 * @param {string} path
 * @returns {Promise<{html: string, at: number}|{elsewhere: string}>} elsewhere: the browser had better go there
 *   itself. Throws when the server does not answer.
 */
export async function load(path) {
  const reply = await ask(path, {}, pages.has(path) ? 4000 : undefined);
  if (reply.status >= 500) throw new Error(String(reply.status));
  const isThatPage = reply.ok && new URL(reply.url).pathname === path;
  if (!isThatPage) return { elsewhere: reply.url };
  const at = Date.now();
  const page = { html: await reply.text(), at };
  // The review is a table of what the server has; an old one would not be true.
  if (/\/questions(\/|$)/.test(path)) pages.set(path, page);
  return page;
}

/** A page fetched before. @param {string} path */
export function kept(path) {
  return pages.get(path);
}

/** Keep a page that came as the reply to something else. @param {string} path @param {{html: string, at: number}} page */
export function keep(path, page) {
  pages.set(path, page);
}

/**
 * Fetch what is not kept yet, one by one and not at once: a class opens a quiz together.
 * @param {string[]} paths
 */
export async function fetchAhead(paths) {
  await rest(FIRST * (1 + Math.random()));
  // Passages stand in another face; the first of them may be some questions ahead.
  const face = getComputedStyle(document.documentElement).getPropertyValue("--serif");
  document.fonts.load(`1em ${face}`).catch(() => {});
  for (const path of paths) {
    if (pages.has(path)) continue;
    try {
      await load(path);
    } catch {
      return;
    }
    await rest(BETWEEN);
  }
}

function rest(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Put a page in the place of the one that is open, with the focus on its heading.
 * @param {string} html
 * @returns {boolean} false when the browser had better load it: it is another kind of page, or another person's
 */
export function show(html) {
  const found = new DOMParser().parseFromString(html, "text/html");
  const isSitting = found.querySelector("form[data-answer], form[data-hand-in], [data-checked]");
  if (!isSitting || found.body.dataset.learner !== document.body.dataset.learner) return false;
  const main = document.getElementById("main");
  const strip = document.getElementById("unsent");
  // The strip stays where it is: it speaks of the device and not of the page.
  for (const node of [...main.childNodes]) if (node !== strip) node.remove();
  found.getElementById("unsent").remove();
  main.append(...found.getElementById("main").childNodes);
  document.title = found.title;
  scrollTo(0, 0);
  focusOn(main.querySelector("h1"));
  return true;
}

/** Put the focus on a part of the page that takes none by itself. @param {HTMLElement} part */
export function focusOn(part) {
  part.setAttribute("tabindex", "-1");
  part.focus({ preventScroll: true });
}
