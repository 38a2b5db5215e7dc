// The time that is left, counted down by the server's clock: a device's own may be wrong.

const TELL = [300, 60];

let timer = 0;

/**
 * Count down on the page that is open, if its attempt has a deadline.
 * @param {(address: string) => void} over called once when the time is up, with where to go
 */
export function watchTime(over) {
  clearInterval(timer);
  const line = document.querySelector("[data-deadline]");
  if (!line) return;
  const { deadline, now, over: address } = line.dataset;
  // Time that passes while a device sleeps passes here too, so the end is kept and not what is left.
  const end = Date.now() + (Date.parse(deadline) - Date.parse(now));
  let last = Infinity;

  function tick() {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    line.querySelector("[data-left]").textContent = `${clock(left)} left`;
    const told = TELL.find((mark) => last > mark && left <= mark && left > 0);
    // Said once by a screen reader; every second would be noise.
    if (told && last !== Infinity) line.querySelector("[data-left-said]").textContent = `${words(told)} left`;
    line.classList.toggle("is-short", left <= TELL.at(-1));
    last = left;
    if (left > 0) return;
    clearInterval(timer);
    over(address);
  }

  timer = setInterval(tick, 1000);
  tick();
}

/** @param {number} seconds */
function clock(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (!parts[0]) parts.shift();
  return parts.map((part, n) => (n ? String(part).padStart(2, "0") : part)).join(":");
}

/** @param {number} seconds */
function words(seconds) {
  const minutes = Math.round(seconds / 60);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}
