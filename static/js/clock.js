// Times of day, in the reader's zone. The server writes its own, for pages without a script.

const FORMAT = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** Rewrite the times below `root`. @param {ParentNode} root */
export function tellTimes(root) {
  for (const time of root.querySelectorAll("time[data-clock]")) {
    const at = new Date(time.getAttribute("datetime"));
    if (!Number.isNaN(at.valueOf())) time.textContent = FORMAT.format(at);
  }
}

/**
 * A time of day as an element.
 * @param {string} at ISO
 */
export function timeOf(at) {
  const time = document.createElement("time");
  time.setAttribute("datetime", at);
  time.setAttribute("data-clock", "");
  time.textContent = FORMAT.format(new Date(at));
  return time;
}
