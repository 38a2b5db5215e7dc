// The heading that is being read: sent now and then, so that "Continue reading" leads there on any device.

import { remember } from "./place.js";
import { postPatiently } from "./request.js";

const AT_MOST_EVERY = 10000;
/** A heading is being read once it has risen above this part of the window. */
const LINE = 0.4;
/** What a reader does to move on; a page that opens at an anchor scrolls by itself and says nothing of reading. */
const ACTS = ["wheel", "touchmove", "keydown", "pointerdown"];

/**
 * Follow the reader through a lesson.
 * @param {HTMLElement} lesson
 */
export function watchReading(lesson) {
  const headings = [...lesson.querySelectorAll("[data-anchor]")];
  let hasActed = false;
  let hasScrolled = false;
  let current = "";
  let sent = "";
  let timer = 0;

  function find() {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight * LINE);
    current = passed.at(-1)?.id ?? "";
    if (hasScrolled && current && current !== sent && !timer) timer = setTimeout(tell, sent ? AT_MOST_EVERY : 1000);
  }

  function tell(options = {}) {
    clearTimeout(timer);
    timer = 0;
    if (!hasScrolled || !current || current === sent) return;
    sent = current;
    // A position makes a guest of whoever has no name; merely reading should not.
    if (!document.body.dataset.learner) remember(current);
    else postPatiently(lesson.dataset.position, [["anchor", current]], options).catch(() => (sent = ""));
  }

  const watcher = new IntersectionObserver(find, { rootMargin: `0px 0px -${100 - 100 * LINE}% 0px` });
  for (const heading of headings) watcher.observe(heading);
  for (const act of ACTS) addEventListener(act, () => (hasActed = true), { once: true, passive: true });
  addEventListener("scroll", () => {
    if (!hasActed || hasScrolled) return;
    hasScrolled = true;
    find();
  });
  addEventListener("pagehide", () => tell({ keepalive: true }));
}
