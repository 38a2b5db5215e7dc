// A password can be looked at while it is typed.

/** Show the buttons and make them work. */
export function watch() {
  for (const button of document.querySelectorAll("[data-show-password]")) {
    const field = document.getElementById(button.getAttribute("aria-controls"));
    button.hidden = false;
    button.addEventListener("click", () => show(button, field, field.type === "password"));
    // Managers of passwords, and shoulders, should find a password field when the form goes.
    field.form.addEventListener("submit", () => show(button, field, false));
  }
}

function show(button, field, isShown) {
  field.type = isShown ? "text" : "password";
  button.setAttribute("aria-pressed", String(isShown));
}
