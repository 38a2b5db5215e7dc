// Making parts of a page. Text goes in as text and never as HTML.

/**
 * An element with attributes and children.
 * @param {string} tag
 * @param {Record<string, string|boolean|null>} [attributes] false and null leave one out, true sets it empty
 * @param {...(Node|string)} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/**
 * An icon of the sprite.
 * @param {string} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  // The sprite's address carries a hash, so it is read from an icon that the page already has.
  const sprite = document.querySelector("svg use").getAttribute("href").split("#")[0];
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

/**
 * "1 answer", "3 answers".
 * @param {number} count
 * @param {string} noun
 */
export function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/**
 * Say at the top of the page what could not be done; said at once by a screen reader.
 * @param {string} text
 * @param {Node} [link] where to go instead
 */
export function say(text, link) {
  hush();
  const words = el("p", {}, text);
  if (link) words.append(" ", link);
  const box = el("div", { class: "message message-warning", role: "alert", "data-said": true });
  box.append(icon("alert-triangle"), el("div", {}, words));
  document.getElementById("unsent").after(box);
  box.scrollIntoView({ block: "nearest" });
}

/** Take back what `say` said. */
export function hush() {
  document.querySelector("[data-said]")?.remove();
}
