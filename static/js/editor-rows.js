// Rows of the editor: moved, taken out and added without a reload, by mouse and by keyboard.

import { el } from "./dom.js";

const NAMED = ["id", "name", "for", "aria-labelledby", "aria-describedby", "value", "data-rows", "data-name"];

/**
 * Make the buttons of rows work.
 * @param {HTMLFormElement} form
 * @param {() => void} changed something was moved, taken out or added
 */
export function watchRows(form, changed) {
  const said = el("p", { class: "visually-hidden", role: "status" });
  form.append(said);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    const rows = button?.closest("[data-rows]");
    if (!rows) return;
    event.preventDefault();
    const done = ACTIONS[button.dataset.do](rows, button.closest("[data-row]"), button, changed);
    if (!done) return;
    said.textContent = done;
    changed();
  });
  form.addEventListener("input", (event) => event.target.closest("[data-row]") && nameRefs(form));
}

/** @type {Record<string, (rows: Element, row: Element, button: Element, changed: () => void) => string>} */
const ACTIONS = {
  up: (rows, row, button) => move(rows, row, button, -1),
  down: (rows, row, button) => move(rows, row, button, 1),
  remove: (rows, row, button, changed) => remove(rows, row, changed),
  add: (rows) => add(rows),
};

function listOf(rows) {
  return rows.querySelector(":scope > .edit-list");
}

/** The rows themselves, without what stands where one was taken out. */
function rowsOf(rows) {
  return [...listOf(rows).children].filter((it) => it.matches("[data-row]"));
}

function move(rows, row, button, by) {
  const all = rowsOf(rows);
  const to = all.indexOf(row) + by;
  if (to < 0 || to >= all.length) return `${nameOf(rows, all.indexOf(row))} is ${by < 0 ? "first" : "last"} already`;
  if (by < 0) all[to].before(row);
  else all[to].after(row);
  renumber(rows);
  button.focus(); // a button that is moved in the page loses the focus
  return `Now ${rows.dataset.noun} ${to + 1} of ${all.length}`;
}

function remove(rows, row, changed) {
  const at = rowsOf(rows).indexOf(row);
  const name = nameOf(rows, at);
  const undo = el("button", { type: "button", class: "btn-link" }, "Undo");
  const gone = el("p", { class: "edit-gone" }, el("span", {}, `${name} was removed. `), undo);
  undo.addEventListener("click", () => {
    gone.replaceWith(row);
    renumber(rows);
    firstField(row)?.focus();
    changed();
  });
  listOf(rows).querySelector(":scope > .edit-gone")?.remove();
  row.replaceWith(gone);
  renumber(rows);
  undo.focus();
  return `${name} was removed`;
}

function add(rows) {
  const row = rows.querySelector(":scope > template").content.firstElementChild.cloneNode(true);
  listOf(rows).append(row);
  const key = row.querySelector(`:scope > .edit-fields > input[type=hidden][name$="-id"]`);
  if (key) key.value = `new-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
  renumber(rows);
  firstField(row)?.focus();
  return `${nameOf(rows, rowsOf(rows).length - 1)} added`;
}

function firstField(row) {
  return row.querySelector("textarea, input:not([type=hidden]), select");
}

function nameOf(rows, at) {
  const { noun } = rows.dataset;
  return `${noun[0].toUpperCase()}${noun.slice(1)} ${at + 1}`;
}

/** Every row says its place, and so do the names and ids of all that is in it. */
function renumber(rows) {
  const { name } = rows.dataset;
  rowsOf(rows).forEach((row, at) => {
    const old = row.id.slice(name.length + 1);
    if (old !== String(at)) rename(row, name, old, at);
    for (const place of row.querySelectorAll("[data-row-number]")) {
      if (place.closest("[data-row]") === row) place.textContent = String(at + 1);
    }
  });
  nameRefs(rows.closest("form"));
}

function rename(row, name, old, at) {
  const bare = name.slice(2);
  const whole = new RegExp(`${name}-${old}(?=-|\\s|$)`, "g");
  for (const it of [row, ...row.querySelectorAll("*")]) {
    for (const attribute of NAMED) {
      const had = it.getAttribute(attribute);
      if (had === null || (attribute === "value" && !it.matches("button"))) continue;
      const now = had
        .replace(whole, `${name}-${at}`)
        .replace(`${bare}-${old}-`, `${bare}-${at}-`)
        .replace(`${bare}:${old}:`, `${bare}:${at}:`);
      if (now !== had) it.setAttribute(attribute, now);
    }
    if (it.matches("template")) renameInside(it, name, old, at);
  }
}

function renameInside(template, name, old, at) {
  for (const it of template.content.children) rename(it, name, old, at);
}

/** Lists that choose among rows say the rows' words as they are now. @param {HTMLFormElement} form */
function nameRefs(form) {
  for (const select of form.querySelectorAll("select[data-refs]")) {
    const rows = form.querySelector(`[data-rows="${select.dataset.refs}"]`);
    const chosen = select.value;
    const choices = rowsOf(rows).map((row, at) => new Option(`${at + 1}. ${wordsOf(row)}`, keyOf(row).value));
    const isGone = chosen && !choices.some((choice) => choice.value === chosen);
    const lost = isGone ? [new Option(`${chosen} (not in this list)`, chosen)] : [];
    select.replaceChildren(...lost, new Option("Choose", ""), ...choices);
    select.value = chosen;
  }
}

function keyOf(row) {
  return row.querySelector(':scope > .edit-fields > input[type=hidden][name$="-id"]');
}

function wordsOf(row) {
  const words = firstField(row)?.value.trim() ?? "";
  return words.slice(0, 60) || "still blank";
}

/**
 * New rows have been named after their words: everything that refers to them says the new name.
 * @param {HTMLFormElement} form
 * @param {Record<string, Record<string, string>>} ids rows → provisional name → name
 */
export function nameRows(form, ids) {
  for (const [name, renamed] of Object.entries(ids)) {
    const rows = form.querySelector(`[data-name="${name}"]`);
    if (!rows) continue;
    for (const key of rowsOf(rows).map(keyOf)) key.value = renamed[key.value] ?? key.value;
    for (const select of form.querySelectorAll(`select[data-refs="${rows.dataset.rows}"]`)) {
      for (const option of select.options) option.value = renamed[option.value] ?? option.value;
    }
  }
}
