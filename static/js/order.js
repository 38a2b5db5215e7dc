// Putting in order with buttons or by choosing places. Nothing is dragged, and without a script the places do.

import { el, icon } from "./dom.js";

/**
 * Make an ordering question work.
 * @param {HTMLFormElement} form
 */
export function watchOrder(form) {
  const list = form.querySelector("[data-order]");
  if (!list) return;
  const said = el("p", { class: "visually-hidden", role: "status" });
  list.after(said);
  for (const row of list.children) {
    placeOf(row).addEventListener("change", () => swap(list, row, said));
    row.append(moves(row, (button) => move(list, row, button, said)));
  }
  arrange(list);
}

/** The two buttons of a row. Only a script can work them, so only a script makes them. */
function moves(row, press) {
  const buttons = ["up", "down"].map((way) => {
    const named = { "aria-label": `Move ${way}`, "aria-describedby": row.querySelector(".order-text").id };
    const button = el("button", { class: "icon-btn", type: "button", "data-move": way, ...named }, icon(`arrow-${way}`));
    button.addEventListener("click", () => press(button));
    return button;
  });
  return el("span", { class: "order-moves" }, ...buttons);
}

/** Put the rows into the order of their places, if all have one. @param {HTMLElement} list */
export function arrange(list) {
  const rows = [...list.children];
  if (rows.every((row) => placeOf(row).value)) {
    list.append(...rows.sort((a, b) => placeOf(a).value - placeOf(b).value));
  }
  settle(list);
}

/** @returns {HTMLSelectElement} */
function placeOf(row) {
  return row.querySelector("select");
}

function textOf(row) {
  return row.querySelector(".order-text").textContent.trim();
}

/** Two things cannot have one place: who had it gets the place that has become free. */
function swap(list, row, said) {
  const place = placeOf(row).value;
  const { had } = row.dataset;
  const other = [...list.children].find((it) => it !== row && place && placeOf(it).value === place);
  if (other) placeOf(other).value = had;
  settle(list);
  if (other) said.textContent = `${textOf(other)}: ${had ? `now place ${had}` : "now without a place"}`;
}

function move(list, row, button, said) {
  const rows = inOrder([...list.children]);
  const from = rows.indexOf(row);
  const to = from + (button.dataset.move === "up" ? -1 : 1);
  if (to < 0 || to >= rows.length) {
    said.textContent = `${textOf(row)} is ${to < 0 ? "first" : "last"} already`;
    return;
  }
  [rows[from], rows[to]] = [rows[to], rows[from]];
  rows.forEach((it, index) => {
    placeOf(it).value = String(index + 1);
    it.classList.toggle("is-moved", it === row);
  });
  list.append(...rows);
  settle(list);
  button.focus(); // a button that is moved in the page loses the focus
  said.textContent = `${textOf(row)}: now place ${to + 1} of ${rows.length}`;
  button.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Rows as their places say; those without one fill the gaps in the order in which they stand. */
function inOrder(rows) {
  const result = new Array(rows.length);
  for (const row of rows) if (placeOf(row).value) result[placeOf(row).value - 1] = row;
  const others = rows.filter((row) => !placeOf(row).value);
  return [...result].map((row) => row ?? others.shift());
}

/** Note which place each row has, and which buttons lead nowhere. */
function settle(list) {
  const rows = [...list.children];
  rows.forEach((row, index) => {
    row.dataset.had = placeOf(row).value;
    setDisabled(row, "up", index === 0);
    setDisabled(row, "down", index === rows.length - 1);
  });
}

// Not the attribute “disabled”: a button that takes itself out of reach takes the focus with it.
function setDisabled(row, way, isDisabled) {
  row.querySelector(`[data-move=${way}]`).setAttribute("aria-disabled", String(isDisabled));
}
