// The time that is left, counted down by the server's clock: a device's own may be wrong.

const TELL = [300, 60];
/** From so many seconds before the end on, what was given is sent as it stands: after it, nothing counts. */
const NEAR = 3;

let timer = 0;
/** Seconds left when it was last looked at, by whichever page: the minute may pass between two of them. */
let last = Infinity;

/**
 * Count down on the page that is open, if its attempt has a deadline.
 * @param {number} since when the server wrote the page, in ms of this device's clock
 * @param {{near: () => void, over: (address: string) => void}} call `near` at each of the last seconds, `over` once
 *   when the time is up, with where to go
 */
export function watchTime(since, { near, over }) {
  clearInterval(timer);
  const line = document.querySelector("[data-deadline]");
  if (!line) return;
  const { deadline, now, over: address } = line.dataset;
  // Time that passes while a device sleeps passes here too, so the end is kept and not what is left.
  const end = since + (Date.parse(deadline) - Date.parse(now));
  let isNew = true;

  function tick() {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    line.querySelector("[data-left]").textContent = `${clock(left)} left`;
    line.classList.toggle("is-short", left <= TELL.at(-1));
    // What stands in a new page as it comes is not said by a screen reader.
    if (last === Infinity || !isNew) tell(line, left);
    isNew = false;
    if (left > 0 && left <= NEAR) near();
    if (left > 0) return;
    clearInterval(timer);
    over(address);
  }

  timer = setInterval(tick, 1000);
  tick();
}

/** Said once; every second would be noise. */
function tell(line, left) {
  const isPassed = TELL.some((mark) => last > mark && left <= mark);
  if (isPassed && last !== Infinity && left > 0) line.querySelector("[data-left-said]").textContent = `${words(left)} left`;
  last = left;
}

/** @param {number} seconds */
function clock(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (!parts[0]) parts.shift();
  return parts.map((part, n) => (n ? String(part).padStart(2, "0") : part)).join(":");
}

/** @param {number} seconds */
function words(seconds) {
  if (seconds <= 45) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}
