// Where somebody without a name was reading, kept on this device: reading alone makes nobody a guest.

const KEY = "offramp:place";

/** Remember a heading of the lesson at this address. @param {string} anchor */
export function remember(anchor) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ path: location.pathname, anchor }));
  } catch {
    // forbidden: the lesson then opens at its beginning
  }
}

/** Let the next step on this page lead to where the reading stopped. The server knows it for all others. */
export function offerToGoOn() {
  if (document.body.dataset.learner) return;
  let had = null;
  try {
    had = JSON.parse(localStorage.getItem(KEY));
  } catch {
    return;
  }
  for (const link of document.querySelectorAll(".guide a.btn")) {
    if (!had || link.getAttribute("href") !== had.path) continue;
    link.hash = had.anchor;
    link.textContent = "Continue reading";
  }
}
